"""The programs that others wrote and our tests ask: where one is missing, its tests skip, or fail where they must run.

``RIGHTS_TESTS_NEED_TOOLS=1`` says that they must; ``tools/install-judges`` installs what pip does not, the npm packages into
the folder that ``RIGHTS_JUDGES`` names.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def find_program(*names: str) -> str:
    """Return the path of the first of these programs that is installed."""
    for name in names:
        if path := shutil.which(name):
            return path
    return str(_miss(f"needs {' or '.join(names)}"))


def find_module(name: str) -> Any:
    """Return a Python module of the extra ``judges``."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return _miss(f"needs the Python package {name}: pip install -e '.[judges]'")


def run_program(*command: str, stdin: str = "", cwd: Path | None = None) -> str:
    """Return what the program prints; it fails the test if it fails."""
    process = subprocess.run(command, input=stdin.encode(), capture_output=True, cwd=cwd, timeout=120, check=False)
    assert process.returncode == 0, process.stderr.decode()
    return process.stdout.decode()


def run_node(program: str, *packages: str, stdin: str = "") -> Any:
    """Return the JSON that a program for Node prints, which may ``require`` these npm *packages*."""
    node = find_program("node")
    folder = Path(os.environ.get("RIGHTS_JUDGES", "judges-not-installed"))
    if not all((folder / "node_modules" / package).is_dir() for package in packages):
        _miss(
            f"needs the npm packages {', '.join(packages)}: run tools/install-judges, and name the folder in RIGHTS_JUDGES"
        )
    return json.loads(run_program(node, "-e", program, stdin=stdin, cwd=folder))


_BROWSE = """
const { chromium } = require("playwright-core"), axe = require("fs").readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const { browser, address, options, steps } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const AsyncFunction = (async () => {}).constructor;
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
  + " --disable-component-update --disable-sync";
(async () => {
  const program = await chromium.launch({ executablePath: browser, args: flags.split(" ") });
  const page = await program.newPage(options), asked = [], complaints = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (line) => complaints.push(line.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => { complaints.push("dialog: " + dialog.message()); dialog.dismiss(); });
  const judge = async () => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run());
    return violations.map((one) => one.impact + ": " + one.id + ": " + one.nodes.map((node) => node.html).join(" "));
  };
  await page.goto(address);
  const told = await new AsyncFunction("page", "judge", "address", steps)(page, judge, address);
  await program.close();
  console.log(JSON.stringify({ told, asked: asked.filter((url) => url.split("#")[0] !== address.split("#")[0]), complaints }));
})();
"""


def drive_browser(page: Path, steps: str, *, at: str = "", **options: Any) -> Any:
    """Return what *steps* return, JavaScript that drives the *page*, opened *at* an address in it, by Playwright.

    ``judge()`` says what axe-core finds. It fails the test if the page asks for anything else, or Chromium complains of anything.
    """
    given = {
        "browser": find_program("chromium", "chromium-browser", "google-chrome"),
        "address": page.resolve().as_uri() + at,
        "options": {"viewport": {"width": 1280, "height": 900}} | options,
        "steps": steps,
    }
    outcome = run_node(_BROWSE, "playwright-core", "axe-core", stdin=json.dumps(given))
    assert not outcome["asked"] + outcome["complaints"], "\n".join(outcome["asked"] + outcome["complaints"])
    return outcome.get("told")


def ask_pandoc(text: str, *, source: str) -> list[Any]:
    """Return the blocks that pandoc reads from *text*, as its own JSON has them."""
    blocks: list[Any] = json.loads(run_program(find_program("pandoc"), "-f", source, "-t", "json", stdin=text))[
        "blocks"
    ]
    return blocks


def query_typst(text: str) -> Any:
    """Return the values of the metadata that *text* labels ``<x>``, as Typst sees its content."""
    return json.loads(find_module("typst").query(text.encode(), "<x>", field="value"))


def _miss(reason: str) -> Any:
    if os.environ.get("RIGHTS_TESTS_NEED_TOOLS"):
        pytest.fail(reason)
    pytest.skip(reason)
