"""``show --open``: the passage's link in the reader's browser, and no other address."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from conftest import run_rights

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a browser that is a script")


@pytest.fixture
def browser(tmp_path: Path) -> dict[str, str]:
    """The environment in which a script is the browser: it keeps what it is given, and talks on standard output."""
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/opened"\necho "Opening in existing session"\n')
    script.chmod(0o755)
    return {"BROWSER": str(script)}


def list_opened(tmp_path: Path) -> list[str]:
    path = tmp_path / "opened"
    return path.read_text().splitlines() if path.exists() else []


def test_the_passages_of_refs_are_opened_each_link_once(browser: dict[str, str], tmp_path: Path) -> None:
    outcome = run_rights("show", "hrw-2020:15", "ilo-recommendations-not-accepted", "-f", "ids", "--open", env=browser)

    links = list_opened(tmp_path)
    assert (outcome.code, outcome.out) == (0, "not-in-ilo\nilo-recommendations-not-accepted\n")
    assert outcome.err == "".join(f"Opening in existing session\nrights: opened {link}\n" for link in links)
    assert [link.rpartition("text=")[2].partition(",")[0] for link in links] == [
        "North%20Korea%20is%20one%20of",
        "On%20May%209%2C%202019%20the",
    ]


def test_what_is_no_web_address_is_not_opened(browser: dict[str, str], tmp_path: Path, small_base: Path) -> None:
    text = small_base.read_text(encoding="utf-8")
    for address in ("file:///etc/passwd", "javascript:alert(1)", "mailto:a@example.org", "ftp://example.org/x"):
        small_base.write_text(text.replace("https://example.org/harbour", address), encoding="utf-8")
        outcome = run_rights("show", "quay-rebuilt", "-f", "ids", "--open", "--base", str(small_base), env=browser)

        assert (outcome.code, outcome.out) == (1, "quay-rebuilt\n")
        assert "harbour:1" in outcome.err
        assert "opened http" not in outcome.err
    assert list_opened(tmp_path) == []


def test_without_a_link_or_a_browser_the_fault_is_told_and_the_facts_are_shown(small_base: Path) -> None:
    nowhere = {"BROWSER": "/nowhere/browser", "PATH": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    linked = run_rights("show", "hrw-2020:15", "--json", "--open", env=nowhere)
    small_base.write_text(small_base.read_text().replace("    URL: https://example.org/harbour\n", ""))
    unlinked = run_rights("show", "quay-rebuilt", "-f", "ids", "--open", "--base", str(small_base), env=nowhere)

    fault = json.loads(linked.err)["error"]
    assert (linked.code, fault["hint"]) == (1, "BROWSER names a browser")
    assert json.loads(linked.out)["results"][0]["id"] == "not-in-ilo"
    assert (unlinked.code, unlinked.out) == (1, "quay-rebuilt\n")
    assert unlinked.err == "rights: harbour:1@aaaaaaaa has no link: its source has no URL\n"


def test_no_more_pages_are_opened_than_anyone_wants(browser: dict[str, str], tmp_path: Path) -> None:
    refs = [f"hrw-2020:{number}" for number in range(1, 12)]
    outcome = run_rights("show", *refs, "-f", "ids", "--open", env=browser)

    assert (outcome.code, outcome.out, list_opened(tmp_path)) == (2, "", [])
    assert outcome.err == "rights: --open opens at most 10 pages, not 11\n  name fewer REFs\n"
