"""words: the same words are found the same, figures and dates where they stand, EDTF as the standard has it."""

from __future__ import annotations

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from rightscli.words import fold_text, hash_text, normalise_text, split_words, stem_word

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
