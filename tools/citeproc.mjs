// One run of citeproc-js: a request on standard input, what it printed on standard output, both JSON.
//
// Request: {citeproc: path of its module, locales: {language: XML}, styles: {name: {xml, locale, forced}},
//           sources: {key: {item, label, locators}}}. A locator is CSL's text, "13-15"; "" is none.
// Answer:  {version, styles: {name: {key: {citation: {locator: [text, HTML]}, short: …, ibid: …, bibliography: [text, HTML]}}}}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const request = JSON.parse(readFileSync(0, "utf8"));
const CSL = createRequire(import.meta.url)(request.citeproc);
// citeproc-js talks to standard output, where the answer goes.
CSL.debug = (message) => process.stderr.write(`${message}\n`);
CSL.error = (message) => { throw new Error(message); };

// Named as no source's key can be, and like no author or year that a source could be taken for.
const OTHER = { id: "another source", type: "book", title: "Zzyzx", author: [{ family: "Zzyzx", given: "Zeb" }], issued: { "date-parts": [[1801]] } };
// What each footnote cites: the passage for the first time; later; and right after the source as a whole.
const NOTES = [["citation", "passage"], [null, "other"], ["short", "passage"], [null, "other"], [null, "source"], ["ibid", "passage"]];

let item;
const system = {
  retrieveLocale: (language) => request.locales[language] ?? false,
  retrieveItem: (id) => (id === OTHER.id ? OTHER : item),
};

function startDocument(engine, format) {
  engine.rebuildProcessorState([]);
  // Afterwards: the engine goes back to HTML when it is rebuilt.
  engine.setOutputFormat(format);
}

function citeInNotes(engine, label, locator, format) {
  startDocument(engine, format);
  const before = [];
  const forms = {};
  NOTES.forEach(([form, what], index) => {
    const cite = { id: what === "other" ? OTHER.id : item.id };
    if (what === "passage" && locator) Object.assign(cite, { locator, label });
    const citation = { citationID: `note${index}`, citationItems: [cite], properties: { noteIndex: index + 1 } };
    const [, changed] = engine.processCitationCluster(citation, before, []);
    before.push([citation.citationID, index + 1]);
    if (form) forms[form] = changed.find(([place]) => place === index)[1];
  });
  return forms;
}

function listWorks(engine, format) {
  startDocument(engine, format);
  engine.updateItems([item.id]);
  const made = engine.makeBibliography();
  return made ? made[1].join("") : null;
}

const styles = {};
for (const [name, style] of Object.entries(request.styles)) {
  const engine = new CSL.Engine(system, style.xml, style.locale, style.forced);
  styles[name] = {};
  for (const [key, source] of Object.entries(request.sources)) {
    item = source.item;
    const forms = { citation: {}, short: {}, ibid: {} };
    for (const locator of source.locators) {
      const [texts, pages] = ["text", "html"].map((format) => citeInNotes(engine, source.label, locator, format));
      for (const form of Object.keys(forms)) forms[form][locator] = [texts[form], pages[form]];
    }
    const works = ["text", "html"].map((format) => listWorks(engine, format));
    styles[name][key] = { ...forms, bibliography: works[0] === null ? null : works };
  }
}
process.stdout.write(JSON.stringify({ version: CSL.PROCESSOR_VERSION, styles }));
