"""Which options exclude each other: one that would change nothing, or that is given without a text, is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightscli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


def refuse_options(reason: str, **values: object) -> None:
    """Raise UsageError for the first option that has a value, where for this *reason* it would do nothing."""
    for name, value in values.items():
        if value:
            raise UsageError(f"{reason}: it excludes --{name}")


def refuse_empty(**values: str | Sequence[str] | None) -> None:
    """Raise UsageError for the first option that is given without a text: it would be as if it were not given."""
    for name, value in values.items():
        texts = [value] if isinstance(value, str) else value or ()
        if not all(text.strip() for text in texts):
            raise UsageError(f"--{name.strip('_').replace('_', '-')} is empty")


def require_told(option: str, formats: Sequence[str], form: str | None) -> None:
    """Raise UsageError where what *option* asks for is told in text and in *formats*, but not in the one asked for."""
    if form is not None and form not in formats:
        *most, last = ("text", *formats)
        raise UsageError(f"{option} is told in {', '.join(most)} or {last}: it excludes -f {form}")


def require_fields(option: str, told: Sequence[str], fields: str | None) -> None:
    """Raise UsageError where *option* changes but the fields *told*, and the *fields* asked for have none of these."""
    asked = [name.strip() for name in (fields or "").split(",") if name.strip()]
    # match has match.why in it.
    if asked and not any(f"{one}.".startswith(f"{name}.") for one in told for name in asked):
        raise UsageError(f"{option} is told in the field {told[0]}: it excludes --fields without that")


def require_citation(cite: str | None, form: str | None, fields: str | None) -> None:
    """Raise UsageError where the style *cite* is asked for, and records in *form* without the citation."""
    if cite is not None:
        require_fields("--cite", ["citation" if form in ("csv", "tsv") else "citations.text"], fields)
