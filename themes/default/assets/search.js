// @ts-check
"use strict";

// What a reader sees of the search: a field, the number of results, and the results. Loaded when somebody searches.

{
  const SHOWN = 100;

  /** How many results of the first file of the index are enough not to look into the second. */
  const ENOUGH = 3;

  /** What a file of the index has handed over. */
  const taken = () => {
    const value = rungs.found;
    if (!value) throw new Error("the file has handed over nothing");
    rungs.found = undefined;
    return value;
  };

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} name
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   */
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /**
   * A piece of a text with the parts of the query marked.
   *
   * @param {string} text
   * @param {Folded} folded
   * @param {string[]} parts
   * @param {[number, number]} piece From and to, in the text.
   */
  const marked = (text, folded, parts, [from, to]) => {
    const spans = parts.flatMap((part) =>
      rungs.placesOf(folded.text, part).map((at) => [folded.places[at], folded.places[at + part.length]]),
    );
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const nodes = [];
    let done = from;
    for (const [start, end] of spans) {
      if (start < done || end > to) continue;
      nodes.push(text.slice(done, start), element("mark", {}, text.slice(start, end)));
      done = end;
    }
    return [...nodes, text.slice(done, to)];
  };

  /** The sentences of a text, as pieces. @param {string} text @returns {[number, number][]} */
  const sentences = (text) => {
    const found = text.matchAll(/[^\n]+?(?:[。！？]+[」』）”]*|[.!?]+["”’)]*(?=\s)|(?=\n|$))/gu);
    return Array.from(found, ({ 0: sentence, index }) => {
      const space = sentence.length - sentence.trimStart().length;
      return [index + space, index + sentence.length];
    });
  };

  /** The sentence that holds most parts of the query. @param {Entry} entry @param {string[]} parts */
  const bestSentence = ({ document: { text = "" }, text: folded }, parts) => {
    const places = parts.map((part) => rungs.placesOf(folded.text, part).map((at) => folded.places[at]));
    let best = /** @type {[number, number]} */ ([0, 0]);
    let most = -1;
    for (const [from, to] of sentences(text)) {
      const held = places.filter((ones) => ones.some((at) => from <= at && at < to)).length;
      if (held > most) [best, most] = [[from, to], held];
    }
    return best;
  };

  /** @param {Entry} entry @param {string[]} parts @param {Record<string, string>} words */
  const result = (entry, parts, words) => {
    const { id, kind, ladder, level, category, hue, title, text = "", url, language } = entry.document;
    /** @type {Record<string, string>} */
    const lang = language ? { lang: language } : {};
    const where = element("span", { class: "where" });
    if (id) where.append(element("span", { class: "id" }, id), " ");
    if (kind !== "criterion") where.append(element("span", { class: "kind" }, words[kind] ?? kind), " ");
    if (ladder) where.append(element("span", { class: "of" }, ladder), " ");
    if (level) where.append(element("span", { class: "code" }, level), " ");
    if (category) where.append(element("span", { class: "category" }, element("span", { class: "hue" }), category));
    const link = element("a", { href: rungs.address(url) }, where);
    if (title) {
      link.append(element("span", { class: "title", ...lang }, ...marked(title, entry.title, parts, [0, title.length])));
    }
    if (text) link.append(element("span", { class: "text", ...lang }, ...marked(text, entry.text, parts, bestSentence(entry, parts))));
    return element("li", { class: `found c${hue ?? ""}` }, link);
  };

  /** The choice whether a key opens the search. @param {string} words */
  const keySwitch = (words) => {
    const box = element("input", { type: "checkbox" });
    box.checked = rungs.searchKey.isOn();
    box.addEventListener("change", () => rungs.searchKey.turn(box.checked));
    return element("label", {}, box, " ", words);
  };

  class Search {
    /** @param {Promise<void>} documents @param {string} address Of the page of the search. */
    constructor(documents, address) {
      this.page = address;
      /** The words are those of the page until the index brings the others. @type {Record<string, string>} */
      this.words = {};
      this.field = element("input", { type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" });
      this.status = element("p", { class: "status", role: "status" });
      this.list = element("ol", { class: "results" });
      this.self = element("a", { class: "as-page", href: address });
      this.foot = element("p", { class: "foot" }, this.self);
      this.view = element("div", { role: "search", class: "search" }, this.field, this.status, this.list, this.foot);
      this.field.ariaLabel = document.querySelector("a[data-search]")?.textContent ?? "";
      this.field.addEventListener("input", (event) => {
        // What an input method has not finished is not asked for yet.
        if (!(event instanceof InputEvent && event.isComposing)) this.show();
      });
      this.field.addEventListener("compositionend", () => this.show());
      this.view.addEventListener("keydown", (event) => this.move(event));
      this.begin(documents);
    }

    /** @param {Promise<void>} documents */
    async begin(documents) {
      let index;
      try {
        await documents;
        // The search may have been opened a second time before it was there.
        if (this.finder) return;
        index = taken();
      } catch {
        this.status.textContent = document.querySelector("a[data-search]")?.getAttribute("data-failed") ?? "";
        return;
      }
      const { words, more, documents: all } = index;
      this.words = words;
      if (more) this.more = { file: more, state: "not loaded" };
      this.field.ariaLabel = words.label;
      this.self.textContent = words["as-page"];
      this.foot.querySelector("label")?.remove();
      this.foot.append(keySwitch(words.key));
      this.finder = new rungs.Finder(all);
      this.show();
    }

    /** Begins again with what could not be loaded the last time. @param {Promise<void>} documents */
    resume(documents) {
      if (!this.finder) {
        this.begin(documents);
      } else if (this.more?.state === "failed") {
        this.more.state = "not loaded";
        this.show();
      }
    }

    show() {
      const query = this.field.value.trim();
      const page = new URL(this.page);
      if (query) page.searchParams.set("q", query);
      this.self.href = page.href;
      this.self.hidden = query === "" || !this.finder;
      this.asked?.(page);
      if (!this.finder) return;
      this.query = query;
      this.first = this.finder.find(query);
      this.list.replaceChildren();
      this.list.scrollTop = 0;
      if (this.lacks() && this.more?.state === "not loaded") this.loadMore(this.more);
      this.fill();
    }

    /** Whether the first file has too little for the query. What is only written like it is not what was asked for. */
    lacks() {
      if (!this.first) return false;
      const { parts, entries, similar } = this.first;
      return similar || (parts.length > 0 && entries.length < ENOUGH);
    }

    /** @param {More} more */
    async loadMore(more) {
      more.state = "loading";
      try {
        await rungs.load(rungs.address(more.file));
        more.finder = new rungs.Finder(taken().documents);
        more.state = "loaded";
      } catch {
        // What the first file has is then all. The second is asked for again when the search is opened the next time.
        more.state = "failed";
      }
      // Whoever has typed on meanwhile may have found enough.
      if (this.lacks()) this.fill();
    }

    /** What is found, by the files that have it. What is only written like the query counts if there is nothing else. */
    findings() {
      const first = this.first ? [this.first] : [];
      if (!this.lacks() || !this.more?.finder) return first;
      const both = [...first, this.more.finder.find(this.query)];
      const exact = both.filter(({ similar }) => !similar);
      return exact.length > 0 ? exact : both;
    }

    /**
     * Shows what is found behind what is shown already, which may have the focus. How much it is, is said once nothing
     * more can come, and so is what is only written like the query.
     */
    fill() {
      const waits = this.lacks() && this.more?.state === "loading";
      const findings = this.findings().filter(({ similar }) => !(waits && similar));
      const found = findings.flatMap(({ parts, entries }) => entries.map((entry) => ({ entry, parts })));
      const more = found.slice(this.list.children.length, SHOWN);
      this.list.append(...more.map(({ entry, parts }) => result(entry, parts, this.words)));
      const similar = findings.some((one) => one.similar);
      const said = this.query === "" ? this.words.label : this.said(this.query, found.length, similar);
      this.status.textContent = waits ? "" : said;
    }

    /** @param {string} query @param {number} count @param {boolean} similar */
    said(query, count, similar) {
      if (count === 0) return this.words.none.replace("%{query}", query);
      const form = new Intl.PluralRules(document.documentElement.lang).select(count);
      const number = (this.words[`results.${form}`] ?? this.words["results.other"]).replace("%{count}", String(count));
      return similar ? `${this.words.similar} ${number}` : number;
    }

    /** @param {KeyboardEvent} event */
    move(event) {
      const links = Array.from(this.list.querySelectorAll("a"));
      const stops = [this.field, ...links];
      const at = stops.indexOf(/** @type {any} */ (document.activeElement));
      if (event.isComposing || at === -1) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
      } else if (event.key === "Enter" && at === 0 && links.length > 0) {
        event.preventDefault();
        this.entered(links[0]);
      }
    }

    /** @param {HTMLAnchorElement} first */
    entered(first) {
      first.click();
    }

    /** The query whose results are shown. */
    query = "";
    /** What the first file of the index has for it. @type {Findings | undefined} */
    first;
    /** @type {More | undefined} */
    more;
    /** What else is to be done when a query is asked. @type {((page: URL) => void) | undefined} */
    asked;
  }

  /** The search on its own page, where the query stands in the address. @param {Search} search @param {Element} place */
  const onPage = (search, place) => {
    search.field.value = new URLSearchParams(location.search).get("q") ?? "";
    search.asked = (page) => {
      try {
        history.replaceState(null, "", page.search || location.pathname);
      } catch {
        // On a disk the address may have to stay as it is.
      }
      rungs.keepPlace();
    };
    search.entered = (first) => first.focus();
    search.self.remove();
    place.replaceChildren(search.view);
    search.show();
  };

  /** The search over whatever page it was called from. @param {Search} search */
  const inDialog = (search) => {
    const link = document.querySelector("a[data-search]");
    const button = element("button", { type: "button", class: "close" }, link?.getAttribute("data-close") ?? "");
    const dialog = element("dialog", { class: "search-dialog" }, search.view, button);
    const close = () => {
      dialog.close();
      // Where there is nothing to give the focus back to, browsers take it from the field only a moment later.
      search.field.blur();
    };
    dialog.ariaLabel = link?.textContent ?? "";
    button.addEventListener("click", close);
    dialog.addEventListener("keydown", (event) => {
      // In a field for searching, the key would first delete what stands in it.
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      close();
    });
    dialog.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      const { left, right, top, bottom } = dialog.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      const beside = target === dialog && (x < left || x > right || y < top || y > bottom);
      // A result may lead to this very page.
      if (beside || target.closest("a[href]")) close();
    });
    document.body.append(dialog);
    return dialog;
  };

  /** @type {Search | undefined} */
  let search;
  /** @type {HTMLDialogElement | undefined} */
  let dialog;

  rungs.openSearch = (documents, address) => {
    const place = document.querySelector("[data-search-here]");
    if (!search) {
      search = new Search(documents, address);
      if (place) onPage(search, place);
      else dialog = inDialog(search);
    } else {
      search.resume(documents);
    }
    if (dialog && !dialog.open) dialog.showModal();
    search.field.focus();
    search.field.select();
  };
}
