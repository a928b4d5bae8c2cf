"""Where a word may begin and end, also in scripts that write words in a row, or little words together with the next."""

from __future__ import annotations

import re

# Hangul, kana, Han, Thai, Lao, Myanmar and Khmer letters, with the marks among them.
_JOINED = re.compile(
    "[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f]"
)
# And, so, by, like, for, will; the article; of them what may stand before an Arabic noun. Before a Hebrew one likewise.
_PROCLITICS = re.compile(
    r"(?<!\w)(?:[\u0648\u0641]?[\u0628\u0643\u0644\u0633]?(?:\u0627?\u0644)?|[\u05d5\u05e9\u05d4\u05d1\u05db\u05dc\u05de]{1,3})$"
)


def may_part(text: str, offset: int) -> bool:
    """Tell whether a word may begin or end at *offset*: no two letters or digits meet there, or their script joins words."""
    if not 0 < offset < len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if not all(one.isalnum() or one == "_" for one in (before, after)):
        return True
    return bool(_JOINED.match(before) or _JOINED.match(after))


def may_begin(text: str, offset: int) -> bool:
    """Tell whether a word may begin at *offset*: also behind what Arabic and Hebrew write together with the next word."""
    if may_part(text, offset):
        return True
    return "\u0590" <= text[offset] <= "\u06ff" and _PROCLITICS.search(text[max(0, offset - 6) : offset]) is not None
