"""What ``check`` costs on drafts twice as long: ``growth.py [KILOBYTES]``, as ratios, which no busy machine changes.

A ratio of 2 is linear. The last column is the time beside that of a draft of as many bytes on a subject that the base does not
know, so it says what each byte of that kind costs. ``tests/test_growth.py`` proves the same by counting calls.
"""

from __future__ import annotations

import argparse
import random
import re
import time

from check import read_materials
from rightscli.base.paths import find_bundled_base
from rightscli.check.examine import Materials, examine_draft
from rightscli.drafts import parse_draft
from rightscli.index.building import open_index

OTHERS = "The ferry left the harbor at noon, and the crew mended nets until the tide turned. "


def make_drafts(size: int) -> dict[str, str]:
    """Return drafts of about *size* bytes by kind."""
    claims = [fact["claim"] for fact in open_index(find_bundled_base(), None).read_facts()]
    chance = random.Random(0)
    words = sorted({word for claim in claims for word in re.findall("[a-z]{5,}", claim)})
    # No sentence twice: what a draft repeats is judged once.
    changed = (
        re.sub("[a-z]{5,}", lambda match: chance.choice((match[0], match[0], match[0], chance.choice(words))), claim)
        for claim in chance.choices(claims, k=size // 100)
    )
    apart = "\n\n".join(changed)[:size]
    said = " ".join(chance.choice(claims) for _ in range(size // 100))
    parts = said.split(". ")
    return {
        "another subject": "\n\n".join([OTHERS * 5] * (size // (len(OTHERS) * 5))),
        "claims": "\n\n".join(". ".join(parts[first : first + 4]) + "." for first in range(0, len(parts), 4))[:size],
        "claims, changed": apart,
        "years": "2018 " * (size // 5),
        "years, cited": f"North Korea jailed people in {'2018 ' * (size // 5)}[@hrw-2020, para. 3].",
        "countries, cited": f"Workers went to {'China, Japan and ' * (size // 17)}home [@hrw-2020, para. 3].",
        "one sentence, cited": f"It held {'women and children and no prisoners ' * (size // 36)}[@hrw-2020, para. 12].",
        "quotations": "“four words or more” " * (size // 24),
        "citations": "It says so [@hrw-2020, para. 3]. " * (size // 33),
    }


def time_check(text: str, materials: Materials) -> float:
    """Return the seconds of processor time that *text* takes, at best of two."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        examine_draft("draft", text, parse_draft(text, form="markdown"), materials)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kilobytes", type=int, nargs="?", default=60)
    size = parser.parse_args().kilobytes * 1000
    materials = read_materials(find_bundled_base())
    # The word lists are read, and the patterns compiled.
    examine_draft("draft", OTHERS, parse_draft(OTHERS, form="markdown"), materials)
    once, twice = make_drafts(size), make_drafts(2 * size)
    unit = time_check(once["another subject"], materials)
    print(f"{size // 1000} kB{'':16}{'twice / once':>14}{'beside others':>15}")
    for kind, text in once.items():
        spent = time_check(text, materials)
        print(f"{kind:22}{time_check(twice[kind], materials) / spent:14.2f}{spent / unit:15.2f}")


if __name__ == "__main__":
    main()
