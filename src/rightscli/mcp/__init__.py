"""``answers`` for language models: a server of the Model Context Protocol (https://modelcontextprotocol.io).

What a tool answers is in ``tools`` and ``resources``, what a model is told in ``prompts``; only ``server`` knows the protocol.
"""
