"""A place in a source → the citation that print accepts, the link that opens the passage, the syntax of one's own program;
sources → bibliographies.

A citation is a template, compiled once per source and style, with a slot for the paragraph; at run time it is filled, and
that is all.
"""
