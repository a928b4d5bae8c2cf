"""The house rules of the design: floors, owners, doors, and what each command must not import."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from conftest import ROOT, run_rights

PACKAGE = ROOT / "src" / "rightscli"
PATHS = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
    if path != PACKAGE / "__init__.py"
}
MODULES = sorted(PATHS)
OWNERS = {
    "yaml": "base.values",
    "sqlite3": "index",
    "rapidfuzz": "search",
    "rich": "show",
    "typer": "cli",
    "platformdirs": "cli",
    "citeproc": "cite.engines.citeproc",
    "markdown_it": "drafts.commonmark",
    "pypdfium2": "drafts.pdfpages",
    "mcp": "mcp",
    "mcp_types": "mcp",
    "jsonschema": "mcp",
}
OPENERS = {"files", "index", "tables"}
# Only to send output nowhere when its reader has gone; a part of an archive that is in memory; a link in the browser.
NOWHERE = {
    ("cli", "os.open"),
    ("cli.console", "os.open"),
    ("drafts.archives", "self._zip.open"),
    ("cli.browser", "webbrowser.open"),
}
PRINTERS = {"show", "cli.console", "cli.clipboard"}
LONGEST_MODULE = 450


def name_room(module: str) -> str:
    """Return the folder of the package that a module is in, or the module itself."""
    return module.partition(".")[0]


def read_floors() -> dict[str, int]:
    """Return the floor of each room: the order in which CONTRIBUTING draws the house, the lowest first."""
    drawn = re.search(r"^## The house\n\n```\n(.*?)^```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M | re.S)
    assert drawn
    lines = re.findall(r"^([a-z_]+(?:, [a-z_]+)*)/? ", drawn[1], re.MULTILINE)
    return {room: floor for floor, line in enumerate(lines) for room in line.split(", ")}


FLOORS = read_floors()


@cache
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


@cache
def list_names(name: str) -> set[str]:
    """Return every name and dotted name that the module's code mentions."""
    nodes = list(ast.walk(parse_module(name)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}


def test_the_house_as_drawn_is_the_house_as_built() -> None:
    assert list(FLOORS) == sorted(FLOORS, key=FLOORS.__getitem__)
    assert set(FLOORS) == {name_room(module) for module in MODULES}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_lower_floors(module: str) -> None:
    own = {name.removeprefix("rightscli.") for name in list_imports(module) if name.startswith("rightscli.")}

    others = {name for name in own if name_room(name) != name_room(module)}
    assert {name for name in others if FLOORS[name_room(name)] >= FLOORS[name_room(module)]} == set()


def test_no_module_is_longer_than_anyone_reads_at_once() -> None:
    lengths = {module: len(path.read_text("utf-8").splitlines()) for module, path in PATHS.items()}

    assert {module: length for module, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_the_house_is_plain_python() -> None:
    private = re.compile(r"^_(?!_future__)")
    found = {(module, name) for module in MODULES for name in list_imports(module) if private.match(name)}
    switches = [module for module, path in PATHS.items() if "TYPE_CHECKING = False" in path.read_text("utf-8")]

    assert (found, switches) == (set(), [])


@pytest.mark.parametrize("module", MODULES)
def test_a_third_party_library_has_one_owner(module: str) -> None:
    outside = (
        {name_room(name) for name in list_imports(module)}
        - (set(sys.stdlib_module_names) - {"sqlite3"})
        - {"rightscli"}
    )

    assert {name for name in outside if OWNERS.get(name) not in (module, name_room(module))} == set()


@pytest.mark.parametrize("module", MODULES)
def test_only_the_openers_open_files_and_only_the_printers_print(module: str) -> None:
    names = list_names(module)

    opened = {name for name in names if name == "open" or name.endswith((".open", ".read_text", ".read_bytes"))}
    assert name_room(module) in OPENERS or {(module, name) for name in opened} <= NOWHERE
    assert module in PRINTERS or not names & {"print", "sys.stderr"}


def test_pages_take_every_text_by_the_one_function_that_makes_it_inert() -> None:
    made = {
        function.name
        for function in ast.walk(parse_module("show"))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("Text")
    }

    # To join what was made is to add nothing.
    assert made == {"_make_text", "_print_claim"}


SQL = re.compile(
    r"\b(?:SELECT\b|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE (?:UNIQUE )?(?:TABLE|INDEX)|DROP |PRAGMA )"
)


def list_sql(tree: ast.Module) -> list[str]:
    """Return the texts in the code that are SQL, wherever they stand."""
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [text for text in texts if SQL.search(text)]


def test_sql_stands_in_the_index_alone_questions_in_one_file_and_tables_in_another() -> None:
    found = {module for module in MODULES if list_sql(parse_module(module))}

    assert found == {"index.queries", "index.writing"}
    assert [text for text in list_sql(parse_module("index.writing")) if "SELECT" in text] == []
    assert [text for text in list_sql(parse_module("index.queries")) if "INSERT" in text or "CREATE" in text] == []


def test_sql_is_seen_wherever_it_stands() -> None:
    assert list_sql(ast.parse("def f(base): return base.ask(f'SELECT id FROM {base}')"))


@pytest.mark.parametrize("module", sorted(name for name in MODULES if name_room(name) not in ("cli", "__main__")))
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
                public[node.name] += name_room(module) != "cli" or node.name not in COMMANDS
    assert [name for name, count in public.items() if count > 1] == []


def test_no_pattern_has_a_possessive_group() -> None:
    """Python before 3.11.5 matches a group wrongly that is possessive and holds what backtracks (gh-106052)."""
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    patterns = [
        node.value
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert [one for one in patterns if re.search(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+", one)] == []


def test_no_function_is_longer_than_a_page() -> None:
    long = {
        f"{module}.{node.name}": node.end_lineno - node.lineno + 1
        for module in MODULES
        for node in ast.walk(parse_module(module))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= 50
    }

    assert long == {}


COMMANDS = {
    "add.fact",
    "add.source",
    "init",
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
    "schema",
    "mcp",
    "help",
}


def test_a_command_stands_in_the_file_of_its_name_and_its_answer_in_another() -> None:
    inside = {
        room: {module.removeprefix(f"{room}.") for module in MODULES if module.startswith(f"{room}.")}
        for room in ("cli", "answers")
    }

    assert inside["cli"] == COMMANDS | {
        "add",
        "browser",
        "clipboard",
        "completion",
        "console",
        "fields",
        "pager",
        "parsing",
        "options",
        "progress",
        "settings",
    }
    assert inside["answers"] == COMMANDS - {"attach", "detach", "help", "mcp"} | {
        "add",
        "add.drafts",
        "add.editions",
        "add.items",
        "add.lookup",
        "add.proof",
        "add.rows",
        "copies",
        "documents",
        "facts",
        "names",
        "report",
    }


# What takes long to import: third parties, and what the standard library keeps for other work.
HEAVY = {
    "typer",
    "yaml",
    "rapidfuzz",
    "rich",
    "pydantic",
    "click",
    "asyncio",
    "pygments",
    "markdown_it",
    "platformdirs",
    "dataclasses",
    "inspect",
    "pathlib",
    "sqlite3",
    "hashlib",
    "mcp",
    "mcp_types",
    "jsonschema",
    "rightscli.mcp",
}
TYPER = {"typer", "dataclasses", "inspect", "pathlib"}
INDEX = {"sqlite3"}
RAPIDFUZZ = {"rapidfuzz"}
OURS_TO_BUILD = {"rightscli.base.load", "rightscli.base.values", "rightscli.base.model", "rightscli.doctor"}
CONTRACT = {"rightscli.answers.schema"}
# Of the commands below, none writes HTML.
HTML = {"rightscli.browse"}


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], TYPER),
        (["--version"], TYPER),
        (["search", "--help"], TYPER),
        (["search", "!"], set()),
        (["search", "forced", "labor"], INDEX),
        (["search", "forced", "labor", "--json", "-n", "3", "--topic", "forced-labor"], INDEX),
        (["search", "forced", "labor", "--why"], INDEX | TYPER),
        (["search", "dallyeondea"], INDEX),
        (["search", "dalyeondea"], INDEX | RAPIDFUZZ),
        (["show", "absence-from-work-punished"], INDEX | {"pathlib"}),
        (["topics"], INDEX),
        (["sources"], INDEX | TYPER | {"hashlib"}),
        (["cite", "hrw-2020:13"], INDEX),
        (["cite", "hrw-2020:13", "--style", "oscola"], INDEX),
        (["cite", "hrw-2020:13", "--style", "oscola", "--markup", "latex"], INDEX | TYPER),
        (["quote", "absence-from-work-punished"], INDEX),
        (["styles"], INDEX | TYPER),
        (["export", "-f", "csv"], INDEX | TYPER),
        (["search", "forced", "labor", "--json", "--fields", "id,claim,citations"], INDEX | CONTRACT | {"pathlib"}),
        (["schema", "search"], TYPER | CONTRACT),
        (["mcp", "--help"], TYPER),
        (["check", "CHANGELOG.md", "-f", "jsonl"], INDEX | TYPER | {"markdown_it", "hashlib"}),
        (["help", "refs"], TYPER),
        (["doctor"], {"yaml", "hashlib"} | TYPER | OURS_TO_BUILD),
    ],
)
def test_a_command_on_a_fresh_index_imports_nothing_that_it_does_not_need(
    arguments: list[str], allowed: set[str]
) -> None:
    run_rights("topics")
    program = (
        "import sys; from rightscli.cli import run; run(sys.argv[1:]);"
        f"sys.stderr.write('|' + ' '.join(set(sys.modules) & {HEAVY | OURS_TO_BUILD | CONTRACT | HTML!r}))"
    )
    command = [sys.executable, "-c", program, *arguments]
    process = subprocess.run(command, capture_output=True, text=True, check=True)

    assert set(process.stderr.rpartition("|")[2].split()) <= allowed


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        (["sh"], set()),
        (["search", "--"], set()),
        (["cite", "--style", ""], set()),
        (["schema", ""], {"pathlib"}),
        (["show", ""], INDEX),
        (["show", "hrw-2020:"], INDEX),
        (["topics", ""], INDEX),
    ],
)
def test_what_tab_completes_is_told_at_the_price_of_a_look_up(words: list[str], allowed: set[str]) -> None:
    run_rights("topics")
    program = (
        "import sys; from rightscli.cli import run; run(sys.argv[1:]);"
        f"sys.stderr.write('|' + ' '.join(set(sys.modules) & {HEAVY | OURS_TO_BUILD!r}))"
    )
    command = [sys.executable, "-c", program, *words]
    environment = os.environ | {"_RIGHTS_COMPLETE": "bash"}
    process = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)

    assert process.stdout
    assert set(process.stderr.rpartition("|")[2].split()) <= allowed


@pytest.mark.parametrize(
    "arguments",
    [["search", "forced", "labor", "--json"], ["show", "hrw-2020:13"], ["topics"], ["cite", "hrw-2020:13"]],
    ids=lambda arguments: arguments[0],
)
def test_a_look_up_compiles_nothing(arguments: list[str]) -> None:
    # Where a NamedTuple's annotations are text, because of ``from __future__ import annotations``, typing compiles them. The
    # first time, Python makes its whole syntax tree's types: a twelfth of what a look-up does.
    run_rights("topics")
    program = (
        "import sys; compiled = []\n"
        "def note(event, given): event == 'compile' and str(given[1])[0] == '<' and compiled.append(str(given[0]))\n"
        "sys.addaudithook(note); from rightscli.cli import run; run(sys.argv[1:])\n"
        "sys.stderr.write('|' + ', '.join(text for text in compiled if 'lambda' not in text))"
    )
    process = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)

    assert process.stderr.rpartition("|")[2] == ""


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (["search", "forced", "labor", "--json"], {"text.numbering", "text.places"}),
        (["topics"], {"text.numbering", "text.places", "tables"}),
        (["cite", "absence-from-work-punished"], {"tables", "text.dates"}),
    ],
    ids=["search", "topics", "cite"],
)
def test_a_look_up_imports_few_rooms_and_their_patterns_wait_until_they_are_used(
    arguments: list[str], spared: set[str]
) -> None:
    run_rights("topics")
    program = (
        "import sys; from rightscli.cli import run; run(sys.argv[1:]); sys.stderr.write('|' + ' '.join(sys.modules))"
    )
    process = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    imported = process.stderr.rpartition("|")[2].split()
    ours = {name.removeprefix("rightscli.") for name in imported if name.startswith("rightscli.")} & set(MODULES)
    patterns = [
        f"{module}:{node.lineno}"
        for module in sorted(ours)
        for node in parse_module(module).body
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("re.compile(")
    ]

    assert ours
    assert ours & spared == set()
    assert patterns == []


def test_nothing_of_the_workplace_is_in_the_project() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("needs a git checkout, to know which files are the project's")

    paths = [ROOT / name for name in listed.stdout.splitlines()]
    assert not [path for path in paths if path.is_file() and ("/wo" + "rk/").encode() in path.read_bytes()]
    assert Path(__file__) in paths
