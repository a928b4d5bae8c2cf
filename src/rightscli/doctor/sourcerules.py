"""The rules on what describes a source: how it is cited, its address, its DOI, the markup in its texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from rightscli.base.model import FactBase
from rightscli.cite.plain import make_plain_forms
from rightscli.doctor.findings import Fault
from rightscli.text.addresses import is_doi, is_safe_address, is_web_address, strip_resolver
from rightscli.text.folding import fold_text, shorten_text


def _check_sources_differ(base: FactBase) -> Iterator[Fault]:
    """No two sources are cited by the same author and year, nor share a name: a reader could not tell which is meant."""
    owners: dict[str, str] = {}
    for source in base.sources.values():
        cited, _ = make_plain_forms(source)["citation"]["none"]
        for name in dict.fromkeys((cited, *(fold_text(alias) for alias in source.alias))):
            owner = owners.setdefault(name, source.key)
            if owner != source.key:
                yield Fault(source.line, f"sources.{source.key}", f"is cited like {owner}: {name}")


def _check_addresses(base: FactBase) -> Iterator[Fault]:
    """A source's URL is a whole address on the web, which a program may open."""
    for source in base.sources.values():
        url = source.fields.get("URL", "")
        place = f"sources.{source.key}.URL"
        if url and not is_safe_address(url):
            yield Fault(source.line, place, f"'{shorten_text(url)}' is no address that may be opened, and is left out")
        elif url and not is_web_address(url) and not is_doi(strip_resolver(url)):
            yield Fault(source.line, place, f"'{shorten_text(url)}' is no whole address; one begins with https://")


def _check_dois(base: FactBase) -> Iterator[Fault]:
    """A DOI stands in ``DOI``, without the address that leads to it: styles print that themselves."""
    for source in base.sources.values():
        url, doi = source.fields.get("URL", ""), source.fields.get("DOI", "")
        if is_doi(bare := strip_resolver(url)):
            yield Fault(source.line, f"sources.{source.key}.URL", f"the address of a DOI; write DOI: {bare}")
        if doi and not is_doi(doi):
            bare = strip_resolver(doi)
            way = f"write {bare}" if bare != doi else "one is like 10.1000/182"
            yield Fault(source.line, f"sources.{source.key}.DOI", f"'{shorten_text(doi)}' is no DOI; {way}")


def _check_titles_closed(base: FactBase) -> Iterator[Fault]:
    """A title closes what it opens: citation programs read ``<i>`` and the like in it."""
    for source in base.sources.values():
        for name, text in (("title", source.title), *source.fields.items()):
            opened: list[str] = []
            for close, tag in re.findall(r"<(/?)(i|b|sup|sub|sc|span)(?: [^<>]*)?>", text):
                if not close:
                    opened.append(tag)
                elif opened[-1:] != [tag]:
                    opened = [f"/{tag}"]
                    break
                else:
                    opened.pop()
            if opened:
                message = f"<{opened[0]}> has no counterpart; citation programs read it as markup"
                yield Fault(source.line, f"sources.{source.key}.{name}", message)


SOURCE_RULES: Mapping[str, Callable[[FactBase], Iterator[Fault]]] = {
    "source-alike": _check_sources_differ,
    "source-address": _check_addresses,
    "source-doi": _check_dois,
    "source-markup": _check_titles_closed,
}
