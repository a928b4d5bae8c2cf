"""What a release says of itself: one version, one address, and files that indexes, registries and agents read."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import ROOT, run_rights
from rightscli import __version__

sys.path.insert(0, str(ROOT / "tools"))
from set_address import list_files, name_server, read_address, replace_address

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SERVER = json.loads((ROOT / "server.json").read_text("utf-8"))


def read_file(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_version_stands_in_one_place_and_the_others_are_held_to_it() -> None:
    (package,) = SERVER["packages"]

    assert "version" not in PROJECT["project"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "src/rightscli/__init__.py"
    assert (SERVER["version"], package["version"]) == (__version__, __version__)
    assert re.findall(r"^version: (.*)$", read_file("CITATION.cff"), re.MULTILINE) == [__version__]
    assert f'"rights {__version__}"' in read_file("man/rights.1").splitlines()[1]
    assert re.findall(r"rev: v(.*)", read_file("README.md") + read_docs()) == [__version__]


def read_docs() -> str:
    return "".join(path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md")))


def test_the_address_stands_wherever_one_is_needed() -> None:
    address = read_address()

    assert SERVER["repository"]["url"] == address
    assert f'repository-code: "{address}"' in read_file("CITATION.cff")
    assert f"<{address}/security>" in read_file("SECURITY.md")
    assert f"- repo: {address}\n" in read_file("README.md") + read_docs()
    assert SERVER["name"] == name_server(address)
    # By this the registry knows that package and server are of one hand.
    assert f"<!-- mcp-name: {SERVER['name']} -->" in read_file("README.md")
    assert all(url.startswith(address) for url in PROJECT["project"]["urls"].values())


def test_one_line_replaces_the_address_everywhere(tmp_path: Path) -> None:
    if subprocess.run(["git", "rev-parse"], cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("needs a git checkout, to know which files are the project's")
    old, new = read_address(), "https://github.com/harbour/rights"
    for path in list_files():
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)

    changed = {path.relative_to(tmp_path).as_posix() for path in replace_address(new, tmp_path)}

    assert {"pyproject.toml", "CITATION.cff", "server.json", "README.md", "SECURITY.md"} <= changed
    assert read_address(tmp_path) == new
    assert json.loads((tmp_path / "server.json").read_text("utf-8"))["name"] == "io.github.harbour/rights"
    assert [path for path in list_files(tmp_path) if old.encode() in path.read_bytes()] == []


def test_the_server_is_started_by_the_command_of_the_package_s_own_name() -> None:
    scripts = PROJECT["project"]["scripts"]
    (package,) = SERVER["packages"]

    assert scripts["rights"] == scripts[package["identifier"]] == "rightscli.__main__:main"
    assert package["identifier"] == PROJECT["project"]["name"]
    assert len(SERVER["description"]) <= 100


def make_object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """Return the JSON Schema of an object: a member that the registry does not know is a slip of ours."""
    known = required | optional
    return {"type": "object", "required": [*required], "properties": known, "additionalProperties": False}


TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": r"^https://[^\s/]+/\S*$"}
# No range: ^1.2.3, ~1.2, >=1, 1.x, 1.*, latest.
VERSION = {"type": "string", "maxLength": 255, "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?$"}
INPUT = {"description": TEXT, "default": TEXT, "placeholder": TEXT, "value": TEXT, "choices": {"type": "array"}} | {
    "format": {"enum": ["string", "number", "boolean", "filepath"]},
    "isRequired": {"type": "boolean"},
    "isSecret": {"type": "boolean"},
}
ARGUMENT = {
    "anyOf": [
        make_object({"type": {"const": "named"}, "name": TEXT}, isRepeated={"type": "boolean"}, **INPUT),
        make_object({"type": {"const": "positional"}, "value": TEXT}, isRepeated={"type": "boolean"}, **INPUT),
    ]
}
REGISTRY = make_object(
    {
        "$schema": {"const": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"},
        "name": {"type": "string", "minLength": 3, "maxLength": 200, "pattern": r"^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$"},
        "description": {"type": "string", "minLength": 1, "maxLength": 100},
        "version": VERSION,
        "packages": {
            "type": "array",
            "minItems": 1,
            "items": make_object(
                {
                    "registryType": {"const": "pypi"},
                    "identifier": TEXT,
                    "version": VERSION,
                    "transport": make_object({"type": {"const": "stdio"}}),
                },
                registryBaseUrl={"const": "https://pypi.org"},
                runtimeHint=TEXT,
                runtimeArguments={"type": "array", "items": ARGUMENT},
                packageArguments={"type": "array", "items": ARGUMENT},
                environmentVariables={"type": "array", "items": make_object({"name": TEXT}, **INPUT)},
            )
            | {"dependentRequired": {"runtimeArguments": ["runtimeHint"]}},
        },
    },
    title={"type": "string", "minLength": 1, "maxLength": 100},
    repository=make_object({"url": URL, "source": {"enum": ["github", "gitlab"]}}, subfolder=TEXT, id=TEXT),
    websiteUrl=URL,
)
"""What the registry of MCP servers asks of a server that a PyPI package is: its schema of 2025-12-11, as far as we use it, and
its rules of versions, registries and runtimes. Told anew, so that no network is needed."""


def test_the_server_is_told_as_the_registry_asks() -> None:
    assert [fault.message for fault in Draft202012Validator(REGISTRY).iter_errors(SERVER)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["name"], "rights"),
        (["description"], "x" * 101),
        (["version"], "^0.1.0"),
        (["homepage"], "https://example.org"),
        (["packages", 0, "version"], "latest"),
        (["packages", 0, "registryType"], "pip"),
        (["packages", 0, "transport"], {"type": "http"}),
        (["packages", 0, "packageArguments", 0], {"type": "positional"}),
        (["packages", 0, "runtimeArguments", 0], {"type": "named", "value": "x"}),
        (["packages", 0, "environmentVariables", 0, "secret"], True),
        (["repository", "source"], "forge"),
    ],
)
def test_a_server_that_the_registry_would_refuse_is_refused(path: list[Any], value: object) -> None:
    spoiled = json.loads(json.dumps(SERVER))
    place = spoiled
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert not Draft202012Validator(REGISTRY).is_valid(spoiled)


def test_what_the_registry_is_told_of_the_command_is_so() -> None:
    (package,) = SERVER["packages"]

    assert [one["value"] for one in package["packageArguments"]] == ["mcp"]
    assert run_rights("mcp", "--help").code == 0
    # The extra is an extra of the package.
    (extra,) = (one["value"] for one in package["runtimeArguments"])
    assert re.fullmatch(r"rightscli\[(\w+)\]", extra)[1] in PROJECT["project"]["optional-dependencies"]  # type: ignore[index]
    named = {one["name"] for one in package["environmentVariables"]}
    assert named <= set(re.findall(r"RIGHTS_[A-Z]+", read_file("src/rightscli/cli/console.py")))


def test_what_only_a_release_can_do_is_not_told_as_if_there_were_one() -> None:
    shown = [
        line for name in ("README.md", "AGENTS.md", "skills/rights/SKILL.md") for line in read_file(name).splitlines()
    ]

    assert [
        line for line in [*shown, *read_docs().splitlines()] if "uvx rightscli" in line and "release" not in line
    ] == []


@pytest.mark.parametrize(("extra", "module"), [("pdf", "drafts/pdf.py"), ("mcp", "cli/mcp.py")])
def test_a_package_that_is_missing_is_named_as_the_extra_asks_for_it(extra: str, module: str) -> None:
    needed = PROJECT["project"]["optional-dependencies"][extra][0]

    assert f"pip install '{needed}'" in read_file(f"src/rightscli/{module}")


def test_the_skill_is_one_that_agents_find() -> None:
    (header,) = re.findall(r"\A---\n(.*?)^---$", read_file("skills/rights/SKILL.md"), re.MULTILINE | re.DOTALL)
    fields = dict(line.split(": ", 1) for line in header.splitlines())

    assert fields["name"] == "rights"
    assert 0 < len(fields["description"]) <= 1024


def test_what_is_cited_names_what_citation_files_must() -> None:
    fields = dict(re.findall(r"^([a-z-]+):(.*)$", read_file("CITATION.cff"), re.MULTILINE))

    assert {"cff-version", "message", "title", "authors"} <= fields.keys()


def test_the_wheel_ships_the_manual_and_the_completions_and_they_are_there() -> None:
    shared = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]

    assert shared["man/rights.1"] == "share/man/man1/rights.1"
    assert [name for name in shared if not (ROOT / name).is_file()] == []
    named = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [name for name in named if not (ROOT / name.lstrip("/")).exists()] == []
