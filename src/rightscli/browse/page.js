"use strict";
(() => {
  const get = (name) => document.getElementById("view:" + name);
  const table = JSON.parse(get("table").textContent);
  const list = get("list"), query = get("query"), count = get("count"), all = get("all");
  const facts = [...list.children];
  const exact = new Map(), stems = new Map();
  for (const line of table.words.split("\n")) {
    const [head, words, places] = line.split("|"), root = head.replace("*", "");
    stems.set(root, places);
    for (const word of [...(head === root ? [] : [root]), ...words.split(" ")]) if (word) exact.set(word, (exact.get(word) || []).concat([places]));
  }
  const known = [...exact.keys()].sort();

  const find = (typed) => {
    const groups = new Set(exact.get(typed));
    let low = 0, high = known.length;
    while (low < high) { const middle = (low + high) >> 1; if (known[middle] < typed) low = middle + 1; else high = middle; }
    for (; low < known.length && known[low].startsWith(typed); low++) for (const group of exact.get(known[low])) groups.add(group);
    for (let end = typed.length; !groups.size && end > 4; end--) if (stems.has(typed.slice(0, end))) groups.add(stems.get(typed.slice(0, end)));
    const found = new Map();
    for (const group of groups) for (const one of group.split(" ").map(Number)) found.set(one >> 2, Math.max(found.get(one >> 2) || 0, one & 3));
    return found;
  };
  const tell = (places, missing) => {
    count.textContent = places.length + (places.length === 1 ? " fact" : " facts") + (missing.length ? "; not in this base: " + missing.join(", ") : "");
  };
  const show = (places) => {
    const shown = new Set(places);
    facts.forEach((fact, place) => { fact.hidden = !shown.has(place); });
    list.append(...places.map((place) => facts[place]));
    all.hidden = places.length === facts.length;
  };
  const everything = () => facts.map((_, place) => place);
  const search = () => {
    const typed = query.value.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
    if (!typed.length) { show(everything()); count.textContent = ""; return; }
    const found = typed.map(find), missing = typed.filter((_, at) => !found[at].size);
    const worth = (place) => found.reduce((sum, one) => sum + one.get(place), 0);
    const places = [...found[0].keys()].filter((place) => found.every((one) => one.has(place)));
    places.sort((one, other) => worth(other) - worth(one) || one - other);
    show(places);
    tell(places, missing);
  };
  const follow = () => {
    let name;
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    if (name.startsWith("topic:") && Object.hasOwn(table.topics, name.slice(6))) {
      const places = table.topics[name.slice(6)];
      query.value = "";
      show(places);
      tell(places, []);
      get("facts").scrollIntoView();
      get("facts").focus({ preventScroll: true });
      return;
    }
    const target = document.getElementById(name), fact = target && target.closest("article");
    if (fact && fact.hidden) { query.value = ""; search(); fact.scrollIntoView(); }
  };

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
    button.textContent = "Copied";
    count.textContent = "Copied: " + text;
  };
  const make = (name, text, parent) => {
    const element = document.createElement(name);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  const cite = (details, place) => {
    const terms = document.createElement("dl");
    for (const [source, value] of table.cited[place]) {
      const { forms, places } = table.sources[source];
      forms.forEach(([style, form, before, after], at) => {
        const middle = places[value], text = before + (typeof middle === "string" ? middle : middle[at]) + after;
        const name = table.styles[style] + (form ? ", short" : "");
        make("dt", name, terms);
        const line = make("dd", text + " ", terms), button = make("button", "Copy", line);
        button.type = "button";
        button.setAttribute("aria-label", "Copy " + name);
        button.addEventListener("click", () => copy(text, button));
      });
    }
    details.append(terms);
  };
  facts.forEach((fact, place) => {
    const details = fact.querySelector("details");
    if (!details) return;
    details.hidden = false;
    details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) cite(details, place); });
  });

  query.addEventListener("input", search);
  query.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { query.value = ""; search(); }
    const first = list.querySelector("article:not([hidden]) .self");
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== query) { event.preventDefault(); query.focus(); }
  });
  all.addEventListener("click", () => { query.value = ""; search(); query.focus(); });
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => { get("tree").open = true; });
  get("search").hidden = false;
  follow();
})();
