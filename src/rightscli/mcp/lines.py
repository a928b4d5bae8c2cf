"""Lines on standard input → the messages that they hold; what holds none is answered as JSON-RPC 2.0 says.

The package ``mcp`` passes over such lines without a word, and a client waits for an answer that never comes.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import mcp_types as types
from mcp.shared.message import SessionMessage

from rightscli.drafts import MEGABYTES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import BinaryIO

LIMIT = (3 * MEGABYTES + 1) * 10**6
"""How many bytes a line may have: those of the longest draft that is read, all of it escaped, and what stands around it."""
_PIECE = 10**6


class MessageLines:
    """The lines of *stream* that hold a message, asynchronously, as ``stdio_server`` reads them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ready = asyncio.Event()

    def answer_others(self, send: Callable[[SessionMessage], Awaitable[None]]) -> None:
        """Begin to read, and answer by *send* every line that holds no message."""
        self._send = send
        self._ready.set()

    def __aiter__(self) -> MessageLines:
        return self

    async def __anext__(self) -> str:
        await self._ready.wait()
        while (line := await asyncio.to_thread(self._read_line)) != b"":
            text = None if line is None else line.decode("utf-8", "replace")
            if text is not None and not text.strip():
                continue
            fault = _LONG if text is None else find_message_fault(text)
            if text is not None and fault is None:
                return text
            await self._send(SessionMessage(fault or _LONG))
        raise StopAsyncIteration

    def _read_line(self) -> bytes | None:
        """Return the next line, nothing at the end, None for one that is too long, of which no more than a piece is kept."""
        line = self._stream.readline(LIMIT + 1)
        if len(line) <= LIMIT:
            return line
        while line and not line.endswith(b"\n"):
            line = self._stream.readline(_PIECE)
        return None


def find_message_fault(line: str) -> types.JSONRPCError | None:
    """Return what is to be answered to a *line* that holds no message; None for a message, and for what is never answered."""
    try:
        message = types.jsonrpc_message_adapter.validate_json(line, by_name=False)
    except ValueError:
        return _explain_line(line)
    # A request whose id is of no type that an id may have is taken for a notification, which nobody answers.
    return _explain_line(line) if isinstance(message, types.JSONRPCNotification) and '"id"' in line else None


def _explain_line(line: str) -> types.JSONRPCError | None:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return _make_fault(types.PARSE_ERROR, "no JSON")
    if not isinstance(message, dict):
        told = "a batch: one message a line is expected" if isinstance(message, list) else "an object is expected"
        return _make_fault(types.INVALID_REQUEST, told)
    id = message.get("id")
    known = id if isinstance(id, str | int) and not isinstance(id, bool) else None
    is_notification = "id" not in message and isinstance(message.get("method"), str)
    if ("method" not in message and message.keys() & {"result", "error"}) or is_notification:
        return None
    if known is None and "id" in message:
        return _make_fault(types.INVALID_REQUEST, "id: a text or a whole number is expected")
    return _make_fault(types.INVALID_REQUEST, "no request of JSON-RPC 2.0", known)


def _make_fault(code: int, message: str, id: str | int | None = None) -> types.JSONRPCError:
    return types.JSONRPCError(jsonrpc="2.0", id=id, error=types.ErrorData(code=code, message=message))


_LONG = _make_fault(types.PARSE_ERROR, f"a line has more than {LIMIT:,} bytes")
