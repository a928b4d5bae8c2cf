"""Links that open a passage: their form, and in a real browser the paragraph that is scrolled to."""

from __future__ import annotations

import functools
import html
import http.server
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judges import find_program, run_program
from rightscli.cite.links import link_passage
from rightscli.records import Record
from rightscli.text.locators import Locator

# Made-up paragraphs, each with what makes links hard.
PARAGRAPHS = (
    (
        "Quays",
        "In May, the harbour of Anyport was closed – for good, it seemed – and nobody had the heart to say so aloud.",
    ),
    (
        "Quays",
        "“Nothing moves,” said the pilot-in-chief, “but the well-known, old & tired ferry,” and nobody had been told.",
    ),
    (
        "Quays",
        "In May, the harbour of Anyport was rebuilt; the master’s 1,200 men-at-work cost 5% more than the year before.",
    ),
    ("Boats", "No boat came back."),
    (
        "Boats",
        "The boats’ owners – Quill & Mast, Ltd. – paid nobody, though the year before had been good, “or so they say.”",
    ),
    (
        "Boats",
        "Nets, ropes, and sails were sold: then the ferry, then the pilot’s own boat #7 (“the Tern”), at 50% of cost.",
    ),
    (
        "Boats",
        "Nets, ropes, and sails were bought again ten years on; nobody asked whose money it had been, or was now.",
    ),
)
NOISE = "In May, said the menu. The boats’ owners spoke. No boat came. The year before: nets, ropes, and sails. Nothing moves."


def make_source(paragraphs: Sequence[tuple[str, str]], url: str = "https://example.org/h") -> Record:
    return {
        "csl": {"URL": url},
        "paragraphs": [
            {
                "number": number,
                "section": section,
                "begins": " ".join(text.split()[:5]),
                "ends": " ".join(text.split()[-5:]),
                "words": len(text.split()),
            }
            for number, (section, text) in enumerate(paragraphs, start=1)
        ],
    }


def link(source: Record, first: int, last: int = 0) -> str:
    url = link_passage(source, [Locator(first, last or first)])
    assert url is not None
    return url


def test_a_link_escapes_what_has_a_meaning_in_a_text_fragment() -> None:
    assert link(make_source(PARAGRAPHS), 2) == (
        "https://example.org/h#:~:text=%E2%80%9CNothing%20moves%2C%E2%80%9D%20said%20the%20pilot%2Din%2Dchief%2C,"
        "had%20been%20told."
    )  # fmt: skip


def test_a_short_paragraph_is_named_as_a_whole() -> None:
    assert link(make_source(PARAGRAPHS), 4).endswith("#:~:text=No%20boat%20came%20back.")
    assert link(make_source([("Quays", "one two three four five six seven")]), 1).endswith(
        "#:~:text=one%20two%20three%20four%20five%20six%20seven"
    )


def test_a_start_that_an_earlier_paragraph_has_is_led_to_by_the_words_before() -> None:
    source = make_source(
        [PARAGRAPHS[0], PARAGRAPHS[1], ("Quays", "In May, the harbour of nobody else was closed, too, at last.")]
    )

    assert ":~:text=In%20May" in link(source, 1)
    assert ":~:text=and%20nobody%20had%20been%20told.-,In%20May%2C%20the%20harbour%20of,too%2C%20at%20last." in link(
        source, 3
    )


def test_no_words_lead_past_a_heading() -> None:
    source = make_source([PARAGRAPHS[0], ("Boats", PARAGRAPHS[0][1])])

    assert "-," not in link(source, 2)


def test_an_end_that_another_paragraph_has_is_longer() -> None:
    source = make_source([("A", f"{word} b c d e f g h i the very end") for word in "xy"])

    assert link(source, 1).endswith(",h%20i%20the%20very%20end")
    assert link(make_source([("A", "a b c d e f g h i the very end")]), 1).endswith(",the%20very%20end")


def test_a_range_runs_from_its_first_paragraph_to_its_last() -> None:
    both = link(make_source(PARAGRAPHS), 5, 7)

    assert both.split(",")[0] == link(make_source(PARAGRAPHS), 5).split(",")[0]
    assert both.split(",")[-1] == link(make_source(PARAGRAPHS), 7).split(",")[-1]


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://example.org/h#top", "https://example.org/h#top:~:text=No"),
        ("https://example.org/h#:~:text=a", "https://example.org/h#:~:text=a&text=No"),
    ],
)
def test_a_fragment_of_the_source_stays(url: str, start: str) -> None:
    assert link(make_source(PARAGRAPHS, url), 4).startswith(start)


def test_a_source_without_a_url_has_no_link_and_one_without_a_place_its_own() -> None:
    source = make_source(PARAGRAPHS)

    assert link_passage(source | {"csl": {}}, [Locator(1, 1)]) is None
    assert link_passage(source, []) == "https://example.org/h"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
    st.text(min_size=1).filter(str.strip),
)
def test_a_link_gives_its_words_back(begins: str, ends: str) -> None:
    ends = ends.encode("utf-8", "replace").decode()
    source = make_source([("Quays", "x")])
    source["paragraphs"][0] |= {"begins": begins, "ends": ends, "words": len(begins.split()) + len(ends.split()) + 1}

    directive = link(source, 1).split("#:~:text=")[1]

    start, end = directive.split(",")
    assert unquote(start) == begins
    assert unquote(end) in (ends, *(" ".join(ends.split()[-count:]) for count in range(3, len(ends.split()))))
    assert not set(directive) & set("-&")


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with a menu and the paragraphs, each on a screen of its own.

    It writes into itself which paragraph stands in the middle of the screen, once scrolling is over.
    """
    folder = tmp_path_factory.mktemp("page")
    blocks = [f"<nav>{html.escape(NOISE)}</nav>"]
    section = ""
    for number, (heading, text) in enumerate(PARAGRAPHS, start=1):
        if heading != section:
            blocks.append(f"<h2>{heading}</h2>")
            section = heading
        words = html.escape(text).split(" ")
        words[2] = f"<a href='#'>{words[2]}</a>"
        blocks.append(f"<p id='{number}'>{' '.join(words)}</p>")
    script = (
        "let n = 0; const t = setInterval(() => { if (++n < 8) return; clearInterval(t);"
        "const seen = [...document.querySelectorAll('nav, p')].filter(e => { const r = e.getBoundingClientRect();"
        "return r.top < innerHeight && r.bottom > 0 }); document.body.dataset.seen = seen.map(e => e.id || 'menu').join(' ')"
        "}, 50)"
    )
    (folder / "page.html").write_text(
        "<!doctype html><meta charset=utf-8><style>p, nav { margin: 3000px 0; width: 30em }</style>"
        f"<body>{''.join(blocks)}<script>{script}</script>",
        encoding="utf-8",
    )
    handler = functools.partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/page.html"
        server.shutdown()


def ask_browser(url: str, folder: Path) -> str:
    """Return what a fresh browser shows of the page at *url*: the paragraphs' numbers, or ``menu``."""
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
        " --disable-component-update --disable-sync --window-size=800,600 --virtual-time-budget=3000 --dump-dom"
    ).split()
    browser = find_program("chromium", "chromium-browser", "google-chrome")
    shown = run_program(browser, *flags, f"--user-data-dir={folder}", url)
    match = re.search(r'data-seen="([^"]*)"', shown)
    return match[1] if match else "nothing"


@pytest.fixture(scope="module")
def seen(page: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What the browser shows of each link: all asked at once, since a browser takes its time to start."""
    source = make_source(PARAGRAPHS, page)
    links = {str(number): link(source, number) for number in range(1, len(PARAGRAPHS) + 1)}
    links |= {"5-6": link(source, 5, 6), "too few words": f"{page}#:~:text=No%20boat%20came"}
    folders = [tmp_path_factory.mktemp("profile") for _ in links]
    with ThreadPoolExecutor(max_workers=4) as pool:
        return dict(zip(links, pool.map(ask_browser, links.values(), folders), strict=True))


@pytest.mark.parametrize("number", range(1, len(PARAGRAPHS) + 1))
def test_a_browser_scrolls_to_the_paragraph(number: int, seen: Mapping[str, str]) -> None:
    assert seen[str(number)] == str(number)


def test_a_browser_scrolls_to_the_start_of_a_range(seen: Mapping[str, str]) -> None:
    assert seen["5-6"] == "5"


def test_a_browser_goes_astray_by_a_link_of_fewer_words(seen: Mapping[str, str]) -> None:
    # The control: the page's menu holds the first words of some paragraphs.
    assert seen["too few words"] == "menu"
