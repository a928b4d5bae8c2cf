"""The protocol: requests on standard input → answers on standard output, and nothing else there.

The package ``mcp`` speaks it as clients of both eras do: those that begin with a handshake (2024-11-05 to 2025-11-25), and those
whose every request bears what it needs (2026-07-28).
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import mcp_types as types
from jsonschema import Draft202012Validator
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from rightscli import __version__
from rightscli.errors import CorruptIndexError, RightsError, UsageError
from rightscli.mcp import prompts, resources, tools
from rightscli.mcp.lines import MessageLines
from rightscli.text.folding import shorten_text
from rightscli.text.inert import dump_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from mcp.server.context import ServerRequestContext

    from rightscli.answers import Library
    from rightscli.records import Record

    _Context: TypeAlias = ServerRequestContext[Any]
    _Page: TypeAlias = types.PaginatedRequestParams | None

Answered = TypeVar("Answered")

_HINTS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_JSON = "application/json"


def serve_models(open_library: Callable[[], Library]) -> None:
    """Answer requests until standard input ends, each by a library of its own, so that a base that has changed is read anew.

    Raises what keeps the base from being read at the start.
    """
    service = _Service(open_library)
    with suppress(BrokenPipeError):
        _run_quietly(service)


def _run_quietly(service: _Service) -> None:
    """Serve; raise a reader's going away as what it is, and not as a group of one."""
    try:
        asyncio.run(service.serve())
    except BaseExceptionGroup as group:
        broken, others = group.split(BrokenPipeError)
        if others or broken is None:
            raise
        raise BrokenPipeError from None


class _Service:
    """The requests that the server answers.

    All questions are asked in one thread, one after the other: SQLite keeps to its thread, and the protocol goes on beside it.
    """

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open_library = open_library
        self._thread = ThreadPoolExecutor(1)
        self._tools = {
            tool["name"]: types.Tool(
                name=tool["name"],
                title=tool["title"],
                description=tool["description"],
                input_schema=tool["inputSchema"],
                output_schema=tool["outputSchema"],
                annotations=_HINTS,
            )
            for tool in tools.list_tools()
        }
        self._validators = {name: Draft202012Validator(tool.input_schema) for name, tool in self._tools.items()}
        library = open_library()
        self._server = Server[Any](
            "rights",
            version=__version__,
            title="rights",
            instructions=prompts.write_instructions(library.index),
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=self._list_resources,
            on_list_resource_templates=self._list_templates,
            on_read_resource=self._read_resource,
            on_list_prompts=self._list_prompts,
            on_get_prompt=self._get_prompt,
        )

    async def serve(self) -> None:
        """Serve the client at the standard streams until it goes."""
        lines: Any = MessageLines(sys.stdin.buffer)
        async with stdio_server(stdin=lines) as (incoming, outgoing):
            lines.answer_others(outgoing.send)
            await self._server.run(incoming, outgoing, self._server.create_initialization_options())

    async def _ask(self, question: Callable[[Library], Answered]) -> Answered:
        """Return the answer to *question*, asked of the base as it is now; a damaged index is made anew once."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._put, question)

    def _put(self, question: Callable[[Library], Answered]) -> Answered:
        library = self._open_library()
        try:
            return question(library)
        except CorruptIndexError:
            from rightscli.index.cache import discard_indexes

            discard_indexes(library.cache)
            return question(self._open_library())

    async def _list_tools(self, context: _Context, params: _Page) -> types.ListToolsResult:
        return types.ListToolsResult(tools=list(self._tools.values()))

    async def _call_tool(self, context: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name not in self._tools:
            raise MCPError(
                types.INVALID_PARAMS, f"no tool '{shorten_text(params.name)}'", {"hint": ", ".join(self._tools)}
            )
        arguments = params.arguments or {}
        try:
            self._require_valid(params.name, arguments)
            document = await self._ask(lambda library: tools.answer_tool(library, params.name, arguments))
        except RightsError as fault:
            text = dump_json({"schema": "rights.error/1", "error": _describe_fault(fault)}, compact=True)
            return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)
        text = dump_json(document, compact=True)
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=text)], structured_content=document, is_error=False
        )

    def _require_valid(self, name: str, arguments: Mapping[str, Any]) -> None:
        """Raise UsageError for *arguments* that the tool's schema does not allow."""
        fault: Any = next(self._validators[name].iter_errors(arguments), None)
        if fault is None:
            return
        known = ", ".join(self._tools[name].input_schema["properties"])
        if fault.path:
            told = tools.describe_argument_fault(fault.path[0], fault.validator, fault.validator_value)
        else:
            told = shorten_text(fault.message, 200)
        raise UsageError(told, hint=f"{name} takes {known}")

    async def _list_resources(self, context: _Context, params: _Page) -> types.ListResourcesResult:
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    name=one.name, title=one.title, uri=one.uri, description=one.description, mime_type=_JSON
                )
                for one in resources.RESOURCES
            ]
        )

    async def _list_templates(self, context: _Context, params: _Page) -> types.ListResourceTemplatesResult:
        one = resources.FACT
        template = types.ResourceTemplate(
            name="fact", title=one.title, uri_template=one.uri, description=one.description, mime_type=_JSON
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def _read_resource(
        self, context: _Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        try:
            document: Record = await self._ask(lambda library: resources.read_resource(library, params.uri))
        except RightsError as fault:
            raise MCPError(types.INVALID_PARAMS, fault.message, _describe_fault(fault)) from None
        text = dump_json(document, compact=True)
        return types.ReadResourceResult(
            contents=[types.TextResourceContents(uri=params.uri, mime_type=_JSON, text=text)]
        )

    async def _list_prompts(self, context: _Context, params: _Page) -> types.ListPromptsResult:
        draft = types.PromptArgument(name="draft", description="The text to be checked", required=True)
        prompt = types.Prompt(
            name=prompts.CHECKED,
            title="Fact-check a draft",
            description="Hold every pinpoint, quotation and statement of a draft against the fact base.",
            arguments=[draft],
        )
        return types.ListPromptsResult(prompts=[prompt])

    async def _get_prompt(self, context: _Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        draft = (params.arguments or {}).get("draft", "")
        if params.name != prompts.CHECKED or not draft.strip():
            fault = "no draft" if params.name == prompts.CHECKED else f"no prompt '{shorten_text(params.name)}'"
            raise MCPError(
                types.INVALID_PARAMS, fault, {"hint": f"{prompts.CHECKED} takes draft, the text to be checked"}
            )
        text = types.TextContent(type="text", text=prompts.write_fact_check(draft))
        return types.GetPromptResult(messages=[types.PromptMessage(role="user", content=text)])


def _describe_fault(fault: RightsError) -> Record:
    """Return what an error says to programs: its code, its message with every complaint, its hint."""
    return {"code": fault.code, "message": "\n".join(fault.messages), "hint": fault.hint}
