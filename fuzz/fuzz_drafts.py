"""Fuzz the readers of drafts: no crash, no position outside the file, none that goes down.

By hand, with atheris from PyPI in an environment that has the package: ``python fuzz/fuzz_drafts.py -max_total_time=600``.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["rightscli", "markdown_it"]):
    # Imported here to be instrumented: drafts imports its readers when it needs them, and commonmark its parser.
    from rightscli.drafts import (
        FORMS,
        Draft,
        commonmark,
        decode_draft,
        guess_form,
        latex,
        locate_offset,
        markdown,
        parse_draft,
        webpage,
    )
    from rightscli.errors import UnreadableError

    commonmark.make_parser()

_READERS = (commonmark, latex, markdown, webpage)
_FORMS = sorted(set(FORMS.values()))


def check_positions(text: str, draft: Draft) -> None:
    """Raise AssertionError where a block breaks one of the laws of positions."""
    for block in draft.blocks:
        last = 0
        for position in range(len(block.text)):
            offset = block.find_offset(position)
            assert last <= offset < len(text), (block, position, offset)
            last = offset
        line, column = locate_offset(draft, block.find_offset(len(block.text)))
        assert 1 <= line <= len(draft.line_starts), (block, line)
        assert column >= 1, (block, column)
        for position, note in block.notes:
            assert 0 <= position <= len(block.text), block
            assert draft.blocks[note].kind == "note", block


def read_input(content: bytes) -> None:
    """Read *content*, the first byte of which chooses the form, as a draft."""
    if not content:
        return
    try:
        text = decode_draft(content[1:], name="-")
    except UnreadableError:
        return
    check_positions(text, parse_draft(text, form=_FORMS[content[0] % len(_FORMS)]))
    check_positions(text, parse_draft(text, form=guess_form("-", text)))


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_input)
    atheris.Fuzz()
