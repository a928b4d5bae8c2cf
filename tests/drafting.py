"""What the tests of drafts share: blocks as texts, and where words of theirs stand."""

from __future__ import annotations

from rightscli.drafts import Draft, Form, locate_offset, parse_draft
from rightscli.drafts.blocks import Block

FORMS: tuple[Form, ...] = ("markdown", "text", "html", "latex")


def list_texts(text: str, form: Form = "markdown") -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parse_draft(text, form=form).blocks]


def read_paragraph(text: str, form: Form = "markdown") -> str:
    """Return the text of the one paragraph that *text* is."""
    [(kind, paragraph)] = list_texts(text, form)
    assert kind == "paragraph"
    return paragraph


def find_words(draft: Draft, words: str) -> list[tuple[int, int]]:
    """Return the line and column of each of *words* in the first block that has it."""
    places = []
    for word in words.split():
        block = next(block for block in draft.blocks if word in block.text)
        places.append(locate_offset(draft, block.find_offset(block.text.index(word))))
    return places


def list_offsets(block: Block) -> list[int]:
    return [block.find_offset(position) for position in range(len(block.text))]
