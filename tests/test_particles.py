"""Words that scripts join: Korean particles in a search, and anchors inside longer words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import run_rights
from rightscli.doctor.evidence import has_anchor, prepare_passage
from rightscli.text.particles import drop_particles
from rightscli.text.stems import find_root

# Nouns, some of which end like a particle, with those that agree with them.
NOUNS = "북한 인권 사람 결과 서울 민주주의 국민 정책 전문가 아이들".split()
PARTICLES = "에 에서 에게 까지 부터 의 도 만 들 처럼".split()


def list_agreeing(noun: str) -> list[str]:
    """Return the particles that agree with the final consonant of *noun*, 0 for none; 8 is ㄹ."""
    final = (ord(noun[-1]) - ord("가")) % 28
    return ["를", "는", "가", "와", "로"] if not final else ["을", "은", "이", "과", "로" if final == 8 else "으로"]


@given(st.sampled_from(NOUNS), st.data())
def test_a_noun_has_one_root_whatever_particles_stand_behind_it(noun: str, data: st.DataObject) -> None:
    particle = data.draw(st.sampled_from(PARTICLES + list_agreeing(noun)))

    assert find_root(noun + particle) == find_root(noun)


@given(st.text())
def test_particles_are_taken_from_an_end_and_once_for_all(word: str) -> None:
    stem = drop_particles(word)

    assert word.startswith(stem)
    assert drop_particles(stem) == stem
    assert bool(stem) == bool(word)


@pytest.mark.parametrize(
    "word", ["국가", "평가", "효과", "회의", "종이", "마을", "나이", "도로", "차이", "éclat", "labor"]
)
def test_a_noun_that_ends_like_a_particle_is_left_whole(word: str) -> None:
    assert drop_particles(word) == word


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("북한에서는", "북한"),
        ("사람들이", "사람"),
        ("물을", "물"),
        ("서울로", "서울"),
        ("un의", "un"),
        ("2018년에", "2018년"),
    ],
)
def test_several_particles_and_those_behind_figures_and_foreign_letters_are_taken_off(word: str, stem: str) -> None:
    assert drop_particles(word) == stem


KOREAN = """\
schema: 1
title: 항구
edition: "1"
scope: 지어낸 것.
sources:
  report:
    type: report
    title: 항구 보고서
    issued: 2020
    paragraphs: [{number: 1}, {number: 2}]
topics:
  camps: {label: 수용소}
facts:
  - id: with-particles
    claim: 북한의 수용소에서는 2018년에 1,137명이 죽었다.
    cites: {report: 1}
    topics: [camps]
    date: 2018
  - id: without
    claim: 북한 정부 발표.
    cites: {report: 2}
    topics: [camps]
"""


@pytest.mark.parametrize("query", ["북한", "북한의", "북한에서", "북한을"])
def test_a_search_finds_a_korean_word_with_and_without_its_particles(query: str, tmp_path: Path) -> None:
    base = tmp_path / "korean.yaml"
    base.write_text(KOREAN, encoding="utf-8")

    outcome = run_rights("search", query, "--base", str(base), "-f", "ids")

    assert (outcome.code, set(outcome.out.split())) == (0, {"with-particles", "without"})


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("북한에서는 1,137명이 죽었다.", "북한"),
        ("북한에서는 1,137명이 죽었다.", "1,137"),
        ("2018年に北朝鮮の収容所で死んだ。", "北朝鮮"),
        ("朝鲜的劳改营在2018年关闭。", "劳改营"),
        ("ค่ายกักกันในเกาหลีเหนือ", "กักกัน"),
        ("قال إن والسجناء في المعسكرات", "السجناء"),
        ("قال إن بالسجن", "السجن".removeprefix("ال")),
        ("הוא היה בכלא", "כלא"),
    ],
)
def test_an_anchor_is_found_inside_a_longer_word_where_the_script_joins_them(text: str, anchor: str) -> None:
    assert has_anchor(text, anchor)


@pytest.mark.parametrize("anchor", ["10,000", "US$10,000", "17,100", "in 2019", "20 km²", "20 km2"])
def test_an_anchor_is_found_before_the_raised_mark_of_a_note(anchor: str) -> None:
    text = prepare_passage("It owed US$10,000.¹ Then 17,100² people were there in 2019³⁴, on 20 km².")

    assert has_anchor(text, anchor)
    assert not has_anchor(text, "17,10")


@pytest.mark.parametrize(
    ("text", "anchor"),
    [("132 people", "32"), ("12,500", "12"), ("imprisoned", "prison"), ("1,1370명이", "1,137"), ("المسجونين", "سجو")],
)
def test_an_anchor_is_not_found_inside_a_word_or_figure_elsewhere(text: str, anchor: str) -> None:
    assert not has_anchor(text, anchor)
