// A picture of a page that `rights` wrote, as Chromium shows it with the fonts that are installed:
//
//   RIGHTS_JUDGES=FOLDER node tools/photograph_page.mjs PAGE.html OUT.png [WIDTHxHEIGHT] [light|dark] [#address] [typed words]
//
// FOLDER is that of tools/install-judges. Chromium's own --screenshot is blank for every page that is opened at an address in it.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(join(resolve(process.env.RIGHTS_JUDGES ?? "."), "judges.js"))("playwright-core");
const [page, picture, size = "1280x800", colorScheme = "light", address = "", typed = ""] = process.argv.slice(2);
if (!picture) throw new Error("usage: photograph_page.mjs PAGE.html OUT.png [WIDTHxHEIGHT] [light|dark] [#address] [typed words]");
const find = "command -v chromium || command -v chromium-browser || command -v google-chrome";
const executablePath = execFileSync("sh", ["-c", find], { encoding: "utf8" }).trim();
const [width, height] = size.split("x").map(Number);

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const shown = await browser.newPage({ viewport: { width, height }, colorScheme });
await shown.goto(pathToFileURL(resolve(page)).href + address);
if (typed) await shown.getByRole("searchbox").fill(typed);
await shown.screenshot({ path: picture, animations: "disabled", caret: "hide" });
await browser.close();
