"""``rights mcp`` as its clients see it: the official Python client in both eras, the TypeScript ones, and lines of rubbish."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import ROOT, run_rights
from contract import judge_document
from judges import find_module, run_node

HARBOUR = ROOT / "tests" / "data" / "harbour.yaml"
REPORT = ROOT / "tests" / "data" / "harbour-report.txt"
DRAFT = "North Korea has 99 camps [@hrw-2020, para. 99]. See [@hrw-2020, para. 13]."
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("search_facts", {"query": "forced labor", "limit": 3}),
    ("search_facts", {"query": "zzqx"}),
    ("search_facts", {"query": "songbunn"}),
    ("get_passage", {"ref": "hrw-2020:13"}),
    ("get_passage", {"ref": "hrw-2020"}),
    ("get_passage", {"ref": "(Human Rights Watch, 2020, para. 13)"}),
    ("get_passage", {"ref": "songbun-classes"}),
    ("get_passage", {"ref": '"four words that nobody wrote"'}),
    ("get_passage", {"ref": "hrw-2020:999"}),
    ("cite", {"ref": "hrw-2020:13,15-17", "style": "oscola"}),
    ("cite", {"ref": "nope"}),
    ("check_draft", {"text": DRAFT}),
    ("check_draft", {"text": "\u202e \x1b[2J <script> \ud7ff"}),
]
FAULTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("search_facts", {"query": "?!"}, "usage", "no word to search for"),
    ("search_facts", {"query": "x" * 1001}, "usage", "query: more than 1000 characters"),
    ("search_facts", {"query": "x", "limit": 51}, "usage", "limit: more than 50"),
    ("search_facts", {"query": "x", "limit": True}, "usage", "limit: of the wrong type: integer is expected"),
    ("search_facts", {"query": ["x"]}, "usage", "query: of the wrong type: string is expected"),
    ("search_facts", {}, "usage", "'query' is a required property"),
    ("get_passage", {"ref": ""}, "usage", "ref: it is empty"),
    ("get_passage", {"ref": "hrw-2020:13x13"}, "usage", "'hrw-2020:13x13' is not a REF"),
    ("cite", {"ref": "hrw-2020:13", "style": "nope"}, "usage", "no style 'nope'"),
    ("check_draft", {"text": "x", "path": "/etc/passwd"}, "usage", "Additional properties are not allowed ('path' was"),
    ("check_draft", {"text": "a\0b"}, "unreadable", "<text>:1: a NUL character"),
]
HANDSHAKES = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
MODERN = "2026-07-28"
ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientInfo": {"name": "tests", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}


class Wire:
    """A server as a process, and the lines to and from it."""

    def __init__(self, *arguments: str) -> None:
        find_module("mcp")
        command = [sys.executable, "-m", "rightscli", "mcp", *arguments]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT)
        self.lines: list[str] = []
        self._answers: Queue[dict[str, Any] | None] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        self._errors: list[bytes] = []
        self._drain = Thread(target=lambda: self._errors.append(self.process.stderr.read()), daemon=True)  # type: ignore[union-attr]
        self._drain.start()
        self._number = 0

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.decode())
            self._answers.put(json.loads(line))
        self._answers.put(None)

    def send(self, line: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the answer to a request; others that come before it are passed over."""
        self._number += 1
        id = f"asked-{self._number}"
        self.send(json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).encode())
        while (answer := self._answers.get(timeout=60)) is not None:
            if answer.get("id") == id:
                return answer
        raise AssertionError("the server has ended")

    def open(self, version: str) -> dict[str, Any]:
        """Begin as a client of that *version* does, and return the answer."""
        if version == MODERN:
            return self.ask("server/discover", _meta=ENVELOPE)
        client = {"name": "tests", "version": "1"}
        answer = self.ask("initialize", protocolVersion=version, capabilities={}, clientInfo=client)
        self.send(b'{"jsonrpc": "2.0", "method": "notifications/initialized"}')
        return answer

    def call(self, version: str, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        more = {"_meta": ENVELOPE} if version == MODERN else {}
        result: dict[str, Any] = self.ask("tools/call", name=tool, arguments=arguments, **more)["result"]
        return result

    def close(self) -> tuple[int, str]:
        """Go, and return the server's exit code and what it wrote to standard error."""
        assert self.process.stdin
        self.process.stdin.close()
        code = self.process.wait(timeout=60)
        self._drain.join()
        return code, b"".join(self._errors).decode()


@contextmanager
def run_server(*arguments: str) -> Iterator[Wire]:
    wire = Wire(*arguments)
    try:
        yield wire
    finally:
        wire.process.kill()
        wire.process.wait()
        for stream in (wire.process.stdin, wire.process.stdout, wire.process.stderr):
            assert stream
            stream.close()


def ask_python_client(mode: str, *arguments: str) -> dict[str, Any]:
    """Return what the official Python client of the era *mode* gets: every list, every call, every fault."""
    find_module("mcp")
    program = f"""
import asyncio, json, os, sys
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

async def main():
    asked = json.load(sys.stdin)
    command = StdioServerParameters(command=sys.executable, args=["-m", "rightscli", "mcp", *sys.argv[1:]], env=dict(os.environ))
    async with Client(stdio_client(command), mode={mode!r}) as client:
        def dump(one):
            return one.model_dump(by_alias=True, mode="json", exclude_none=True)
        told = {{"version": client.protocol_version, "instructions": client.instructions}}
        told["tools"] = dump(await client.list_tools())["tools"]
        told["resources"] = dump(await client.list_resources())["resources"]
        told["templates"] = dump(await client.list_resource_templates())["resourceTemplates"]
        told["prompts"] = dump(await client.list_prompts())["prompts"]
        told["calls"] = [dump(await client.call_tool(name, given)) for name, given in asked["calls"]]
        told["read"] = [dump(await client.read_resource(uri))["contents"][0]["text"] for uri in asked["uris"]]
        told["prompt"] = dump(await client.get_prompt("fact_check", {{"draft": "A ~~~ draft"}}))["messages"]
    print(json.dumps(told))

asyncio.run(main())
"""
    asked = {"calls": [*CALLS, *(fault[:2] for fault in FAULTS)], "uris": URIS}
    process = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )
    assert process.returncode == 0, process.stderr
    told: dict[str, Any] = json.loads(process.stdout)
    return told


URIS = ["rights://sources", "rights://topics", "rights://styles", "rights://fact/songbun-classes"]


@pytest.fixture(scope="module", params=["legacy", "auto"])
def told(request: pytest.FixtureRequest) -> dict[str, Any]:
    told = ask_python_client(request.param)
    assert told["version"] == (HANDSHAKES[-1] if request.param == "legacy" else MODERN)
    return told


def test_there_are_four_tools_that_only_read(told: dict[str, Any]) -> None:
    hints = {"readOnlyHint": True, "destructiveHint": False, "idempotentHint": True, "openWorldHint": False}

    assert [tool["name"] for tool in told["tools"]] == ["search_facts", "get_passage", "cite", "check_draft"]
    assert all(tool["annotations"] == hints for tool in told["tools"])
    assert len(json.dumps({"tools": told["tools"]}, ensure_ascii=False, separators=(",", ":")).encode()) < 6000
    for tool in told["tools"]:
        Draft202012Validator.check_schema(tool["inputSchema"])
        Draft202012Validator.check_schema(tool["outputSchema"])
        assert tool["inputSchema"]["additionalProperties"] is False


def test_what_a_tool_answers_is_as_its_schema_and_the_published_one_say(told: dict[str, Any]) -> None:
    schemas = {tool["name"]: tool["outputSchema"] for tool in told["tools"]}

    for (name, _), answer in zip(CALLS, told["calls"], strict=False):
        (content,) = answer["content"]
        assert not answer.get("isError")
        assert json.loads(content["text"]) == answer["structuredContent"]
        assert judge_document(content["text"]) == answer["structuredContent"]["schema"].split(".")[1].removesuffix("/1")
        Draft202012Validator(schemas[name]).validate(answer["structuredContent"])
    assert len(told["calls"][0]["content"][0]["text"].encode()) < 2500
    assert told["calls"][0]["structuredContent"]["returned"] == 3


def test_what_is_not_found_is_no_error(told: dict[str, Any]) -> None:
    silent = [
        answer["structuredContent"]
        for call, answer in zip(CALLS, told["calls"], strict=False)
        if call[1] in ({"query": "zzqx"}, {"ref": "hrw-2020:999"}, {"ref": "nope"})
    ]

    assert [(one["total"], one["results"]) for one in silent] == [(0, [])] * 3
    assert [one["warnings"][0].partition(" in ")[0] for one in silent] == [
        "nothing",
        "hrw-2020 has no paragraph 999: it has paragraphs 1-23",
        "no fact 'nope'",
    ]
    assert silent[0]["scope"].startswith("Human rights in North Korea")


def test_an_error_has_a_code_a_message_and_a_hint(told: dict[str, Any]) -> None:
    for (name, arguments, code, message), answer in zip(FAULTS, told["calls"][len(CALLS) :], strict=True):
        (content,) = answer["content"]
        assert answer["isError"], (name, arguments)
        assert "structuredContent" not in answer
        assert judge_document(content["text"]) == "error"
        error = json.loads(content["text"])["error"]
        assert (error["code"], error["message"][: len(message)]) == (code, message)
        assert len(content["text"]) < 400


def test_sources_topics_styles_and_facts_are_resources_and_a_draft_has_a_prompt(told: dict[str, Any]) -> None:
    assert [one["uri"] for one in told["resources"]] == URIS[:3]
    assert [one["uriTemplate"] for one in told["templates"]] == ["rights://fact/{id}"]
    assert [judge_document(text) for text in told["read"]] == ["sources", "topics", "styles", "show"]
    assert json.loads(told["read"][3])["results"][0]["anchors"]
    assert [prompt["name"] for prompt in told["prompts"]] == ["fact_check"]
    (message,) = told["prompt"]
    assert message["content"]["text"].endswith("\n\n~~~~\nA ~~~ draft\n~~~~\n")
    for word in ("Search first", "as they are", "Cite the source", "Check what you wrote", "not in this base"):
        assert word in told["instructions"]


@pytest.mark.parametrize("version", [*HANDSHAKES, MODERN])
def test_every_revision_of_the_protocol_is_spoken(version: str) -> None:
    with run_server() as wire:
        opened = wire.open(version)["result"]
        answer = wire.call(version, "search_facts", {"query": "songbun"})
        ended = wire.close()

    assert opened.get("protocolVersion", version) == version
    assert opened["serverInfo" if "serverInfo" in opened else "_meta"]
    assert judge_document(answer["content"][0]["text"]) == "search"
    assert ended == (0, "")


def list_rubbish() -> list[bytes]:
    """Return a thousand lines that no client should send."""
    chance = random.Random(18)
    ids: list[Any] = [{}, [], None, True, 1.5, -1, 10**30, "", "x" * 10_000, 1]
    methods: list[Any] = [
        "tools/call",
        "tools/list",
        "nope",
        "",
        "rpc.x",
        3,
        None,
        [],
        {},
        "prompts/get",
        "resources/read",
    ]
    params: list[Any] = [
        {}, [], None, 1, "x", {"name": []}, {"name": "search_facts", "arguments": []}, {"uri": 3}, {"uri": "file:///etc/passwd"},
        {"name": "search_facts", "arguments": {"query": {"a": [[[]]]}}}, {"name": "x" * 10_000}, {"_meta": 1},
        {"name": "fact_check", "arguments": {"draft": 1}}, {"cursor": {}}, {"requestId": {}}, {"_meta": {"x": []}},
    ]  # fmt: skip
    plain = [
        b"", b" ", b"\0", b"\xff\xfe{}", b"{", b"}", b"[]", b"[1, 2]", b"null", b"true", b'"x"', b"1e999", b"NaN", b"{}",
        b"[" * 50_000, b'{"a":' * 50_000, b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}', b'{"jsonrpc": "2.0", "id": 1}',
        b'{"jsonrpc": "2.0", "id": 1, "result": {}}', b'{"jsonrpc": "2.0", "id": "z", "error": 1}', b"x" * 3_000_000,
        b'{"jsonrpc": "2.0", "id": 1, "method": "\\ud800"}', b"GET / HTTP/1.1\r", b'{"jsonrpc": "2.0", "method": "exit"}',
    ]  # fmt: skip
    lines = list(plain)
    while len(lines) < 1000:
        message = {
            "jsonrpc": "2.0",
            "id": chance.choice(ids),
            "method": chance.choice(methods),
            "params": chance.choice(params),
        }
        whole = json.dumps({name: value for name, value in message.items() if chance.random() < 0.9}).encode()
        lines.append(whole if chance.random() < 0.7 else whole[: chance.randrange(len(whole))])
    return lines


@pytest.mark.parametrize("version", [HANDSHAKES[0], HANDSHAKES[-1], MODERN])
def test_a_thousand_malformed_lines_neither_end_nor_hang_it(version: str) -> None:
    rubbish = list_rubbish()
    with run_server() as wire:
        wire.open(version)
        for line in rubbish:
            wire.send(line)
        answer = wire.call(version, "search_facts", {"query": "songbun"})
        code, _ = wire.close()

    assert len(rubbish) == 1000
    assert judge_document(answer["content"][0]["text"]) == "search"
    assert code == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in wire.lines)


FAULTY = [
    (b'{"jsonrpc": "2.0", "id": 1, ', -32700, None),
    (b"GET / HTTP/1.1", -32700, None),
    (b"[" * 50_000, -32700, None),
    (b'[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]', -32600, None),
    (b"[]", -32600, None),
    (b"null", -32600, None),
    (b'{"jsonrpc": "2.0", "id": 1}', -32600, 1),
    (b'{"jsonrpc": "1.0", "id": "a", "method": "ping"}', -32600, "a"),
    (b'{"jsonrpc": "2.0", "id": 2, "method": 5}', -32600, 2),
    (b'{"jsonrpc": "2.0", "method": 5}', -32600, None),
    (b'{"jsonrpc": "2.0", "id": 3, "method": "ping", "params": [1]}', -32600, 3),
    *(
        (f'{{"jsonrpc": "2.0", "id": {id}, "method": "ping"}}'.encode(), -32600, None)
        for id in ("null", "1.5", "true", "[1]", "{}")
    ),
]
"""Lines that are no request, and the code and the id of the answer that JSON-RPC 2.0 wants."""
UNANSWERED = [
    b"",
    b" ",
    b'{"jsonrpc": "2.0", "method": "notifications/nope"}',
    b'{"jsonrpc": "2.0", "method": "nope", "params": [1]}',
    b'{"jsonrpc": "2.0", "id": 5, "result": {}}',
    b'{"jsonrpc": "2.0", "id": "z", "error": 1}',
]


@pytest.mark.parametrize("version", [HANDSHAKES[1], MODERN])
def test_a_line_without_a_message_is_answered_and_a_notification_never(version: str) -> None:
    with run_server() as wire:
        wire.open(version)
        before = len(wire.lines)
        for line in [*UNANSWERED, *(line for line, _, _ in FAULTY), *UNANSWERED]:
            wire.send(line)
        unknown = wire.ask("nope", **({"_meta": ENVELOPE} if version == MODERN else {}))
        code, told = wire.close()

    answers = [json.loads(line) for line in wire.lines[before:]]
    faults = [(one["error"]["code"], one["id"]) for one in answers if one != unknown]
    assert unknown["error"]["code"] == -32601
    assert sorted(map(str, faults)) == sorted(str((code, id)) for _, code, id in FAULTY)
    assert (code, told) == (0, "")


def test_a_line_over_the_limit_is_answered_and_not_kept() -> None:
    find_module("mcp")
    from rightscli.mcp.lines import LIMIT

    with run_server() as wire:
        wire.open(MODERN)
        assert wire.process.stdin
        for _ in range(3 * LIMIT // 10**6):
            wire.process.stdin.write(b"x" * 10**6)
        wire.send(b"")
        answer = wire.ask("tools/list", _meta=ENVELOPE)
        peak = read_peak(wire.process.pid)
        code, told = wire.close()

    fault = next(one for one in map(json.loads, wire.lines) if one["id"] is None)
    assert fault["error"] == {"code": -32700, "message": f"a line has more than {LIMIT:,} bytes"}
    assert answer["result"]["tools"]
    # The line was three times as long as what may be kept of it.
    assert peak is None or peak < 2.5 * LIMIT + 150 * 10**6
    assert (code, told) == (0, "")


def read_peak(process: int) -> int | None:
    """Return the most bytes of memory that *process* has had; None where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    return next((1024 * int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")), None)


def test_rubbish_before_the_first_request_decides_nothing() -> None:
    with run_server() as wire:
        for line in (b"{", b"[]", b"null", b'{"jsonrpc": "2.0", "method": "notifications/nope"}') * 20:
            wire.send(line)
        answer = wire.call(MODERN, "cite", {"ref": "hrw-2020:13"})

    assert answer["structuredContent"]["results"][0]["text"] == "(Human Rights Watch, 2020, para. 13)"


def test_a_client_that_goes_in_the_midst_ends_it_quietly() -> None:
    asked = {"name": "search_facts", "arguments": {"query": "songbun"}, "_meta": ENVELOPE}
    with run_server() as wire:
        wire.open(MODERN)
        for id in range(50):
            wire.send(json.dumps({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": asked}).encode())
        ended = wire.close()

    assert ended == (0, "")


def test_a_client_that_reads_no_answer_ends_it_quietly() -> None:
    find_module("mcp")
    reading, writing = os.pipe()
    os.close(reading)
    asked = {"jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": ENVELOPE}}
    process = subprocess.run(
        [sys.executable, "-m", "rightscli", "mcp"],
        input=json.dumps(asked).encode() + b"\n",
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    os.close(writing)

    assert (process.returncode, process.stderr) == (0, b"")


def test_a_base_is_named_as_everywhere_and_read_anew_when_it_changes(tmp_path: Path) -> None:
    base = tmp_path / "base.yaml"
    base.write_text(HARBOUR.read_text("utf-8"), encoding="utf-8")
    with run_server("--base", str(base)) as wire:
        wire.open(MODERN)
        before = wire.call(MODERN, "search_facts", {"query": "zeppelins"})["structuredContent"]
        base.write_text(base.read_text("utf-8").replace("title:", "title: Zeppelins and", 1), encoding="utf-8")
        after = wire.call(MODERN, "search_facts", {"query": "zeppelins"})["structuredContent"]

    assert before["base"]["title"] != after["base"]["title"]
    assert run_rights("mcp", "--base", str(tmp_path / "none.yaml")).code == 3


def test_a_quotation_is_a_ref_and_brings_the_copys_own_words() -> None:
    key = json.loads(run_rights("sources", "--json", "--base", str(HARBOUR)).out)["results"][0]["id"]
    run_rights("attach", key, str(REPORT), "--base", str(HARBOUR))
    words = json.loads(run_rights("show", f"{key}:1", "--context", "0", "--json", "--base", str(HARBOUR)).out)[
        "context"
    ][0]
    quoted = '"' + " ".join(words["text"].split()[:6]) + '"'
    with run_server("--base", str(HARBOUR)) as wire:
        wire.open(MODERN)
        answer = wire.call(MODERN, "get_passage", {"ref": quoted})

    assert judge_document(answer["content"][0]["text"]) == "show"
    assert answer["structuredContent"]["context"] == [words]


TYPESCRIPT = """
const [calls, command, args] = JSON.parse(require("fs").readFileSync(0, "utf8"))
async function main() {
  const { Client } = require(CLIENT), { StdioClientTransport } = require(STDIO)
  const client = new Client({ name: "tests", version: "1" }, OPTIONS)
  await client.connect(new StdioClientTransport({ command, args, env: process.env, stderr: "inherit" }))
  const { tools } = await client.listTools()
  const { resources } = await client.listResources()
  const answers = []
  for (const [name, given] of calls) answers.push(await client.callTool({ name, arguments: given }))
  const { contents } = await client.readResource({ uri: "rights://fact/songbun-classes" })
  await client.close()
  console.log(JSON.stringify({ tools, resources, answers, fact: contents[0].text }))
}
main()
"""
CLIENTS = {
    "sdk": ("@modelcontextprotocol/sdk", "client/index.js", "client/stdio.js", "{}"),
    "client-legacy": ("@modelcontextprotocol/client", "", "stdio", "{}"),
    "client-modern": ("@modelcontextprotocol/client", "", "stdio", '{versionNegotiation: {mode: "auto"}}'),
}


@pytest.mark.parametrize("client", CLIENTS)
def test_the_typescript_clients_get_what_the_python_client_gets(client: str) -> None:
    find_module("mcp")
    package, main, stdio, options = CLIENTS[client]
    program = (
        TYPESCRIPT.replace("CLIENT", json.dumps(f"{package}/{main}".rstrip("/")))
        .replace("STDIO", json.dumps(f"{package}/{stdio}"))
        .replace("OPTIONS", options)
    )
    calls = [*CALLS, *(fault[:2] for fault in FAULTS)]
    command = json.dumps([calls, sys.executable, ["-m", "rightscli", "mcp"]])
    told = run_node(program, package, stdin=command)

    assert [tool["name"] for tool in told["tools"]] == ["search_facts", "get_passage", "cite", "check_draft"]
    assert [one["uri"] for one in told["resources"]] == URIS[:3]
    assert judge_document(told["fact"]) == "show"
    assert [bool(one.get("isError")) for one in told["answers"]] == [False] * len(CALLS) + [True] * len(FAULTS)
    for answer in told["answers"][: len(CALLS)]:
        assert json.loads(answer["content"][0]["text"]) == answer["structuredContent"]
        judge_document(answer["content"][0]["text"])
