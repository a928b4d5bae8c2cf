"use strict";
(() => {
  const get = (name) => document.getElementById("view:" + name);
  const table = JSON.parse(get("table").textContent);
  const list = get("list"), query = get("query"), count = get("count"), all = get("all"), more = get("more");
  // Of many facts, those that are not shown at first stand as text in a noscript element each, which costs a browser little.
  const facts = [...list.children], every = facts.map((_, position) => position);
  const isWide = () => matchMedia("(min-width: 64rem)").matches;
  const isLate = (element) => element.localName === "noscript";
  const parse = (late) => [...new DOMParser().parseFromString(late.textContent, "text/html").body.children];
  const make = (name, text, parent) => {
    const element = document.createElement(name);
    element.textContent = text;
    parent.append(element);
    return element;
  };

  // Looking up what is typed.
  const stopped = new Set(table.stopped), generic = new Set(table.generic);
  let exact, stems, known, alike;
  const readWords = () => {
    exact = new Map(), stems = new Map(), alike = new Map();
    const put = (map, key, value) => { const held = map.get(key); if (held) held.push(value); else map.set(key, [value]); };
    for (const line of table.words.split("\n")) {
      const [head, words, steps] = line.split("|"), root = head.replace("*", "");
      stems.set(root, steps);
      if (head !== root) put(exact, root, steps);
      if (words) for (const word of words.split(" ")) put(exact, word[0] === "-" ? root + word.slice(1) : word, steps);
    }
    known = [...exact.keys()].sort();
    for (const word of known) put(alike, word.length, word);
  };
  const fold = (text) => text.toLowerCase().replace(/[^\0-\x7f]/gu, (sign) => table.letters[sign] ?? sign)
    .normalize("NFKD").replace(/\p{Mn}/gu, "").normalize("NFKC");
  const isSlip = (typed, word) => {
    let at = 0;
    while (at < typed.length && typed[at] === word[at]) at++;
    const rest = typed.slice(at), other = word.slice(at);
    return rest.slice(1) === other || rest === other.slice(1) || rest.slice(1) === other.slice(1)
      || (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2));
  };
  const findGroups = (typed) => {
    const groups = new Set(exact.get(typed));
    let low = 0, high = known.length;
    while (low < high) { const middle = (low + high) >> 1; if (known[middle] < typed) low = middle + 1; else high = middle; }
    for (; low < known.length && known[low].startsWith(typed); low++) for (const group of exact.get(known[low])) groups.add(group);
    for (let end = typed.length; !groups.size && end > 4; end--) if (stems.has(typed.slice(0, end))) groups.add(stems.get(typed.slice(0, end)));
    if (!groups.size && typed.length >= table.slip && !/\p{N}/u.test(typed)) {
      for (let length = typed.length - 1; length <= typed.length + 1; length++) {
        for (const word of alike.get(length) || []) if (isSlip(typed, word)) for (const group of exact.get(word)) groups.add(group);
      }
    }
    return groups;
  };
  const find = (typed) => {
    const found = new Map();
    for (const group of findGroups(typed)) {
      let code = 0;
      lit.add(group);
      for (const step of group.split(" ")) { code += Number(step); found.set(code >> 2, Math.max(found.get(code >> 2) || 0, code & 3)); }
    }
    return found;
  };

  // Marking the words of claims by which they are found.
  let lit = new Set();
  const highlight = globalThis.Highlight && CSS.highlights ? new Highlight() : null;
  if (highlight) CSS.highlights.set("found", highlight);
  const light = (fact) => {
    const claim = fact.querySelector(".claim"), text = (claim.querySelector("s") || claim).firstChild;
    for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (!(exact.get(fold(word)) || []).some((group) => lit.has(group))) continue;
      const range = new Range();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      highlight.add(range);
    }
  };

  // Showing facts, so many at a time.
  const batch = 200;
  let shown = every, length = 0;
  const getFact = (position) => {
    if (isLate(facts[position])) [facts[position]] = parse(facts[position]);
    const fact = facts[position];
    if (!fact.querySelector("details")) {
      const details = make("details", "", fact);
      make("summary", "Cite in every style", details);
      details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) cite(details, position); });
    }
    return fact;
  };
  const append = (most) => {
    const next = shown.slice(length, length + most);
    list.append(...next.map(getFact));
    if (highlight && lit.size) next.forEach((position) => light(facts[position]));
    length += next.length;
    more.hidden = length === shown.length;
    more.textContent = "Show " + Math.min(batch, shown.length - length) + " more of " + shown.length + " facts";
  };
  const show = (positions, told, link) => {
    shown = positions, length = 0;
    if (!query.value) lit = new Set();
    if (highlight) highlight.clear();
    list.replaceChildren();
    append(batch);
    count.textContent = told;
    all.hidden = positions.length === facts.length;
    for (const other of document.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    if (link) link.setAttribute("aria-current", "true");
  };
  const countFacts = (positions) => positions.length + (positions.length === 1 ? " fact" : " facts");
  const search = () => {
    if (!exact) readWords();
    lit = new Set();
    const typed = [...new Set(fold(query.value).match(/[\p{L}\p{N}]+/gu))];
    if (!typed.length) { show(every, ""); return; }
    const said = typed.filter((word) => !stopped.has(word)), asked = said.length ? said : typed;
    const needed = asked.filter((word) => !generic.has(word)), missing = [];
    const worth = new Map(), counts = new Map();
    let most = 0, held = 0;
    for (const word of asked) {
      const found = find(word), must = !needed.length || needed.includes(word);
      if (must && found.size) held++; else if (must) missing.push(word);
      for (const [position, value] of found) {
        worth.set(position, (worth.get(position) || 0) + value * Math.log(1 + facts.length / found.size));
        if (must) counts.set(position, (counts.get(position) || 0) + 1);
      }
    }
    for (const number of counts.values()) most = Math.max(most, number);
    const positions = [...counts.keys()].filter((position) => counts.get(position) === most);
    positions.sort((one, other) => worth.get(other) - worth.get(one) || one - other);
    const part = countFacts(positions) + (most < held ? " with " + most + " of " + held + " words" : "");
    if (!missing.length) { show(positions, part); return; }
    const others = positions.length ? "; " + part + " without " + (missing.length > 1 ? "them" : "it") : "";
    show([], "0 facts; not in this base: " + missing.join(", ") + others);
  };
  const clear = () => {
    query.value = "";
    show(every, "");
    // The address of a topic or of a fact no longer says what is shown.
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  };

  // Following an address.
  let names;
  const findPosition = (name) => {
    if (!names) {
      names = new Map();
      facts.forEach((fact, position) => {
        const ids = isLate(fact) ? [...fact.textContent.matchAll(/ id="([^"]+)"/g)].map((one) => one[1]) : [fact, ...fact.querySelectorAll("[id]")].map((one) => one.id);
        for (const id of ids) names.set(id, position);
      });
    }
    return names.get(name);
  };
  const open = (details) => {
    for (const late of details.querySelectorAll("noscript")) late.replaceWith(...parse(late));
    details.open = true;
  };
  const mark = (element) => {
    for (const other of document.querySelectorAll(".at")) other.classList.remove("at");
    if (!element) return;
    element.classList.add("at");
    element.scrollIntoView({ block: "start" });
    const self = element.querySelector(".self") || element;
    self.tabIndex = self === element ? -1 : 0;
    self.focus({ preventScroll: true });
  };
  const follow = () => {
    let name;
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    mark();
    if (!name) { if (length !== facts.length && !query.value) show(every, ""); return; }
    if (name.startsWith("topic:") && Object.hasOwn(table.topics, name.slice(6))) {
      const positions = table.topics[name.slice(6)], link = document.getElementById(name);
      query.value = "";
      show(positions, countFacts(positions) + " on " + link.textContent, link);
      get("tree").open = isWide();
      get("facts").scrollIntoView();
      get("facts").focus({ preventScroll: true });
      return;
    }
    const position = findPosition(name);
    if (position !== undefined) {
      if (!list.contains(facts[position])) {
        query.value = "";
        show(every, "");
        if (!list.contains(facts[position])) show([position], "1 fact");
      }
      mark(facts[position]);
      return;
    }
    if (name.startsWith("passage:")) {
      const source = [...document.querySelectorAll("details[data-source]")].find((one) => name.startsWith("passage:" + one.dataset.source + ":"));
      if (source) open(source);
      mark(document.getElementById(name));
    }
  };

  // Citing.
  const copy = async (text, button) => {
    try { await navigator.clipboard.writeText(text); } catch {
      const field = document.createElement("textarea");
      field.value = text;
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    for (const other of list.querySelectorAll("button")) other.textContent = "Copy";
    button.textContent = "Copied";
  };
  const cite = (details, position) => {
    const terms = make("dl", "", details);
    const offer = (name, text) => {
      make("dt", name, terms);
      const line = make("dd", "", terms);
      make("span", text, line);
      const button = make("button", "Copy", line);
      button.type = "button";
      button.setAttribute("aria-label", "Copy: " + name);
      button.addEventListener("click", () => copy(text, button));
    };
    const refs = facts[position].querySelectorAll("code");
    table.cited[position].forEach(([source, value], number) => {
      const { forms, places } = table.sources[source];
      offer("REF", refs[number].textContent);
      forms.forEach(([style, form, before, after], at) => {
        const middle = typeof places[value] === "string" ? places[value] : places[value][at];
        offer(table.styles[style] + table.forms[form], after === undefined ? before : before + middle + after);
      });
    });
  };

  query.addEventListener("input", search);
  query.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const selves = [query, ...list.querySelectorAll(".self")], at = selves.indexOf(document.activeElement);
    if (event.key === "/" && at !== 0) { event.preventDefault(); query.focus(); query.select(); return; }
    const next = at < 0 ? undefined : event.key === "ArrowDown" ? selves[at + 1] : event.key === "ArrowUp" ? selves[at - 1] : undefined;
    if (next) { event.preventDefault(); next.focus(); }
  });
  all.addEventListener("click", () => { clear(); query.focus(); });
  more.addEventListener("click", () => { const at = length; append(batch); facts[shown[at]].querySelector(".self").focus(); });
  for (const details of document.querySelectorAll("details")) details.addEventListener("toggle", () => { if (details.open) open(details); });
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && link.hash && link.href === location.href) follow();
  });
  window.addEventListener("beforeprint", () => {
    append(shown.length);
    for (const details of document.querySelectorAll("section > details")) open(details);
  });
  get("search").hidden = false;
  get("tree").open = isWide();
  if (facts.some(isLate)) show(every, ""); else every.forEach(getFact), length = facts.length;
  // A browser goes to the address itself when all is loaded: to what is not there yet, it cannot.
  window.addEventListener("load", () => setTimeout(follow));
})();
