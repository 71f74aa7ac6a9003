// @ts-check
"use strict";

// What a reader sees of the search: a field, the number of results, and the results. Loaded when somebody searches.

{
  const SHOWN = 100;

  /** What a file of the index has handed over. The first is an `Index`, the second a `SecondIndex`. @returns {any} */
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
   * @param {Part[]} parts
   * @param {[number, number]} piece From and to, in the text.
   */
  const marked = (text, folded, parts, [from, to]) => {
    const spans = parts.flatMap((part) =>
      rungs.spansOf(folded.text, part).map(([start, end]) => [folded.places[start], folded.places[end]]),
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

  /** The sentence of a text that holds most parts of the query. @param {string} text @param {Folded} folded @param {Part[]} parts */
  const bestSentence = (text, folded, parts) => {
    const places = parts.map((part) => rungs.spansOf(folded.text, part).map(([at]) => folded.places[at]));
    let best = /** @type {[number, number]} */ ([0, 0]);
    let most = -1;
    for (const [from, to] of rungs.sentencesOf(text)) {
      const held = places.filter((ones) => ones.some((at) => from <= at && at < to)).length;
      if (held > most) [best, most] = [[from, to], held];
    }
    return best;
  };

  /** @param {Entry} entry @param {Part[]} parts @param {Record<string, string>} words */
  const result = (entry, parts, words) => {
    const { id, kind, ladder, level, category, hue, thread, title, text = "", url, language } = entry.document;
    /** @type {Record<string, string>} */
    const lang = language ? { lang: language } : {};
    const where = element("span", { class: "where" });
    if (id) where.append(element("span", { class: "id" }, id), " ");
    if (kind !== "criterion") where.append(element("span", { class: "kind" }, words[kind] ?? kind), " ");
    if (ladder) where.append(element("span", { class: "of" }, ladder), " ");
    if (level) where.append(element("span", { class: "code" }, level), " ");
    if (category) where.append(element("span", { class: "category" }, element("span", { class: "hue" }), category), " ");
    const isIn = (/** @type {Folded} */ folded) => parts.some((part) => rungs.spansOf(folded.text, part).length > 0);
    if (thread && isIn(entry.thread)) {
      where.append(element("span", { class: "thread" }, ...marked(thread, entry.thread, parts, [0, thread.length])));
    }
    const link = element("a", { href: rungs.address(url) }, where);
    if (title) {
      link.append(element("span", { class: "title", ...lang }, ...marked(title, entry.title, parts, [0, title.length])));
    }
    if (text) {
      const piece = bestSentence(text, entry.text, parts);
      link.append(element("span", { class: "text", ...lang }, ...marked(text, entry.text, parts, piece)));
    }
    // Found by the words of another language alone, it shows them.
    const isOwn = [entry.title, entry.thread, entry.text].some(isIn);
    const other = isOwn ? undefined : entry.others.find(({ folded }) => folded && isIn(folded));
    if (other?.folded && other.text) {
      const piece = bestSentence(other.text, other.folded, parts);
      link.append(element("span", { class: "text", lang: other.language ?? "" }, ...marked(other.text, other.folded, parts, piece)));
    }
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
    /** @param {Promise<void>} documents @param {HTMLAnchorElement} link To the page of the search. */
    constructor(documents, link) {
      this.link = link;
      this.page = link.href;
      /** The words are those of the page until the index brings the others. @type {Record<string, string>} */
      this.words = {};
      this.field = element("input", { type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" });
      this.level = element("select", { class: "level", autocomplete: "off" });
      this.level.hidden = true;
      this.status = element("p", { class: "status", role: "status" });
      this.list = element("ol", { class: "results" });
      this.partly = element("p", { class: "partly" });
      this.some = element("ol", { class: "results" });
      this.elsewhere = element("ul", { class: "elsewhere" });
      this.found = element("div", { class: "all-results" }, this.list, this.partly, this.some, this.elsewhere);
      this.self = element("a", { class: "as-page", href: link.href });
      this.foot = element("p", { class: "foot" }, this.self);
      const asked = element("div", { class: "asked" }, this.field, this.level);
      this.view = element("div", { role: "search", class: "search" }, asked, this.status, this.found, this.foot);
      this.field.ariaLabel = link.textContent;
      this.level.addEventListener("change", () => this.show());
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
        this.status.textContent = this.link.dataset.failed ?? "";
        return;
      }
      const { words, more, elsewhere = [], documents: all } = /** @type {Index} */ (index);
      this.words = words;
      if (more) this.more = { file: more, state: "not loaded" };
      this.field.ariaLabel = words.label;
      this.self.textContent = words["as-page"];
      this.offerLevels(all);
      this.ways = elsewhere.map(({ title, url, language }) => {
        const way = element("a", { href: rungs.address(url), ...(language ? { hreflang: language } : {}) }, title);
        this.elsewhere.append(element("li", {}, way));
        return { way, asks: language !== undefined };
      });
      this.finder = new rungs.Finder(index);
      this.began?.(words);
      this.show();
    }

    /** Results can be narrowed to a level. @param {Found[]} documents */
    offerLevels(documents) {
      const levels = documents.filter(({ kind }) => kind === "level").map(({ level, title }) => level ?? title ?? "");
      this.level.ariaLabel = this.words.level;
      const options = [["", this.words["any-level"]], ...Array.from(new Set(levels), (level) => [level, level])];
      this.level.replaceChildren(...options.map(([value, text]) => element("option", { value }, text)));
      this.level.value = this.chosen;
      if (this.level.selectedIndex < 0) this.level.value = "";
      this.level.hidden = levels.length < 2;
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
      if (this.level.value) page.searchParams.set("level", this.level.value);
      this.self.href = page.href;
      for (const { way, asks } of this.ways) if (asks) way.search = page.search;
      this.asked?.(page);
      if (!this.finder) return;
      this.query = query;
      this.first = this.finder.find(query, this.level.value);
      this.list.replaceChildren();
      this.some.replaceChildren();
      this.found.scrollTop = 0;
      if (this.lacks() && this.more?.state === "not loaded") this.loadMore(this.more);
      this.fill();
    }

    /** Whether the first file has too little for the query. */
    lacks() {
      return this.first !== undefined && this.finder !== undefined && this.finder.lacks(this.first);
    }

    /** @param {More} more */
    async loadMore(more) {
      more.state = "loading";
      try {
        await rungs.load(rungs.address(more.file));
        this.finder?.add(taken());
        more.state = "loaded";
      } catch {
        // What the first file has is then all. The second is asked for again when the search is opened the next time.
        more.state = "failed";
      }
      // Whoever has typed on meanwhile may have found enough.
      if (this.lacks()) this.fill();
    }

    /** What is found, in both files if the first has too little. @returns {Findings | undefined} */
    findings() {
      const { first, finder, query, level } = this;
      if (!first || !finder || !this.lacks() || this.more?.state !== "loaded") return first;
      return finder.findMore(first, query, level.value);
    }

    /**
     * Shows what is found behind what is shown already, which may have the focus. How much it is, is said once nothing
     * more can come, and so is what is only written like the query or has but some of its words.
     */
    fill() {
      const findings = this.findings();
      if (!findings) return;
      const { parts, entries, partial, similar } = findings;
      const waits = this.lacks() && this.more?.state === "loading";
      const row = (/** @type {Entry} */ entry) => result(entry, parts, this.words);
      const sure = waits && similar ? [] : entries;
      this.list.append(...sure.slice(this.list.children.length, SHOWN).map(row));
      this.some.replaceChildren(...(waits ? [] : partial.map(row)));
      const isPartial = sure.length === 0 && partial.length > 0;
      this.partly.textContent = waits || isPartial || partial.length === 0 ? "" : this.words.partial;
      this.elsewhere.hidden = waits || this.query === "" || (partial.length === 0 && sure.length > 0);
      const said = () => (isPartial ? this.words.partial : this.said(this.query, sure.length, similar));
      this.status.textContent = waits ? "" : this.query === "" ? this.words.label : said();
    }

    /** @param {string} query @param {number} count @param {boolean} similar */
    said(query, count, similar) {
      if (count === 0) return this.words.none.replace("%{query}", () => query);
      const form = new Intl.PluralRules(document.documentElement.lang).select(count);
      const number = (this.words[`results.${form}`] ?? this.words["results.other"]).replace("%{count}", String(count));
      return similar ? `${this.words.similar} ${number}` : number;
    }

    /** @param {KeyboardEvent} event */
    move(event) {
      const links = Array.from(this.found.querySelectorAll("a")).filter((link) => link.checkVisibility?.() ?? true);
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
    /** The level that was chosen before its name was known. */
    chosen = "";
    /** Links to where else to look. @type {{ way: HTMLAnchorElement, asks: boolean }[]} */
    ways = [];
    /** What else is to be done once the words of the search are there. @type {((words: Record<string, string>) => void) | undefined} */
    began;
    /** What the first file of the index has for it. @type {Findings | undefined} */
    first;
    /** @type {More | undefined} */
    more;
    /** What else is to be done when a query is asked. @type {((page: URL) => void) | undefined} */
    asked;
  }

  /** The search on its own page, where the query stands in the address. @param {Search} search @param {Element} place */
  const onPage = (search, place) => {
    const asked = new URLSearchParams(location.search);
    search.field.value = asked.get("q") ?? "";
    search.chosen = asked.get("level") ?? "";
    search.began = (words) => search.foot.replaceChildren(keySwitch(words.key));
    search.asked = (page) => {
      try {
        history.replaceState(null, "", page.search || location.pathname);
      } catch {
        // On a disk the address may have to stay as it is.
      }
      rungs.keepPlace();
    };
    search.entered = (first) => first.focus();
    search.foot.replaceChildren();
    place.replaceChildren(search.view);
    search.show();
  };

  /** The search over whatever page it was called from. @param {Search} search */
  const inDialog = (search) => {
    const { link } = search;
    const button = element("button", { type: "button", class: "close" }, link.dataset.close ?? "");
    const dialog = element("dialog", { class: "search-dialog" }, search.view, button);
    const close = () => {
      dialog.close();
      // Where there is nothing to give the focus back to, browsers take it from the field only a moment later.
      search.field.blur();
    };
    dialog.ariaLabel = link.textContent;
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

  rungs.openSearch = (documents, link) => {
    const place = document.querySelector("[data-search-here]");
    if (!search) {
      search = new Search(documents, link);
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
