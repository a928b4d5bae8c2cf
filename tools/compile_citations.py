"""Compile the bundled base's citations with citeproc-js, compare them with what is there, or verify them on new locators.

    python tools/compile_citations.py [BASE]            write BASE's file of templates (facts.citations.json)
    python tools/compile_citations.py [BASE] --check    compile again; exit 1 and print the difference if there is one
    python tools/compile_citations.py [BASE] --verify N compare N locators that were not compiled, a style and form

Needs Node with npm, and ``pip install -e '.[csl]'`` for the CSL styles and locales. They are others' work, so neither they nor
citeproc-js ever come into the project: npm puts citeproc-js where the platform keeps caches.
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from rightscli.base.load import read_base
from rightscli.base.paths import find_bundled_base, name_templates
from rightscli.cite.engines import find_style_file, name_versions
from rightscli.cite.engines.slots import (
    Printed,
    choose_probes,
    format_templates,
    make_forms,
    make_templates,
    mend_seams,
    name_csl_label,
    write_templates,
)
from rightscli.cite.items import make_csl_item
from rightscli.cite.styles import STYLES
from rightscli.cite.templates import (
    FORMS,
    REFERENCE_ENGINE,
    fill_bibliography,
    fill_template,
    read_templates,
)
from rightscli.errors import RightsError
from rightscli.records import make_source_record
from rightscli.text.locators import Locator, merge_locators

CITEPROC = "2.4.63"
"""The version of the npm package ``citeproc``."""
LANGUAGES = ("en-US", "en-GB")
SCRIPT = Path(__file__).with_name("citeproc.mjs")
SEED = 20200114


def main() -> int:
    """Do what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(description="Compile a base's citations with citeproc-js.")
    parser.add_argument("base", nargs="?", default=find_bundled_base())
    parser.add_argument("--check", action="store_true", help="compile again, and exit 1 if the file differs")
    parser.add_argument("--verify", type=int, metavar="N", help="compare N new locators a style and form")
    parser.add_argument("--templates", metavar="FILE", help="the file of templates, if it is not beside the base")
    asked = parser.parse_args()
    path = Path(asked.templates or name_templates(asked.base))
    try:
        items, units = read_items(asked.base)
        if asked.verify is not None:
            return verify_templates(read_templates(str(path)), items, units, asked.verify)
        templates = compile_items(items, units)
        if asked.check:
            return compare_texts(path, format_templates(templates))
        write_templates(str(path), templates)
    except RightsError as error:
        print(f"compile_citations: {error.message}", f"; {error.hint}" if error.hint else "", sep="", file=sys.stderr)
        return error.exit_code
    return 0


def read_items(base: str) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Return the sources of the fact base as CSL-JSON, and what their citations call a place in them, both by key."""
    sources = read_base(base).sources
    items = {key: make_csl_item(make_source_record(source)["csl"]) for key, source in sources.items()}
    return items, {key: source.shown_unit for key, source in sources.items()}


def compile_items(items: dict[str, dict[str, Any]], units: dict[str, str]) -> dict[str, Any]:
    """Return the templates of *items* in every style, made by citeproc-js; *units* are what their citations name."""
    probes = {key: choose_probes(item, units[key]) for key, item in items.items()}
    answer = run_citeproc({key: (item, probes[key].locators) for key, item in items.items()}, units)
    forms = {
        key: {
            style.name: make_forms(read_printed(answer["styles"][style.name][key], item), probes[key])
            for style in STYLES
        }
        for key, item in items.items()
    }
    engine = {"name": REFERENCE_ENGINE, "version": answer["version"], "npm": f"citeproc {CITEPROC}"} | name_versions()
    return make_templates(engine, {key: (item, forms[key]) for key, item in items.items()}, units)


def compare_texts(path: Path, made: str) -> int:
    """Print how the file at *path* differs from *made*; return 1 if it does."""
    there = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = difflib.unified_diff(there.splitlines(), made.splitlines(), str(path), "compiled again", lineterm="", n=4)
    difference = list(lines)
    print("\n".join(difference) if difference else f"{path}: as compiled again")
    return 1 if difference else 0


def verify_templates(
    templates: dict[str, Any], items: dict[str, dict[str, Any]], units: dict[str, str], count: int
) -> int:
    """Compare filled templates with citeproc-js on *count* locators of each kind; print the counts and differences."""
    kinds = draw_locators(count)
    texts = [", ".join(map(str, locators)) for drawn in kinds.values() for locators in drawn]
    answer = run_citeproc({key: (item, ["", *texts]) for key, item in items.items()}, units)
    equal, total, differences = 0, 0, []
    for key, item in items.items():
        for style in STYLES:
            printed = read_printed(answer["styles"][style.name][key], item)
            forms = templates["sources"].get(key, {"styles": {}})["styles"].get(style.name)
            if forms is None:
                differences.append(f"{key}: {style.name}: no templates")
                continue
            pairs: list[tuple[str, object, object]] = [
                (f"{form} {text}", fill_template(forms, locators, form=form), printed.forms[form][text])
                for form in FORMS
                for locators in ((), *(one for drawn in kinds.values() for one in drawn))
                for text in (", ".join(map(str, locators)),)
            ]
            pairs.append(("bibliography", fill_bibliography(forms), printed.bibliography))
            total += len(pairs)
            for what, ours, theirs in pairs:
                if ours == theirs:
                    equal += 1
                else:
                    differences.append(f"{key}: {style.name}: {what}\n  ours:   {ours}\n  theirs: {theirs}")
    print(*differences, f"{equal:,} of {total:,} equal to {REFERENCE_ENGINE}, text and HTML", sep="\n")
    return 1 if differences else 0


def draw_locators(count: int) -> dict[str, list[tuple[Locator, ...]]]:
    """Return *count* single paragraphs, ranges and lists each, always the same, none of which a template was made with."""
    draw = random.Random(SEED)

    def draw_range() -> Locator:
        first = draw.randint(1, 1200)
        return Locator(first, first + draw.randint(1, 300))

    def draw_list() -> tuple[Locator, ...]:
        spots = [draw_range() if draw.random() < 0.5 else Locator(n, n) for n in draw.sample(range(1, 2000), 4)]
        return merge_locators(spots)

    singles: list[tuple[Locator, ...]] = [(Locator(number, number),) for number in draw.sample(range(1, 1500), count)]
    lists = [drawn for drawn in (draw_list() for _ in range(9 * count)) if len(drawn) > 1]
    return {"one": singles, "range": [(draw_range(),) for _ in range(count)], "list": lists[:count]}


def run_citeproc(sources: dict[str, tuple[dict[str, Any], Any]], units: dict[str, str]) -> dict[str, Any]:
    """Return what citeproc-js prints for each style, source and locator, from one run of Node."""
    styles = {}
    for style in STYLES:
        xml = Path(find_style_file(style)).read_text(encoding="utf-8")
        styles[style.name] = {"xml": xml, "locale": style.locale, "forced": style.forced}
    locales = {language: read_locale(language) for language in LANGUAGES}
    request = {
        "citeproc": str(install_citeproc()),
        "locales": locales,
        "styles": styles,
        "sources": {
            key: {"item": item, "label": name_csl_label(units[key]), "locators": list(locators)}
            for key, (item, locators) in sources.items()
        },
    }
    run = subprocess.run(
        [find_program("node"), str(SCRIPT)],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        raise RightsError(f"citeproc-js failed:\n{run.stderr}")
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def read_printed(answer: dict[str, Any], item: dict[str, Any]) -> Printed:
    """Return *item*'s and a style's part of the answer, mended; the line in the list of works without wrapper and line ends."""
    forms = {form: {locator: tuple(pair) for locator, pair in answer[form].items()} for form in FORMS}
    works = answer["bibliography"]
    return mend_seams(Printed(forms, works and (works[0].strip(), unwrap_work(works[1]))), item)


def unwrap_work(html: str) -> str:
    """Return the line of a list of works as it stands in running text: no ``div``, one blank after the number."""
    html = re.sub(r'<div class="csl-left-margin">(.*?)</div>', lambda found: f"{found[1].strip()} ", html)
    return " ".join(re.sub(r"</?div[^>]*>", "", html).split())


def read_locale(language: str) -> str:
    """Return the CSL locale of *language*, from citeproc-py."""
    return (files("citeproc") / "data" / "locales" / f"locales-{language}.xml").read_text(encoding="utf-8")


def install_citeproc() -> Path:
    """Return the path of citeproc-js's module, which npm installs into the cache the first time."""
    folder = user_cache_path("rights-tools") / f"citeproc-{CITEPROC}"
    module = folder / "node_modules" / "citeproc" / "citeproc_commonjs.js"
    if not module.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [find_program("npm"), "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
        run = subprocess.run([*command, f"citeproc@{CITEPROC}"], capture_output=True, text=True, check=False)
        if run.returncode or not module.is_file():
            raise RightsError(f"npm could not install citeproc {CITEPROC}:\n{run.stdout}{run.stderr}".rstrip())
    return module


def find_program(name: str) -> str:
    """Return the path of the program *name*; RightsError where it is not on the PATH."""
    path = shutil.which(name)
    if path is None:
        raise RightsError(
            f"'{name}' is not on the PATH", hint="install Node.js, which npm comes with: https://nodejs.org"
        )
    return path


if __name__ == "__main__":
    sys.exit(main())
