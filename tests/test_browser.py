"""The page of a base in a browser: people type, follow, move by keyboard, copy, print; axe-core and the network listen."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from conftest import run_rights
from judges import drive_browser
from rightscli.answers import Library
from rightscli.answers.export import export_facts, export_page
from rightscli.base.paths import find_bundled_base
from rightscli.text.folding import fold_text
from rightscli.text.slips import begin_alike, is_one_slip
from test_browse import HOSTILE

STEPS = """
const list = () => page.locator("#view\\\\:list > article").evaluateAll((all) => all.map((one) => one.id));
const count = () => page.locator("#view\\\\:count").textContent();
const type = async (text) => { await page.getByRole("searchbox").fill(text); return [await list(), await count()]; };
// What a click opens, or an address follows, comes in a task of its own behind it.
const click = async (target) => {
  await target.click();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
};
const focused = () => page.evaluate(() => document.activeElement.closest("article, tr, section, input")?.id);
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "facts.html"
    path.write_text(export_page(Library(find_bundled_base())).text, encoding="utf-8")
    return path


def make_large_base(count: int) -> str:
    """Return a base of *count* facts, some of them on the topic *odd*, on the passages of three sources."""
    lines = ["schema: 1", "title: Many", 'edition: "1"', "scope: Nothing.", "sources:"]
    for source in range(3):
        lines += [
            f"  s{source}:",
            "    type: report",
            f'    title: "Report {source}"',
            "    issued: 2021",
            "    paragraphs:",
        ]
        lines += [
            f"      - {{number: {number}, begins: Passage {number} says, ends: and no more, words: 40, sha256: {number:064x}}}"
            for number in range(1, 101)
        ]
    lines += ["topics:", "  odd: {label: Odd ones}", "facts:"]
    for number in range(count):
        topics = "    topics: [odd]\n" if number % 1000 == 999 else ""
        lines.append(
            f"  - id: fact-{number}\n    claim: In {1900 + number % 100} ship n{number} was seen at the quay of Anyport.\n"
            f"    cites: {{s{number % 3}: {number % 100 + 1}}}\n{topics}    date: {1900 + number % 100}"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    (folder / "large.yaml").write_text(make_large_base(10_000), encoding="utf-8")
    (folder / "facts.html").write_text(export_page(Library(str(folder / "large.yaml"))).text, encoding="utf-8")
    return folder / "facts.html"


def test_what_is_typed_is_found_as_it_is_typed(page: Path) -> None:
    found = drive_browser(
        page,
        STEPS
        + """
        const found = {};
        const typed = ["absent from work", "absentee", "docker", "docker sanctions", "forced labour", "forced labor", "abcentee",
          "how many of the people were absent from their work?", "execution sanctions", ""];
        for (const text of typed) found[text] = await type(text);
        await type("docker");
        await page.keyboard.press("Escape");
        return [found, (await list()).length, await page.getByRole("searchbox").inputValue()];
        """,
    )

    (found, count, text) = found
    assert "absence-from-work-punished" in found["absent from work"][0][:2]
    assert found["absentee"][0] == found["abcentee"][0] != []
    assert found["docker"] == [[], "0 facts; not in this base: docker"]
    assert found["docker sanctions"] == [[], "0 facts; not in this base: docker; 3 facts without it"]
    assert "absence-from-work-punished" in found["how many of the people were absent from their work?"][0]
    assert found["execution sanctions"][1].endswith("facts with 1 of 2 words")
    assert found["forced labour"] == found["forced labor"] != [[], "0 facts"]
    assert (len(found[""][0]), found[""][1], count, text) == (113, "", 113, "")


def test_a_slip_finds_what_the_word_finds(page: Path) -> None:
    facts = list(export_facts(Library(find_bundled_base())).facts)
    chosen, slips = random.Random(1), {}
    for fact in chosen.sample(facts, 30):
        word = max(fold_text(fact["claim"].rstrip(".")).split(), key=lambda one: (one.isalpha(), len(one)))
        at = chosen.randrange(1, len(word) - 1)
        for slip in (
            word[:at] + word[at + 1 :],
            word[:at] + "q" + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ):
            if slip != word and is_one_slip(slip, word) and begin_alike(slip, word):
                slips[slip] = fact["id"]

    found = drive_browser(
        page,
        f"""
        return await page.evaluate((typed) => {{
          const query = document.querySelector("input"), found = {{}};
          for (const text of typed) {{
            query.value = text;
            query.dispatchEvent(new Event("input"));
            found[text] = [...document.querySelectorAll("article")].map((one) => one.id);
          }}
          return found;
        }}, {json.dumps(list(slips))});
        """,
    )

    assert len(slips) > 60
    assert [slip for slip, id in slips.items() if id not in found[slip]] == []


def test_words_that_are_found_are_marked_in_claims_whatever_their_form(page: Path) -> None:
    told = drive_browser(
        page,
        STEPS
        + """
        const marked = () => page.evaluate(() => [...new Set([...CSS.highlights.get("found")].map(String))].sort());
        await type("the punishments");
        const told = [await marked()];
        await page.keyboard.press("Escape");
        return [...told, await marked()];
        """,
    )

    assert told[0] == [word for word in told[0] if word.lower().startswith("punish")] != []
    assert told[1] == []


def test_words_are_folded_as_in_a_search(tmp_path: Path) -> None:
    base, page = tmp_path / "letters.yaml", tmp_path / "facts.html"
    plain = "In 1901 ship n1 was seen at the quay of Anyport."
    claim = '"강제 노동 (Đổi Mới) was named in the Straße of Łódź by Søren Æbelø, a women\'s leader, and 2,706 others."'
    base.write_text(make_large_base(3).replace(plain, claim), encoding="utf-8")
    page.write_text(run_rights("export", "-f", "html", "--base", str(base)).out, encoding="utf-8")
    typed = [
        "노동",
        "강제",
        "đổi",
        "Doi moi",
        "strasse",
        "STRASSE",
        "Straße",
        "lodz",
        "Łódź",
        "soren",
        "aebelo",
        "women's",
        "2,706",
        "2706",
    ]

    found = drive_browser(
        page,
        f"""{STEPS} const found = {{}};
        for (const text of {json.dumps(typed)}) found[text] = (await type(text))[0];
        return found;""",
    )

    assert [text for text in typed if found[text] != ["fact-1"]] == []


def test_a_topic_shows_its_facts_and_going_back_shows_all(page: Path) -> None:
    told = drive_browser(
        page,
        STEPS
        + """
        await click(page.locator("#view\\\\:tree").getByRole("link", { name: "Sanctions", exact: true }));
        const topic = [await list(), await count(), await focused(), await page.locator("[aria-current]").textContent()];
        await page.goBack();
        const back = (await list()).length;
        await page.goForward();
        await page.getByRole("button", { name: "Show all facts" }).click();
        const current = await page.locator("[aria-current]").count();
        return [topic, back, (await list()).length, current, await focused(), page.url() === address];
        """,
    )

    ([ids, count, focus, current], *rest) = told
    assert ids == [fact["id"] for fact in export_facts(Library(find_bundled_base()), topic="sanctions").facts]
    assert (count, focus, current) == (f"{len(ids)} facts on Sanctions", "view:facts", "Sanctions")
    assert rest == [113, 113, 0, "view:query", True]


def test_a_topic_is_shown_again_after_a_search(page: Path) -> None:
    told = drive_browser(
        page,
        STEPS
        + """
        const link = page.locator("#view\\\\:tree").getByRole("link", { name: "Sanctions", exact: true });
        await click(link);
        const topic = await list(), told = [await page.locator("[aria-current]").count()];
        await type("prison");
        told.push(await page.locator("[aria-current]").count());
        await click(link);
        return [...told, JSON.stringify(await list()) === JSON.stringify(topic), await page.getByRole("searchbox").inputValue()];
        """,
    )

    assert told == [1, 0, True, ""]


def test_the_keyboard_is_enough(page: Path) -> None:
    told = drive_browser(
        page,
        STEPS
        + """
        const told = [];
        await page.keyboard.press("Tab");
        told.push(await page.evaluate(() => document.activeElement.textContent));
        await page.keyboard.press("Enter");
        told.push(await focused());
        await page.keyboard.press("/");
        await page.keyboard.type("sanctions");
        told.push(await focused());
        for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"]) {
          await page.keyboard.press(key);
          told.push(await focused());
        }
        await page.keyboard.press("ArrowDown");
        const first = page.locator("article").first();
        await first.locator("summary").focus();
        await page.keyboard.press("Enter");
        await first.locator("dl").waitFor();
        await page.keyboard.press("Tab");
        told.push(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), (await list()).slice(0, 2));
        return told;
        """,
    )

    first, second = told[-1]
    assert told[:-1] == [
        *("Skip to the facts", "view:facts", "view:query"),
        *(first, second, first, "view:query"),
        "Copy: REF",
    ]


@pytest.mark.parametrize("granted", [["clipboard-read", "clipboard-write"], []])
def test_a_citation_is_copied_with_and_without_the_clipboards_interface(page: Path, granted: list[str]) -> None:
    told = drive_browser(
        page,
        STEPS
        + """
        await page.evaluate(() => {
          document.addEventListener("copy", () => { window.copied = String(document.activeElement.value); });
        });
        const granted = GRANTED;
        if (granted.length) await page.context().grantPermissions(granted);
        else await page.evaluate(() => { Object.defineProperty(navigator, "clipboard", { value: undefined }); });
        const fact = page.locator("#absence-from-work-punished");
        await click(fact.locator("summary"));
        const styles = await fact.locator("dt").count();
        const button = fact.getByRole("button", { name: "Copy: OSCOLA, 4th edition", exact: true });
        await button.click();
        const label = await fact.getByRole("button").filter({ hasText: "Copied" }).getAttribute("aria-label");
        const read = (has) => has ? navigator.clipboard.readText() : window.copied;
        return [styles > 30, label, await page.evaluate(read, granted.length > 0)];
        """.replace("GRANTED", json.dumps(granted)),
    )

    cited = run_rights("cite", "absence-from-work-punished", "--style", "oscola").out.strip()
    assert told == [True, "Copy: OSCOLA, 4th edition", cited]


@pytest.mark.parametrize("at", ["#absence-from-work-punished", "#passage:hrw-2020:13"])
def test_an_address_opens_what_it_names(page: Path, at: str) -> None:
    steps = """
    await page.waitForFunction(() => document.querySelector(".at"));
    const shape = await page.locator(".at").boundingBox(), height = page.viewportSize().height;
    return [await page.locator(".at").getAttribute("id"), shape.y >= 0 && shape.y < height / 2, shape.height > 20];
    """

    for options in ({}, {"viewport": {"width": 360, "height": 800}}):
        assert drive_browser(page, steps, at=at, **options) == [at[1:], True, True]


def test_an_address_of_a_fact_that_a_search_hides_ends_the_search(page: Path) -> None:
    told = drive_browser(
        page,
        STEPS
        + """
        await type("sanctions");
        await page.evaluate(() => { location.hash = "#absence-from-work-punished"; });
        await page.waitForFunction(() => document.querySelector(".at"));
        return [(await list()).length, await page.getByRole("searchbox").inputValue(), await focused()];
        """,
    )

    assert told == [113, "", "absence-from-work-punished"]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(page: Path, width: int, scheme: str) -> None:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "colorScheme": scheme}

    told = drive_browser(
        page,
        """
        await page.locator("#absence-from-work-punished summary").click();
        await page.locator("dl").waitFor();
        await page.evaluate(() => { location.hash = "#topic:forced-labor"; });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        const judged = await judge();
        await page.getByRole("button", { name: "Show all facts" }).click();
        return [judged, wide, await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)];
        """,
        **options,
    )

    assert told == [[], False, False]


def test_a_page_is_printed_whole(page: Path, large_page: Path) -> None:
    steps = """
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    const seen = (name) => page.locator(name).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
    const acting = "button, input, nav, article details";
    return [await seen("article"), await seen("tr[id]"), await seen("li span"), await seen(acting)];
    """

    assert drive_browser(page, steps, colorScheme="dark") == [113, 23, 113, 0]
    assert drive_browser(
        large_page,
        steps.replace("await page.evaluate", "await page.getByRole('searchbox').fill('n777'); await page.evaluate", 1),
    ) == [11, 300, 10_000, 0]


def test_without_scripts_all_is_there(page: Path, large_page: Path) -> None:
    steps = """
    const count = (name) => page.locator(name).count();
    return [await count("article"), await count("tr[id]"), await page.getByRole("searchbox").count()];
    """

    assert drive_browser(page, steps, javaScriptEnabled=False) == [113, 23, 0]
    assert drive_browser(large_page, steps, javaScriptEnabled=False) == [10_000, 300, 0]


def test_a_page_of_many_facts_opens_at_once_and_shows_what_is_asked_for(large_page: Path) -> None:
    told = drive_browser(
        large_page,
        STEPS
        + """
        let opened = Infinity;
        for (let time = 0; time < 3; time++) {
          const took = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
          opened = Math.min(opened, took);
          await page.reload();
        }
        const told = [(await list()).length];
        await page.getByRole("button", { name: "Show 200 more of 10000 facts" }).click();
        told.push((await list()).length, await focused(), ...await type("n7777"));
        const before = await page.evaluate(() => performance.now());
        await type("quay");
        const typed = await page.evaluate(() => performance.now()) - before;
        await page.evaluate(() => { location.hash = "#topic:odd"; });
        await page.waitForFunction(() => document.querySelector("[aria-current]"));
        told.push((await list()).length);
        await page.evaluate(() => { location.hash = "#fact-9000"; });
        await page.waitForFunction(() => document.querySelector(".at"));
        told.push(await list(), await count());
        await click(page.getByText("1950 100 facts"));
        told.push(await page.locator("details[open] li span").count());
        await page.evaluate(() => { location.hash = "#passage:s1:77"; });
        await page.waitForFunction(() => document.querySelector("tr.at"));
        told.push(await focused(), opened < 2000, typed < 1000);
        return told;
        """,
    )

    assert told == [
        *(200, 400, "fact-200"),
        *(["fact-7777"], "1 fact", 10),
        *(["fact-9000"], "1 fact", 100),
        *("passage:s1:77", True, True),
    ]


def test_a_hostile_base_stays_inert_where_it_is_shown_cited_and_followed(tmp_path: Path) -> None:
    base, page = tmp_path / "hostile.yaml", tmp_path / "facts.html"
    base.write_text(HOSTILE, encoding="utf-8")
    page.write_text(run_rights("export", "-f", "html", "--base", str(base)).out, encoding="utf-8")

    told = drive_browser(
        page,
        STEPS
        + """
        await type("anyport");
        for (const one of await page.locator("article summary").all()) await click(one);
        for (const at of ["#topic:quays", "#%3Cimg%20src=x%20onerror=alert(1)%3E", "#passage:harbour:1", "#%"]) {
          await page.evaluate((at) => { location.hash = at; }, at);
        }
        const links = await page.locator("a").evaluateAll((all) => all.map((one) => one.protocol));
        const active = await page.locator("img, script, iframe").count();
        return [[...new Set(links)], active, await page.locator("article").allTextContents(), await judge()];
        """,
    )

    (protocols, active, texts, complaints) = told
    assert (protocols, active, complaints) == (["file:"], 2, [])
    assert "</script><img src=x onerror=alert(2)> &lt; \\u202eevil {{script}} <!-- rebuilt in May 2021." in "".join(
        texts
    )


def test_a_hostile_fact_that_is_late_stays_inert_when_it_is_shown(tmp_path: Path) -> None:
    base, page = tmp_path / "late.yaml", tmp_path / "facts.html"
    claim = "'</noscript><script>alert(1)</script><img src=x onerror=alert(2)> In 1999 ship n299 <b>was seen</b>.'"
    plain = "In 1999 ship n299 was seen at the quay of Anyport."
    base.write_text(make_large_base(300).replace(plain, claim), encoding="utf-8")
    page.write_text(run_rights("export", "-f", "html", "--base", str(base)).out, encoding="utf-8")

    told = drive_browser(
        page,
        STEPS
        + """
        const before = (await list()).length;
        await type("n299");
        await click(page.getByText("1999 3 facts"));
        const active = await page.locator("article img, article script, article b, li img, li script").count();
        return [before, await list(), active, await page.locator("article .claim").textContent()];
        """,
    )

    assert told == [200, ["fact-299"], 0, claim.strip("'")]


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ('<img src="other.png">', "other.png"),
        ("<script>fetch('https://example.org/')</script>", "example.org"),
        ("<script>alert(1)</script>", "dialog: 1"),
    ],
)
def test_the_driver_fails_a_page_that_asks_or_speaks(tmp_path: Path, html: str, complaint: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html><html lang=en><title>x</title>{html}", encoding="utf-8")

    with pytest.raises(AssertionError, match=complaint):
        drive_browser(page, "await page.waitForTimeout(200);")


def test_the_judge_of_accessibility_complains_of_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!DOCTYPE html><html><title>x</title><button></button><p style='color:#ccc'>pale", encoding="utf-8"
    )

    told = drive_browser(page, "return await judge();")

    assert {line.split(":")[1].strip() for line in told} >= {"button-name", "color-contrast", "html-has-lang"}
