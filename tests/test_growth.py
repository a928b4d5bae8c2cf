"""Work grows with the draft and not faster: told by counting calls, which no busy machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from rightscli.base.paths import find_bundled_base
from rightscli.check.stated.claims import prepare_claims
from rightscli.check.stated.statements import judge_sentence
from rightscli.index.building import open_index

INDEX = open_index(find_bundled_base(), None)
CLAIMS = prepare_claims(list(INDEX.read_facts()), [topic for _, topic in INDEX.list_topics()])
PLACE = ("hrw-2020", 3)
REPEATED = {
    "years": "2018 ",
    "dates": "in May 2018 and on 3 June 2019, ",
    "figures": "30 workers, ",
    "countries": "China and Japan, ",
    "people": "Kim Jong-un did not, ",
    "bodies": "the Security Council, ",
    "degrees": "most of all and each ",
    "negations": "not without a vote, never denied ",
    "sorts": "women, men and soldiers ",
    "quoted": "“hesitant” ",
}


def count_calls(work: Callable[[], object]) -> int:
    """Return how many functions of Python *work* calls, generators resumed among them."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("kind", REPEATED)
def test_the_work_on_a_sentence_grows_with_its_length(kind: str) -> None:
    def judge(times: int) -> None:
        judge_sentence(
            f"North Korea jailed workers in China, {REPEATED[kind] * times}and in its camps.", CLAIMS, pinned=[PLACE]
        )

    judge(2)
    once, twice = (count_calls(lambda times=times: judge(times)) for times in (200, 400))  # type: ignore[misc]

    assert twice < 2.4 * once
