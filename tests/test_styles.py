"""The table of citation styles: every name finds its style, and no other."""

from __future__ import annotations

import pytest

from rightscli.cite.styles import STYLES, Style, find_style
from rightscli.errors import UsageError

ALIASES = [(alias, style.name) for style in STYLES for alias in (style.name, style.csl, *style.aliases)]


@pytest.mark.parametrize(("alias", "name"), ALIASES)
def test_a_style_is_found_by_each_of_its_names(alias: str, name: str) -> None:
    found = {find_style(spelling).name for spelling in (alias, alias.upper(), f"{alias}.csl", f" {alias}.CSL ")}

    assert found == {name}


def test_no_name_is_two_styles() -> None:
    names = [style.name for style in STYLES]
    files = [style.csl for style in STYLES]

    assert len(set(names)) == len(names)
    assert len(set(files)) == len(files)
    # A style may be called as its own file is, but not as another's.
    assert [style for style in STYLES for other in STYLES if style.csl == other.name and style != other] == []


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        ("aap", "no style 'aap'; did you mean 'apa'?", None),
        ("Chicago-Note", "no style 'Chicago-Note'; did you mean 'chicago-notes'?", None),
        ("modern-language.csl", "no style 'modern-language.csl'; did you mean 'modern-language-association'?", None),
        ("zzz", "no style 'zzz'", "rights styles lists them"),
        ("", "no style ''", "rights styles lists them"),
    ],
)
def test_an_unknown_style_is_wrong_usage_and_names_the_nearest(asked: str, message: str, hint: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        find_style(asked)

    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (message, hint, 2)


def test_a_name_of_any_length_is_answered_briefly() -> None:
    with pytest.raises(UsageError) as caught:
        find_style("a" * 100_000)

    assert len(caught.value.message) < 200


def test_a_style_cannot_be_changed() -> None:
    style = find_style("apa")

    with pytest.raises(AttributeError):
        style.name = "mla"  # type: ignore[misc]
    assert style == Style("apa", "apa", "author-date", "APA, 7th edition")
