"""What the tests of statements share: bases ready for statements to be compared with them, and the verdict on a sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from conftest import ROOT
from rightscli.base.paths import find_bundled_base
from rightscli.check.stated.claims import Claims, prepare_claims
from rightscli.check.stated.statements import judge_sentence
from rightscli.index.building import open_index

HERE = Path(__file__).parent / "data"
PATHS = {
    "bundled": find_bundled_base(),
    "udhr": str(ROOT / "examples" / "udhr.yaml"),
    "health": str(HERE / "health.yaml"),
    "harbour": str(HERE / "harbour.yaml"),
}


@cache
def read_claims(name: str) -> Claims:
    index = open_index(PATHS[name], None)
    return prepare_claims(list(index.read_facts()), [topic for _, topic in index.list_topics()])


def judge(name: str, sentence: str) -> str:
    """Return the verdict on *sentence* by the base *name*."""
    judgement = judge_sentence(sentence, read_claims(name))
    return judgement.verdict if judgement else "none"
