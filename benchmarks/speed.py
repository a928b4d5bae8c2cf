"""What a look-up costs: ``python benchmarks/speed.py [COUNT...] [--keep DIR] [--rounds N]``.

Whole processes, their CPU time (user and system), beside that of bare Python, of a no-op Typer app with as many commands as
ours, and, on made-up bases of COUNT facts (see ``generate``), of other searchers on the same facts, as far as they are
installed. All are run in turn, round after round, so that whatever else the machine does meets them alike. ``least`` and
``median`` are means over the queries of each query's own. Ratios are the result; milliseconds are those of this machine.

The rivals are run bare, and ours beside them, too, as a library; and the other way round, tantivy is run by a command of the
no-op Typer app, as whoever makes a command of it would.
``found``: for how many of the queries one of the first ten facts holds all the words, rightly spelt. Bases, the others' indexes
and our cache are kept in DIR, and made there only once. What slows down with its base stops when its budget is spent.
``peak`` is never below what this process itself holds, the first line's.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import Any, NamedTuple

QUERIES = 40
"""How many queries of each kind a base is asked, to see what is found."""
_TIMED = 5
"""How many of them, the first, are asked again and again, to see how long they take."""
_SETTLING_SECONDS = 3
_PATIENCE_SECONDS = 1800

_NOOP_APP = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)
def make():
    def command() -> None:
        "Do nothing."
    return command
for number in range({count}):
    app.command(f"command{{number}}")(make())
"""
_NOOP_SCRIPT = """
import sys
from noop_app import app
if __name__ == "__main__":
    sys.exit(app())
"""
_TYPER_SCRIPT = """
import sys
from noop_app import app
@app.command()
def ask(words: list[str]) -> None:
    sys.argv[1:] = words
    import asking
app()
"""
_ASK_RIGHTS = """
import sys
from rightscli import __version__
from rightscli.index.building import open_index
from rightscli.search import find_facts
index = open_index(sys.argv[1], f"{sys.argv[2]}/{__version__}")
for found in index.get_facts(hit.place for hit in find_facts(index, sys.argv[3]).hits):
    print(found["id"], found["claim"], sep="\\t")
"""
_ASK_FTS5 = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
for row in base.execute("SELECT id, claim FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (sys.argv[2],)):
    print(*row, sep="\\t")
"""
_ASK_TANTIVY = """
import sys, tantivy
index = tantivy.Index.open(sys.argv[1])
query = index.parse_query(sys.argv[2], ["claim"], fuzzy_fields={"claim": (False, 1, True)})
searcher = index.searcher()
for _, address in searcher.search(query, 10).hits:
    found = searcher.doc(address)
    print(found["id"][0], found["claim"][0], sep="\\t")
"""
_ASK_RAPIDFUZZ = """
import sys
from rapidfuzz import fuzz, process
with open(sys.argv[1], encoding="utf-8") as stream:
    rows = [line.rstrip("\\n").split("\\t") for line in stream]
claims = [row[1] for row in rows]
for _, _, place in process.extract(sys.argv[2], claims, scorer=fuzz.WRatio, limit=10, score_cutoff=60):
    print(*rows[place], sep="\\t")
"""
_READ_BASE = """
import gc, sys
from rightscli.base.load import BaseReader
gc.disable()
reader = BaseReader(sys.argv[1])
for _ in reader.read_facts():
    pass
reader.raise_problems()
"""


class Query(NamedTuple):
    """Words of one claim; *misspelt* are the same, two letters of one of them swapped."""

    words: str
    misspelt: str


class Usage(NamedTuple):
    """What one process used: seconds of CPU, seconds by the clock, the most memory at once in MB; and what it printed."""

    cpu: float
    wall: float
    peak: float
    code: int
    output: str


@dataclass(slots=True)
class Contender:
    """A name and its *commands*, one for each query, with the words that one of each one's first ten lines should hold.

    *spent* are the CPU seconds of each command's runs, for the length of the measuring.
    """

    name: str
    commands: list[list[str]]
    expected: Sequence[str] = ()
    input: Path | None = None
    terminal: bool = False
    spent: list[list[float]] = field(default_factory=list)
    found: int = 0
    asked: int = 0
    peak: float = 0.0

    @property
    def least(self) -> float:
        """The mean over the queries of the least CPU seconds."""
        return mean(min(runs) for runs in self.spent if runs)

    @property
    def usual(self) -> float:
        """The mean over the queries of the median CPU seconds."""
        return mean(median(runs) for runs in self.spent if runs)


Rows = Sequence[Contender | str]


def run_process(
    command: list[str], environment: dict[str, str], *, input: Path | None = None, terminal: bool = False
) -> Usage:
    """Run *command* and return what it and its children used; with *terminal* all its streams are one.

    Run from a process that is small itself: Linux counts the memory from before the exec too.
    """
    begun = time.monotonic()
    if terminal:
        reading, writing = pty.openpty()
        streams = (writing, writing, writing)
    else:
        reading, writing = os.pipe()
        source = os.open(input or os.devnull, os.O_RDONLY)
        streams = (source, writing, subprocess.DEVNULL)
    process = subprocess.Popen(command, stdin=streams[0], stdout=streams[1], stderr=streams[2], env=environment)
    for stream in {streams[0], writing}:
        os.close(stream)
    output = _read_stream(reading)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Usage(
        used.ru_utime + used.ru_stime,
        time.monotonic() - begun,
        used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10),
        process.returncode,
        output.decode("utf-8", "replace"),
    )


def _read_stream(reading: int) -> bytes:
    """Return what comes first, and let the rest pass: what is kept here would count as each later process's memory."""
    kept = b""
    try:
        while part := os.read(reading, 1 << 16):
            kept = kept if len(kept) > 1 << 16 else kept + part
    except OSError:
        pass  # how the end of a pseudo-terminal looks on Linux
    finally:
        os.close(reading)
    return kept


def measure_contenders(
    contenders: Iterable[Contender], environment: dict[str, str], *, rounds: int, budget: float
) -> None:
    """Run all of the *contenders* in turn, *rounds* times; each stops when it has used *budget* seconds, at 3 rounds at least.

    Before, each is asked all its queries once, as far as that budget goes.
    """
    running = list(contenders)
    for contender in running:
        contender.spent = [[] for _ in contender.commands[:_TIMED]]
        left = budget
        for place, command in enumerate(contender.commands):
            if left < 0 and place >= _TIMED:
                break
            used = run_process(command, environment, input=contender.input, terminal=contender.terminal)
            if used.code not in (0, 1):
                raise SystemExit(f"{contender.name}: exit {used.code}: {' '.join(command)[:300]}\n{used.output[:2000]}")
            left -= used.cpu
            contender.asked += 1
            contender.found += bool(contender.expected) and holds_words(used.output, contender.expected[place])
    for number in range(rounds):
        for contender in running:
            if number >= 3 and sum(map(sum, contender.spent)) > budget:
                continue
            place = number % len(contender.spent)
            command = contender.commands[place]
            used = run_process(command, environment, input=contender.input, terminal=contender.terminal)
            contender.spent[place].append(used.cpu)
            contender.peak = max(contender.peak, used.peak)


def holds_words(output: str, words: str) -> bool:
    """Tell whether one of the first ten lines of *output* holds all the *words*."""
    wanted = set(words.split())
    return any(wanted <= set(re.findall(r"[\w-]+", line.lower())) for line in output.split("\n")[:10])


def make_environment(keep: Path) -> dict[str, str]:
    """Return the environment of all processes: nothing of the user's settings, caches in *keep*."""
    dropped = ("RIGHTS_", "XDG_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {
        "XDG_CACHE_HOME": str(keep / "cache"),
        "XDG_DATA_HOME": str(keep / "data"),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }


def find_rights() -> list[str]:
    """Return the command that starts ours: the script that is installed beside this Python."""
    script = Path(sys.executable).with_name("rights")
    return [sys.executable, str(script)] if script.exists() else [sys.executable, "-m", "rightscli"]


def list_starts(keep: Path, environment: dict[str, str]) -> list[Contender]:
    """Return bare Python, a no-op Typer app, and our commands on the bundled base."""
    rights = find_rights()
    help = run_process([*rights, "--help"], environment).output.partition("Commands:")[2]
    count = len(re.findall(r"^  [a-z]+  +\S", help, re.MULTILINE))
    (keep / "noop_app.py").write_text(_NOOP_APP.format(count=count), encoding="utf-8")
    (keep / "noop.py").write_text(_NOOP_SCRIPT, encoding="utf-8")
    (keep / "asking.py").write_text(_ASK_TANTIVY, encoding="utf-8")
    (keep / "ask.py").write_text(_TYPER_SCRIPT, encoding="utf-8")
    found = ["absence-from-work-punished"]
    return [
        Contender("bare Python", [[sys.executable, "-c", "pass"]]),
        Contender(f"no-op Typer app, {count} commands", [[sys.executable, str(keep / "noop.py"), "command0"]]),
        Contender("rights search, known words", [[*rights, "search", "absence", "work", "punished"]], found),
        Contender("rights search --json", [[*rights, "search", "absence", "work", "punished", "--json"]]),
        Contender("rights search, misspelt", [[*rights, "search", "abscence", "work", "punished"]], found),
        Contender(
            "rights search, on a terminal",
            [[*rights, "search", "absence", "work", "punished"]],
            terminal=True,
        ),
        Contender("rights topics", [[*rights, "topics"]]),
        Contender("rights cite", [[*rights, "cite", "hrw-2020:13"]]),
        Contender("rights --help", [[*rights, "--help"]]),
    ]


def list_searches(keep: Path, count: int) -> list[Contender]:
    """Return our searches of the base of *count* facts."""
    queries = read_queries(keep, count)
    rights = [*find_rights(), "search", "--base", str(keep / f"{count}.yaml")]
    known = [[*rights, *query.words.split()] for query in queries]
    expected = [query.words for query in queries]
    misspelt = [[*rights, *query.misspelt.split()] for query in queries]
    frequent = (keep / f"{count}.frequent").read_text(encoding="utf-8").split()
    return [
        Contender("rights search, known words", known, expected),
        Contender("rights search --json", [[*command, "--json"] for command in known]),
        Contender("rights search, misspelt", misspelt, expected),
        Contender("rights search, on a terminal", known, terminal=True),
        Contender("rights search, two frequent words", [[*rights, *frequent]]),
    ]


def list_rivals(keep: Path, count: int) -> Rows:
    """Return the others on the same facts, known words and misspelt ones; a line of text for what is not installed."""
    queries = read_queries(keep, count)
    lines, porter = keep / f"{count}.tsv", str(keep / f"{count}.porter")
    expected = [query.words for query in queries]

    def compare(needed: str, name: str, make: Callable[[str], list[str]], input: Path | None = None) -> Rows:
        if not (shutil.which(needed) or find_spec(needed)):
            return [f"{name}: not installed"]
        known, misspelt = [make(query.words) for query in queries], [make(query.misspelt) for query in queries]
        rows = [Contender(f"{name}, known words", known, expected, input)]
        # Neither of the two looks for anything but the word itself.
        return (
            rows
            if name in ("ripgrep", "FTS5 porter")
            else [*rows, Contender(f"{name}, misspelt", misspelt, expected, input)]
        )

    python = [sys.executable, "-c"]
    ours = [*python, _ASK_RIGHTS, str(keep / f"{count}.yaml"), str(keep / "cache" / "rights")]
    tantivy = str(keep / f"{count}.tantivy")
    frequent = _join_or((keep / f"{count}.frequent").read_text(encoding="utf-8"))
    trigram = str(keep / f"{count}.trigram")
    return [
        *compare("rightscli", "rights as a library", lambda words: [*ours, words]),
        *compare("rg", "ripgrep", _pipe_ripgrep(keep / f"{count}.yaml")),
        *compare("fzf", "fzf --filter", lambda words: ["fzf", "--filter", words], lines),
        *compare("sqlite3", "FTS5 porter", lambda words: [*python, _ASK_FTS5, porter, _join_or(words)]),
        Contender("FTS5 porter, two frequent words", [[*python, _ASK_FTS5, porter, frequent]]),
        *compare("sqlite3", "FTS5 trigram", lambda words: [*python, _ASK_FTS5, trigram, _cut_trigrams(words)]),
        *compare("tantivy", "tantivy", lambda words: [*python, _ASK_TANTIVY, tantivy, words]),
        *compare(
            "tantivy",
            "tantivy in a Typer app",
            lambda words: [sys.executable, str(keep / "ask.py"), "ask", tantivy, words],
        ),
        *compare("rapidfuzz", "rapidfuzz", lambda words: [*python, _ASK_RAPIDFUZZ, str(lines), words]),
    ]


def _pipe_ripgrep(base: Path) -> Callable[[str], list[str]]:
    def pipe(words: str) -> list[str]:
        first, *others = (f"rg -i -w {word}" for word in words.split())
        return ["/bin/sh", "-c", " | ".join([f'{first} "$1"', *others]), "sh", str(base)]

    return pipe


def _join_or(words: str) -> str:
    return " OR ".join(f'"{word}"' for word in words.split())


def _cut_trigrams(words: str) -> str:
    return _join_or(" ".join(word[place : place + 3] for word in words.split() for place in range(len(word) - 2)))


def read_queries(keep: Path, count: int) -> list[Query]:
    """Return the queries of the base of *count* facts, as they were prepared."""
    return [Query(*row) for row in json.loads((keep / f"{count}.queries").read_text(encoding="utf-8"))]


def prepare_base(keep: Path, count: int, seed: int) -> None:
    """Make the base of *count* facts, its lines, queries and the others' indexes in *keep*, what is not there already."""
    from generate import STOP_WORDS, make_vocabulary, write_base

    makers: dict[str, Callable[[Path], None]] = {
        "yaml": lambda file: write_base(count, file, seed=seed),
        "tsv": lambda file: _write_lines(keep / f"{count}.yaml", file),
        "porter": lambda file: _index_with_fts5(_read_lines(keep, count), file, "porter unicode61"),
        "trigram": lambda file: _index_with_fts5(_read_lines(keep, count), file, "trigram"),
        "tantivy": lambda file: _index_with_tantivy(_read_lines(keep, count), file),
    }
    for name, make in makers.items():
        if not (keep / f"{count}.{name}").exists() and (name != "tantivy" or find_spec("tantivy")):
            # Aside first: what was left half made must not be taken for whole.
            with tempfile.TemporaryDirectory(dir=keep) as folder:
                make(Path(folder, name))
                Path(folder, name).rename(keep / f"{count}.{name}")
    words = make_vocabulary(seed).words
    frequent = [word for word in words[:20] if word not in STOP_WORDS and len(word) > 3][:2]
    (keep / f"{count}.frequent").write_text(" ".join(frequent), encoding="utf-8")
    claims = (claim for _, claim in _read_lines(keep, count))
    queries = pick_queries(claims, count, words, Random(f"queries {seed} {count}"))
    (keep / f"{count}.queries").write_text(json.dumps(queries), encoding="utf-8")


def pick_queries(claims: Iterable[str], count: int, words: list[str], random: Random) -> list[tuple[str, ...]]:
    """Return queries of two or three words of one claim, of middling frequency, and the same with a slip of the pen."""
    middling, known = set(words[300:6000]), set(words)
    wanted = set(random.sample(range(count), min(count, QUERIES * 6)))
    queries: list[tuple[str, ...]] = []
    for place, claim in enumerate(claims):
        if place not in wanted or len(queries) == QUERIES:
            continue
        held = [word for word in dict.fromkeys(re.findall("[a-z]+", claim.lower())) if word in middling]
        longest = max(held, key=len, default="")
        slips = [longest[:at] + longest[at + 1] + longest[at] + longest[at + 2 :] for at in range(1, len(longest) - 1)]
        slips = [slip for slip in slips if slip not in known]
        if len(held) < 2 or len(longest) < 6 or not slips:
            continue
        held = [longest, *[word for word in held if word != longest][: random.choice((1, 2))]]
        queries.append((" ".join(held), " ".join([random.choice(slips), *held[1:]])))
    return queries


def _write_lines(base: Path, file: Path) -> None:
    """Write ``id<TAB>claim`` for each fact of a generated *base*, whose layout is known."""
    with base.open(encoding="utf-8") as yaml, file.open("w", encoding="utf-8") as stream:
        for line in yaml:
            if line.startswith("  - id: "):
                stream.write(line[8:-1] + "\t")
            elif line.startswith("    claim: "):
                stream.write(line[11:])


def _read_lines(keep: Path, count: int) -> Iterator[tuple[str, str]]:
    with (keep / f"{count}.tsv").open(encoding="utf-8") as stream:
        for line in stream:
            id, _, claim = line.rstrip("\n").partition("\t")
            yield id, claim


def _index_with_fts5(lines: Iterable[tuple[str, str]], file: Path, tokenizer: str) -> None:
    import sqlite3

    base = sqlite3.connect(file)
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, claim, tokenize = '{tokenizer}')")
    base.executemany("INSERT INTO t VALUES (?, ?)", lines)
    base.execute("INSERT INTO t(t) VALUES ('optimize')")
    base.commit()
    base.close()


def _index_with_tantivy(lines: Iterable[tuple[str, str]], file: Path) -> None:
    import tantivy

    file.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("claim", stored=True, tokenizer_name="en_stem")
    writer: Any = tantivy.Index(builder.build(), path=str(file)).writer(200_000_000, 1)
    for id, claim in lines:
        writer.add_document(tantivy.Document(id=id, claim=claim))
    writer.commit()
    writer.wait_merging_threads()


def measure_build(keep: Path, count: int, environment: dict[str, str]) -> str:
    """Return a line on reading the base of *count* facts and building its index, which every search then uses."""
    base = keep / f"{count}.yaml"
    # A base that was written a moment ago may change again unseen, so its index would not be found again.
    time.sleep(max(0.0, base.stat().st_ctime + _SETTLING_SECONDS - time.time()))
    start = run_process([sys.executable, "-c", "pass"], environment).cpu
    rounds = 3 if count <= 20_000 else 1
    kept = measure_folder(keep / "cache")
    reads = [run_process([sys.executable, "-c", _READ_BASE, str(base)], environment) for _ in range(rounds)]
    builds = []
    for number in range(rounds):
        cache = keep / ("cache" if number == rounds - 1 else "scratch")
        shutil.rmtree(keep / "scratch", ignore_errors=True)
        # A build that never ends is a result, too.
        limited = ["/bin/sh", "-c", f'ulimit -t {_PATIENCE_SECONDS}; exec "$@"', "sh"]
        command = [*limited, *find_rights(), "sources", "--base", str(base), "-f", "ids"]
        builds.append(run_process(command, environment | {"XDG_CACHE_HOME": str(cache)}))
        if builds[-1].code:
            return f"{count:>9,}  the build ended with exit {builds[-1].code} after {builds[-1].wall:,.0f} s"
    read, build = min(reads), min(builds)
    after = build.cpu - read.cpu
    return (
        f"{count:>9,} {base.stat().st_size / 1e6:8.1f} {read.cpu - start:9.2f} {read.peak:8.0f} {build.cpu - start:9.2f}"
        f" {build.wall:9.2f} {build.peak:8.0f} {measure_folder(keep / 'cache') - kept:8.1f} {count / after:12,.0f}"
    )


def measure_folder(folder: Path) -> float:
    """Return how many MB the files in *folder* take."""
    return sum(file.stat().st_size for file in folder.rglob("*")) / 1e6


def print_table(title: str, rows: Iterable[Contender | str], floor: float, first: dict[str, float]) -> None:
    """Print what was measured: ratios to the no-op app, whose least is *floor*, and to the smallest base's rows, *first*."""
    print(f"\n{title:38} {'least':>8} {'median':>8} {'x no-op':>8} {'x first':>8} {'peak':>8}  found")
    for row in rows:
        if isinstance(row, str):
            print(row)
            continue
        ratio = f"{row.least / first[row.name]:8.2f}" if row.name in first else f"{'':8}"
        found = f"{row.found}/{row.asked}" if row.expected else ""
        print(
            f"{row.name:38} {row.least * 1e3:8.1f} {row.usual * 1e3:8.1f} {row.least / floor:8.2f} {ratio}"
            f" {row.peak:5.0f} MB  {found}"
        )
    sys.stdout.flush()


def compare_all(keep: Path, counts: list[int], *, seed: int, rounds: int, budget: float, build: bool) -> None:
    """Print the tables: the builds, then the starts and the searches of all sizes, measured in one run."""
    environment = make_environment(keep)
    if build:
        shutil.rmtree(keep / "cache", ignore_errors=True)
        print("    facts       MB  reading     peak  building  (clock)     peak    index   facts/s after reading")
    for count in counts:
        prepare = [sys.executable, __file__, "--prepare", str(keep), "--seed", str(seed), str(count)]
        subprocess.run(prepare, check=True, env=environment)
        if build:
            print(measure_build(keep, count, environment), flush=True)
    starts = list_starts(keep, environment)
    tables: list[Rows] = [[*list_searches(keep, count), *list_rivals(keep, count)] for count in counts]
    contenders = [row for table in tables for row in table if isinstance(row, Contender)]
    measure_contenders([*starts, *contenders], environment, rounds=rounds, budget=budget)
    floor = starts[1].least
    print_table("the bundled base, ms of CPU", starts, floor, {})
    first = {row.name: row.least for row in tables[0] if isinstance(row, Contender)} if tables else {}
    for count, table in zip(counts, tables, strict=True):
        print_table(f"{count:,} facts, ms of CPU", table, floor, first)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure what look-ups cost.")
    parser.add_argument("counts", type=int, nargs="*", default=[150, 10_000], metavar="COUNT", help="sizes of bases")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep bases and indexes here, and use those here")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--budget", type=float, default=10.0, metavar="SECONDS", help="of CPU, for each line")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-build", action="store_true", help="search with the indexes that DIR holds")
    parser.add_argument("--prepare", type=Path, metavar="DIR", help="only make the bases there")
    arguments = parser.parse_args()
    if arguments.prepare:
        for count in arguments.counts:
            prepare_base(arguments.prepare, count, arguments.seed)
        return
    with tempfile.TemporaryDirectory() as folder:
        keep = Path(arguments.keep or folder).resolve()
        keep.mkdir(parents=True, exist_ok=True)
        compare_all(
            keep,
            arguments.counts,
            seed=arguments.seed,
            rounds=arguments.rounds,
            budget=arguments.budget,
            build=not arguments.no_build,
        )


if __name__ == "__main__":
    main()
