"""The house rules of the design: floors, owners, doors, and what each command must not import."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import CACHE, ROOT, run_rights

PACKAGE = ROOT / "src" / "rightscli"
FLOORS = {
    "errors": 0,
    "locators": 0,
    "paths": 0,
    "tuples": 0,
    "markup": 0,
    "countries": 1,
    "words": 1,
    "mentions": 1,
    "model": 1,
    "files": 1,
    "values": 1,
    "drafts": 1,
    "drafts.blocks": 1,
    "drafts.commonmark": 1,
    "drafts.latex": 1,
    "drafts.markdown": 1,
    "drafts.pages": 1,
    "drafts.texcommands": 1,
    "drafts.webpage": 1,
    "records": 1,
    "load": 2,
    "index": 2,
    "index.writing": 2,
    "refs": 2,
    "search": 2,
    "search.matching": 2,
    "search.stopwords": 2,
    "cite": 2,
    "cite.citeproc": 2,
    "cite.engines": 2,
    "cite.items": 2,
    "cite.pandoc": 2,
    "cite.slots": 2,
    "cite.styles": 2,
    "cite.templates": 2,
    "cite.bibtex": 2,
    "cite.conversion": 2,
    "cite.dates": 2,
    "cite.exports": 2,
    "cite.hayagriva": 2,
    "cite.links": 2,
    "cite.plain": 2,
    "cite.quotes": 2,
    "cite.ris": 2,
    "cite.syntaxes": 2,
    "check": 2,
    "check.alignment": 2,
    "check.claims": 2,
    "check.clues": 2,
    "check.conflicts": 2,
    "check.differences": 2,
    "check.examine": 2,
    "check.explanations": 2,
    "check.findings": 2,
    "check.lexicon": 2,
    "check.marks": 2,
    "check.names": 2,
    "check.negations": 2,
    "check.passages": 2,
    "check.pinpoints": 2,
    "check.quantities": 2,
    "check.quotations": 2,
    "check.report": 2,
    "check.roots": 2,
    "check.sentences": 2,
    "check.statements": 2,
    "copies": 2,
    "attached": 2,
    "doctor": 2,
    "build": 3,
    "show": 3,
    "cli": 4,
    "cli.checking": 4,
    "cli.citing": 4,
    "cli.clipboard": 4,
    "cli.console": 4,
    "cli.finding": 4,
    "cli.handing": 4,
    "cli.parsing": 4,
    "cli.quoting": 4,
    "cli.tending": 4,
    "__main__": 5,
}
# On floor 0, small values stand on tuples. On floor 1, words are the ground that files, values and drafts stand on, and
# drafts are read by files.
NEIGHBOURS = {
    ("errors", "tuples"),
    ("locators", "tuples"),
    ("files", "words"),
    ("values", "words"),
    ("drafts", "files"),
    ("drafts.pages", "words"),
}
OWNERS = {
    "yaml": "values",
    "sqlite3": "index",
    "_sqlite3": "index",
    "_json": "index",
    "rapidfuzz": "search",
    "rich": "show",
    "typer": "cli",
    "platformdirs": "cli",
    "citeproc": "cite.citeproc",
    "markdown_it": "drafts.commonmark",
}
OPENERS = {"files", "index", "index.writing"}
# Only to send output nowhere when its reader has gone.
NOWHERE = {("cli", "os.open"), ("cli.console", "os.open")}
PRINTERS = {"show", "cli.console", "cli.clipboard"}
# A folder is a module, by its __init__, whose parts know each other; to everyone else they are neighbours as others are.
PATHS = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
    if path != PACKAGE / "__init__.py"
}
MODULES = sorted(PATHS)


def parse_module(name: str) -> ast.Module:
    return ast.parse(PATHS[name].read_text(encoding="utf-8"))


def list_imports(name: str) -> Iterator[str]:
    """Yield every module that *name* imports, wherever in the file, but for type checking alone."""
    tree = parse_module(name)
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def list_names(name: str) -> set[str]:
    """Return every name and dotted name that the module's code mentions."""
    nodes = list(ast.walk(parse_module(name)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}


def test_every_module_has_its_floor() -> None:
    assert sorted(FLOORS) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_lower_floors(module: str) -> None:
    own = {name.removeprefix("rightscli.") for name in list_imports(module) if name.startswith("rightscli.")}

    others = {name for name in own if name.partition(".")[0] != module.partition(".")[0]}
    level = {name for name in others if FLOORS[name] >= FLOORS[module] and (module, name) not in NEIGHBOURS}
    assert level == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_third_party_library_has_one_owner(module: str) -> None:
    outside = (
        {name.partition(".")[0] for name in list_imports(module)}
        - (set(sys.stdlib_module_names) - {"sqlite3"})
        - {"rightscli"}
    )

    assert {name for name in outside if OWNERS.get(name) not in (module, module.partition(".")[0])} == set()


@pytest.mark.parametrize("module", MODULES)
def test_only_the_openers_open_files_and_only_the_printers_print(module: str) -> None:
    names = list_names(module)

    opened = {name for name in names if name == "open" or name.endswith((".open", ".read_text", ".read_bytes"))}
    assert module in OPENERS or {(module, name) for name in opened} <= NOWHERE
    assert module in PRINTERS or not names & {"print", "sys.stderr"}


@pytest.mark.parametrize("module", sorted(name for name in MODULES if name.partition(".")[0] != "cli"))
def test_only_cli_exits_and_reads_the_environment(module: str) -> None:
    assert not list_names(module) & {"sys.exit", "os.environ", "os.getenv", "exit", "quit", "sys.argv"}


def test_every_public_name_has_a_docstring_and_is_unique() -> None:
    public: Counter[str] = Counter()
    for module in MODULES:
        tree = parse_module(module)
        assert ast.get_docstring(tree), module
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{module}.{node.name}"
                # A command bears the name of what it does; the function that does it is named by verb and object.
                public[node.name] += module.partition(".")[0] != "cli" or node.name not in COMMANDS
    assert [name for name, count in public.items() if count > 1] == []


def test_no_function_is_longer_than_a_page() -> None:
    long = {
        f"{module}.{node.name}": node.end_lineno - node.lineno + 1
        for module in MODULES
        for node in ast.walk(parse_module(module))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= 50
    }

    assert long == {}


COMMANDS = {
    "search",
    "show",
    "topics",
    "sources",
    "cite",
    "quote",
    "styles",
    "export",
    "check",
    "attach",
    "detach",
    "doctor",
}
HEAVY = {
    "array",
    "zlib",
    "typer",
    "pathlib",
    "typing",
    "re",
    "json",
    "datetime",
    "yaml",
    "rapidfuzz",
    "rich",
    "sqlite3",
    "_sqlite3",
    "pydantic",
    "click",
    "asyncio",
    "pygments",
    "markdown_it",
    "platformdirs",
}
TYPER = {"typer", "typing", "pathlib", "re", "json", "datetime", "array", "zlib"}
RAPIDFUZZ = {"rapidfuzz", "typing", "re"}
OURS_TO_BUILD = {"rightscli.load", "rightscli.values", "rightscli.model", "rightscli.mentions", "rightscli.doctor"}


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], TYPER),
        (["--version"], TYPER),
        (["search", "--help"], TYPER),
        (["search", "!"], {"re"}),
        (["search", "forced", "labor"], {"_sqlite3"}),
        (["search", "forced", "labor", "--json", "-n", "3", "--topic", "forced-labor"], {"_sqlite3", "re", "json"}),
        (["search", "forced", "labor", "--why"], {"_sqlite3", *TYPER}),
        (["search", "dallyeondea"], {"_sqlite3"}),
        (["search", "dalyeondea"], {"_sqlite3", *RAPIDFUZZ}),
        (["show", "absence-from-work-punished"], {"re", "_sqlite3", "pathlib"}),
        (["topics"], {"_sqlite3"}),
        (["sources"], {"_sqlite3", *TYPER}),
        (["cite", "hrw-2020:13"], {"re", "_sqlite3"}),
        (["cite", "hrw-2020:13", "--style", "oscola"], {"re", "_sqlite3"}),
        (["cite", "hrw-2020:13", "--style", "oscola", "--markup", "latex"], {"_sqlite3", *TYPER}),
        (["quote", "absence-from-work-punished"], {"re", "_sqlite3"}),
        (["styles"], {"_sqlite3", *TYPER}),
        (["export", "-f", "csv"], {"_sqlite3", *TYPER}),
        (["doctor"], {"yaml", *TYPER, *OURS_TO_BUILD}),
    ],
)
def test_a_command_on_a_fresh_index_imports_nothing_that_it_does_not_need(
    arguments: list[str], allowed: set[str]
) -> None:
    run_rights("topics")
    program = (
        "import sys; from rightscli.cli import run; run(sys.argv[1:]);"
        f"sys.stderr.write('|' + ' '.join(set(sys.modules) & {HEAVY | OURS_TO_BUILD!r}))"
    )
    command = [sys.executable, "-c", program, *arguments]
    environment = os.environ | {"XDG_CACHE_HOME": CACHE}
    process = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)

    assert set(process.stderr.rpartition("|")[2].split()) <= allowed


def test_nothing_of_the_workplace_is_in_the_project() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("needs a git checkout, to know which files are the project's")

    paths = [ROOT / name for name in listed.stdout.splitlines()]
    assert not [path for path in paths if path.is_file() and ("/wo" + "rk/").encode() in path.read_bytes()]
    assert Path(__file__) in paths
