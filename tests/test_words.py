"""words: the same words are found the same, figures and dates where they stand, EDTF as the standard has it."""

from __future__ import annotations

import re

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from rightscli.text import words
from rightscli.text.dates import write_out_dates
from rightscli.text.folding import count_noun, fold_text, hash_text, normalise_text, shorten_text
from rightscli.text.slips import begin_alike, find_onset, is_one_slip, list_one_slip, list_onsets
from rightscli.text.spelling import unify_spelling
from rightscli.text.stems import differ_by_number, find_root, stem_word
from rightscli.text.words import split_joined, split_texts, split_words

PORTER = snowballstemmer.stemmer("porter")
ENDINGS = "s es ies sses ed eed ing ational ization iveness ful ness al ance er able ement ment ion sion tion ous ize e y ll ly"

TEXTS = st.text() | st.text("aé\u0301ß’“″ʼ-–\u200b\u00ad \u00a0.,'%$0129İﬁ한가½", max_size=30)
NUMBERED = st.text("0123456789,.-–/ %$tha'", max_size=20) | st.from_regex(
    r"((a|and|half|hundred|thousand|million|one|two|twenty|seven-teen|May|March|in|9|2019|June,|-|18) ){1,9}",
    fullmatch=True,
)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("‘a’ ‚b‛ c′ ‵d", "'a' 'b' c' 'd"),
        ("“a” „b‟ c″ ‶d", '"a" "b" c" "d'),
        ("a‐b‑c‒d–e—f―g−h﹣i－j", "a-b-c-d-e-f-g-h-i-j"),
        ("reg\u00adis\u200btra\u200ction\u200d\u2060\ufeff", "registration"),
        ("\ta\u00a0b\u2009c\r\n\nd  ", "a b c d"),
        ("ﬁve … １２％", "five ... 12%"),
        ("e\u200d\u0301", "é"),
        ("«Case» & 50%; it stays.", "«Case» & 50%; it stays."),
    ],
)
def test_normalise_text_brings_spellings_together_and_keeps_the_rest(text: str, normal: str) -> None:
    assert normalise_text(text) == normal


@given(TEXTS)
def test_normalise_text_changes_nothing_the_second_time(text: str) -> None:
    assert normalise_text(normalise_text(text)) == normalise_text(text)


def test_hash_text_is_the_sha256_of_the_normalised_text() -> None:
    # printf "a 'b' - c" | sha256sum
    digest = "d6fa8110c28ea92f46d8bba7bf526f902aef46e2c2b7ca741db2b310b7e8e868"

    assert hash_text(" a\n‘b’ — c ") == hash_text("a 'b' - c") == digest


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ÉTÉ", "ete"), ("Đổi Mới", "doi moi"), ("Straße", "strasse"), ("Łódź", "lodz"), ("한글", "한글"), ("I’m", "i'm")],
)
def test_fold_text_drops_case_and_diacritics(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@given(TEXTS)
def test_fold_text_changes_nothing_the_second_time(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("women’s and peoples' ma'am", "women and peoples maam"),
        ("high-risk, state–owned", "high risk state owned"),
        ("2,706 of 262, 132", "2706 of 262 132"),
        ("4.5 percent; 50%; 30th.", "4.5 percent 50 30th"),
        ("the U.S., the U.N.'s, e.g. this", "the us the un eg this"),
        ("1,2,3 and 1234,567", "1 2 3 and 1234 567"),
        ("End.Next — _kyohwaso_", "end next kyohwaso"),
        ("… — %", ""),
    ],
)
def test_split_words_gives_the_words_that_a_reader_would_count(text: str, words: str) -> None:
    assert split_words(text) == tuple(words.split())


@given(TEXTS)
def test_every_word_splits_to_itself(text: str) -> None:
    for word in split_words(text):
        assert split_words(word) == (word,)


@given(
    st.from_regex(r"[a-z]{3,9}", fullmatch=True) | st.text("aeioubcdlnrstxyz", min_size=3, max_size=9),
    st.sampled_from(["", *ENDINGS.split()]),
)
def test_a_stem_is_what_another_implementation_of_porter_gives(root: str, ending: str) -> None:
    word = root + ending

    assert stem_word(word) == PORTER.stemWord(word)


@pytest.mark.parametrize("word", ["2019", "4.5", "upr2", "쥐", "é"])
def test_what_is_no_english_word_is_its_own_stem(word: str) -> None:
    assert stem_word(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("labour", "labor"),
        ("labourers", "laborers"),
        ("organisation", "organization"),
        ("criticise", "criticize"),
        ("travelled", "traveled"),
        ("centre", "center"),
        ("defence", "defense"),
        ("programme", "program"),
        ("manoeuvre", "maneuver"),
        ("gaol", "jail"),
        ("seven", "7"),
        ("7th", "seventh"),
        ("03", "3"),
        ("govt", "government"),
        ("intl", "international"),
    ],
)
def test_two_spellings_of_a_word_are_one(one: str, other: str) -> None:
    assert unify_spelling(one) == unify_spelling(other)


@pytest.mark.parametrize("word", ["hour", "four-year", "tour", "prison", "this", "wall", "fire", "force", "chance"])
def test_a_word_with_one_spelling_keeps_it_beside_its_neighbours(word: str) -> None:
    assert unify_spelling(word) in (word, "prizon")
    assert unify_spelling("hour") != unify_spelling("hor")
    assert unify_spelling("wall") != unify_spelling("wal")


@given(st.text("abcdeilmnorstuy0123456789é", min_size=1, max_size=12))
def test_a_spelling_and_a_root_are_found_for_anything(word: str) -> None:
    assert unify_spelling(word)
    assert find_root(unify_spelling(word))


@pytest.mark.parametrize(
    ("one", "other"), [("fled", "flee"), ("women", "woman"), ("sold", "sells"), ("met", "meeting")]
)
def test_irregular_inflections_have_one_root(one: str, other: str) -> None:
    assert find_root(one) == find_root(other)


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("on 2019-03-22", "on march 22 2019"),
        ("2019-03", "march  2019"),
        ("22/03/2019", "march 22 2019"),
        ("3/22/2019", "march 22 2019"),
        ("22.3.2019", "march 22 2019"),
        ("14 Nov 2019", "14 november 2019"),
        ("14th nov", "14th november"),
        ("Sept. 2016", "september 2016"),
        ("2019-13-45", "2019-13-45"),
        ("3-6 months", "3-6 months"),
        ("mar a lago", "mar a lago"),
        ("1.137", "1.137"),
    ],
)
def test_the_dates_of_a_query_are_written_out(query: str, written: str) -> None:
    assert write_out_dates(query) == written


@given(TEXTS | NUMBERED)
def test_writing_out_dates_never_raises(query: str) -> None:
    assert isinstance(write_out_dates(query), str)


@given(st.from_regex(r"[a-z]{5,12}", fullmatch=True), st.data())
def test_a_slip_of_the_pen_is_looked_for_where_its_word_is(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    slip = data.draw(st.sampled_from(["drop", "double", "swap", "change"]))
    if slip == "drop":
        slipped = word[:place] + word[place + 1 :]
    elif slip == "double":
        slipped = word[:place] + word[place] + word[place:]
    elif slip == "swap":
        slipped = word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
    else:
        slipped = word[:place] + "e" + word[place + 1 :]

    firsts, onsets = list_onsets(slipped)
    assert begin_alike(slipped, word)
    assert find_onset(word).startswith(firsts) or find_onset(word) in onsets


@given(st.from_regex(r"[a-z]{5,12}", fullmatch=True), st.from_regex(r"[a-z]{5,12}", fullmatch=True))
def test_all_words_that_begin_alike_are_looked_for(word: str, known: str) -> None:
    firsts, onsets = list_onsets(word)
    looked_for = find_onset(known).startswith(firsts) or find_onset(known) in onsets

    assert looked_for or not begin_alike(word, known)


def test_words_joined_by_hyphens_are_one_word_too() -> None:
    assert split_joined("Moon Jae-in, co-sponsors") == ("moon", "jae", "in", "co", "sponsors", "jaein", "cosponsors")


@pytest.mark.parametrize(("number", "text"), [(0, "no facts"), (1, "1 fact"), (2, "2 facts")])
def test_a_number_takes_its_noun(number: int, text: str) -> None:
    assert count_noun(number, "fact") == text


@given(st.text(), st.integers(2, 50))
def test_a_shortened_text_is_one_printable_line(text: str, width: int) -> None:
    short = shorten_text(text, width)

    assert short.isprintable()
    assert len(short) <= width or not text.isprintable()


@given(TEXTS | NUMBERED)
def test_the_cheap_ways_to_find_words_find_the_same(text: str) -> None:
    folded = fold_text(text)

    found = tuple(map(words._join_word, re.findall(words._WORD, folded)))
    assert words._find_words(folded) == found
    assert split_texts([text, text.replace("|", " ")])[0] == [split_words(text), split_words(text.replace("|", " "))]


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_slip_is_what_rapidfuzz_takes_for_a_distance_of_one(word: str, known: str) -> None:
    near = DamerauLevenshtein.distance(word, known) <= 1
    assert is_one_slip(word, known) == near
    assert list_one_slip(word, [known]) == [known] * near


@given(st.text("abcdef", min_size=1, max_size=12), st.data())
def test_every_kind_of_slip_is_one(word: str, data: st.DataObject) -> None:
    place, letter = data.draw(st.integers(0, len(word) - 1)), data.draw(st.sampled_from("abcdefx"))
    before, after = word[:place], word[place:]

    for slip in (
        before + letter + after,
        before + after[1:],
        before + letter + after[1:],
        before + after[1::-1] + after[2:],
    ):
        assert is_one_slip(word, slip)
        assert is_one_slip(slip, word)
        assert list_one_slip(word, [slip, slip + "yyy"]) == [slip]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("camp", "camps", True), ("party", "parties", True), ("women", "woman", True), ("class", "classes", True),
     ("camp", "camping", False), ("university", "universal", False), ("2019", "2018", False), ("7", "7s", False)],
)  # fmt: skip
def test_words_differ_by_number_alone(one: str, other: str, same: bool) -> None:
    assert differ_by_number(one, other) == differ_by_number(other, one) == same
