// @ts-check
"use strict";

// Adds to pages that are complete without it. It stands in the head and is not deferred, so that a chosen theme holds
// before anything is drawn; all else waits for the page. It is a classic script, and so are those it loads, because
// browsers refuse modules and `fetch` on pages that are read from a folder on a disk.

{
  const LANGUAGE = "rungs-language";
  const SEARCH_KEY = "rungs-search-key";
  const page = document.documentElement;

  /** What was stored under a key. Browsers may refuse to store anything. @param {string} key */
  const recall = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  /** @param {string} key @param {string} value */
  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // The choice then holds for this page only.
    }
  };

  /** How pages look: for each choice the key under which it is stored and what it may be, the default first. */
  const CHOICES = {
    theme: { key: "rungs-theme", values: ["auto", "light", "dark"] },
    layout: { key: "rungs-layout", values: ["columns", "lines"] },
  };

  /** Shows what was chosen, and returns it. @param {"theme" | "layout"} choice */
  const show = (choice, value = recall(CHOICES[choice].key) ?? "") => {
    const { values } = CHOICES[choice];
    if (values.indexOf(value) > 0) page.dataset[choice] = value;
    else delete page.dataset[choice];
    return page.dataset[choice] ?? values[0];
  };

  page.classList.add("scripts");
  show("theme");
  show("layout");

  /** @param {"theme" | "layout"} choice */
  const connectSwitch = (choice) => {
    const list = /** @type {HTMLSelectElement | null} */ (document.querySelector(`select[data-${choice}-switch]`));
    if (!list) return;
    // A page may come back as it was left, after another choice on another page.
    window.addEventListener("pageshow", () => (list.value = show(choice)));
    list.addEventListener("change", () => {
      remember(CHOICES[choice].key, list.value);
      show(choice, list.value);
    });
  };

  // Languages

  /** The links of the language switch. @returns {HTMLAnchorElement[]} */
  const languageLinks = () => Array.from(document.querySelectorAll("[data-language-switch] a"));

  /** The fragment of the address. An anchor that a heading had in one language alone gives way to its present one. */
  const fragment = () => {
    try {
      const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      return part?.dataset.heading ? `#${part.dataset.heading}` : location.hash;
    } catch {
      return location.hash;
    }
  };

  /** The same text in another language or view is read at the same place: its link takes query and fragment along. */
  const keepPlace = () => {
    for (const link of [...languageLinks(), .../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-view-switch] a"))]) {
      const target = new URL(link.href);
      if (target.pathname === location.pathname) continue;
      target.search = location.search;
      target.hash = fragment();
      link.href = target.href;
    }
  };

  /** @param {string} tag */
  const languageAndScript = (tag) => {
    try {
      const { language, script } = new Intl.Locale(tag).maximize();
      return `${language}-${script}`;
    } catch {
      return tag;
    }
  };

  /** The root leads on to the language last chosen, or else to the first that the browser asks for. */
  const leadOn = () => {
    const links = languageLinks();
    for (const tag of [recall(LANGUAGE), ...navigator.languages]) {
      if (tag === null) continue;
      const reads = languageAndScript(tag);
      const same =
        links.find((link) => link.hreflang === tag) ?? links.find((link) => languageAndScript(link.hreflang) === reads);
      if (same) return location.replace(same.href);
    }
  };

  /** A page that has another address now leads on to the same part of it. @param {HTMLAnchorElement} link */
  const followMove = (link) => {
    if (location.hash) link.hash = location.hash;
    location.replace(link.href);
  };

  // A folder on a disk

  /** Where a page is read. On a disk, a link to a folder would show a list of files. @param {URL} target */
  const readable = (target) => {
    if (target.protocol === "file:" && target.pathname.endsWith("/")) target.pathname += "index.html";
    return target.href;
  };

  /** The address of a path of the site, as seen from here. @param {string} path */
  const address = (path) => readable(new URL((document.body.dataset.root ?? "") + path, location.href));

  const mendLinks = () => {
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[href]"))) {
      if (link.protocol === "file:") link.href = readable(new URL(link.href));
    }
  };

  // Copying

  /** @returns {Settings | undefined} Nothing on a page of a theme that has none. */
  const readSettings = () => {
    const text = document.getElementById("_settings")?.textContent;
    return text ? JSON.parse(text) : undefined;
  };

  /** Says something to those who see and to those who listen. @type {(text: string) => void} */
  let say = () => {};

  const listen = () => {
    const status = document.createElement("p");
    status.className = "toast";
    status.setAttribute("role", "status");
    document.body.append(status);
    let timer = 0;
    say = (text) => {
      // The same words a second time are only heard if they come anew.
      status.textContent = "";
      clearTimeout(timer);
      setTimeout(() => (status.textContent = text), 50);
      timer = setTimeout(() => (status.textContent = ""), 5000);
    };
  };

  /** @param {Formats} formats */
  const copy = async (formats) => {
    try {
      const blobs = Object.entries(formats).map(([type, text]) => [type, new Blob([text], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } catch {
      copyByCommand(formats);
    }
  };

  /** The old way, for browsers without the new one and for pages that came over plain HTTP. @param {Formats} formats */
  const copyByCommand = (formats) => {
    const give = (/** @type {ClipboardEvent} */ event) => {
      event.preventDefault();
      for (const [type, text] of Object.entries(formats)) event.clipboardData?.setData(type, text);
    };
    document.addEventListener("copy", give, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", give);
    if (!done) throw new Error("the browser does not let the page copy");
  };

  /**
   * @param {string} words
   * @param {string} name What it does, for those who do not see beside what it stands. Begins with the words.
   * @param {string} done What is said then.
   * @param {string} failed What is said if the browser refuses.
   * @param {() => Formats} formats
   */
  const copyButton = (words, name, done, failed, formats) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words;
    button.ariaLabel = name;
    button.addEventListener("click", () => {
      copy(formats()).then(() => say(done), () => say(failed));
    });
    return button;
  };

  /** Text that means itself in Markdown too. @param {string} text */
  const escapeMarkdown = (text) => text.replace(/[\\`*_[\]<>&]/g, "\\$&");

  /**
   * What can be copied of a criterion. The address is the one that the site calls its own, wherever this copy stands.
   *
   * @param {HTMLElement} row
   * @param {string} id
   * @param {Settings} settings
   * @returns {Record<string, () => Formats>}
   */
  const formatsOf = (row, id, settings) => {
    const link = new URL(`c/${id.toLowerCase()}/`, settings.base).href;
    const cited = `${link}#${settings.locale}`;
    const name = `${id} (${row.dataset.level})`;
    const paragraph = /** @type {HTMLElement | null} */ (row.querySelector(".statement > p"));
    const statement = (paragraph?.textContent ?? "").replace(/\s+/g, " ").trim();
    const rich = () => {
      const text = document.createElement("p");
      const anchor = document.createElement("a");
      text.lang = paragraph?.lang || page.lang;
      anchor.href = cited;
      anchor.textContent = name;
      text.append(anchor, `: ${statement}`);
      return text.outerHTML;
    };
    return {
      link: () => ({ "text/plain": link }),
      markdown: () => ({ "text/plain": `[${escapeMarkdown(name)}](${cited}): ${escapeMarkdown(statement)}` }),
      "rich-text": () => ({ "text/html": rich(), "text/plain": `${name}: ${statement} ${cited}` }),
    };
  };

  /** @param {Settings} settings */
  const addActions = (settings) => {
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("li.criterion"))) {
      const id = row.querySelector(".id")?.textContent?.trim();
      const place = row.querySelector(".more:has(.permanent)");
      if (!id || !place) continue;
      const words = (/** @type {string} */ key) => (settings.copy[key] ?? key).replace("%{id}", id);
      for (const [kind, formats] of Object.entries(formatsOf(row, id, settings))) {
        const name = words(`${kind}-of`);
        place.append(copyButton(words(kind), name, words(`${kind}-done`), words("failed"), formats));
      }
    }
  };

  /** @param {string} text */
  const escapeHtml = (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

  /**
   * A citation in HTML, made of the one in Markdown, which holds nothing but words and links.
   *
   * @param {string} markdown @param {string} language
   */
  const htmlOf = (markdown, language) => {
    const link = (/** @type {string} */ words, /** @type {string} */ address) =>
      `<a href="${escapeHtml(address)}">${escapeHtml(words.replace(/\\(.)/g, "$1"))}</a>`;
    const parts = markdown.matchAll(/\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)|<([^>]*)>|\\(.)|[^\\[<]+/g);
    const html = Array.from(parts, ([part, words, to, address, sign]) =>
      to !== undefined ? link(words, to) : address !== undefined ? link(address, address) : escapeHtml(sign ?? part));
    return `<p lang="${language}">${html.join("")}</p>`;
  };

  /** Text that means itself in TeX too. @param {string} text */
  const escapeTex = (text) =>
    text.replace(/[\\~^&%$#_{}]/g, (sign) => {
      const name = { "\\": "backslash", "~": "asciitilde", "^": "asciicircum" }[sign];
      return name ? `\\text${name}{}` : `\\${sign}`;
    });

  /** An entry for BibTeX and biblatex. @param {CitationItem} item */
  const bibtexOf = (item) => {
    const names = (/** @type {{ literal: string }[]} */ list) => list.map((name) => `{${escapeTex(name.literal)}}`).join(" and ");
    const date = item.issued?.["date-parts"][0].map((part) => String(part).padStart(2, "0"));
    const fields = {
      author: names(item.author),
      title: `{${item.id}: ${escapeTex(item.title)}}`,
      howpublished: escapeTex(item["container-title"]),
      note: escapeTex(`${item.section}; ${item.note}`),
      translator: item.translator && names(item.translator),
      edition: item.edition,
      date: date?.join("-"),
      year: date?.[0],
      language: item.language,
      url: item.URL,
    };
    const lines = Object.entries(fields).filter(([, value]) => value !== undefined).map(([name, value]) => `  ${name} = {${value}},\n`);
    return `@misc{${item.id.toLowerCase().replace("@", "-")},\n${lines.join("")}}`;
  };

  /** A list of one item, with its keys in order. @param {CitationItem} item */
  const cslOf = (item) => JSON.stringify([Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))], null, 2);

  /** On the permanent page a review gets its citation and a link, and each form of the citation can be copied as it stands. */
  const addCitationActions = () => {
    const data = document.getElementById("_citations")?.textContent;
    const { common, languages } = data ? JSON.parse(data) : { common: {}, languages: {} };
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".language"))) {
      const list = /** @type {HTMLElement | null} */ (part.querySelector("[data-copy]"));
      if (!list) continue;
      const { copy = "", copied = "", copyAs = "", copyFailed = "" } = list.dataset;
      const texts = Array.from(list.querySelectorAll(".citation"), (citation) => citation.textContent ?? "");
      const item = /** @type {CitationItem} */ ({ ...common, ...languages[part.id] });
      const html = htmlOf(texts[1] ?? "", item.language ?? part.lang);
      for (const [form, text] of data ? [["HTML", html], ["BibTeX", bibtexOf(item)], ["CSL-JSON", cslOf(item)]] : []) {
        const [name, place, pre, code] = ["dt", "dd", "pre", "code"].map((tag) => document.createElement(tag));
        name.textContent = form;
        code.textContent = text;
        pre.className = "citation";
        pre.tabIndex = 0;
        pre.append(code);
        place.append(pre);
        list.append(name, place);
      }
      for (const place of list.querySelectorAll("dd")) {
        const text = place.querySelector(".citation")?.textContent ?? "";
        const name = copyAs.replace("%{form}", place.previousElementSibling?.textContent ?? "");
        place.append(copyButton(copy, name, copied, copyFailed, () => ({ "text/plain": text })));
      }
      const actions = /** @type {HTMLElement | null} */ (part.querySelector(".actions"));
      if (!actions) continue;
      const { review = "", reviewDone = "", link = "", linkDone = "", failed = "" } = actions.dataset;
      const address = `${/** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href}#${part.id}`;
      const citation = { "text/html": html, "text/plain": texts[0] ?? "" };
      actions.append(
        copyButton(review, review, reviewDone, failed, () => citation),
        copyButton(link, link, linkDone, failed, () => ({ "text/plain": address })),
      );
    }
  };

  // Searching

  /** @type {Map<string, Promise<void>>} */
  const loaded = new Map();

  /** Loads a script or a style once. What failed can be tried again. @param {string} file */
  const load = (file) => {
    const before = loaded.get(file);
    if (before) return before;
    const style = file.endsWith(".css");
    const element = style ? document.createElement("link") : document.createElement("script");
    if (element instanceof HTMLLinkElement) Object.assign(element, { rel: "stylesheet", href: file });
    else element.src = file;
    const loading = new Promise((/** @type {(value: void) => void} */ done, failed) => {
      element.onload = () => done();
      element.onerror = () => {
        loaded.delete(file);
        element.remove();
        failed(new Error(`${file} cannot be loaded`));
      };
    });
    loaded.set(file, loading);
    document.head.append(element);
    return loading;
  };

  /** Whether a key opens the search. Who speaks to the computer may want no key to do anything by itself. */
  const searchKey = {
    isOn: () => recall(SEARCH_KEY) !== "off",
    turn: (/** @type {boolean} */ on) => remember(SEARCH_KEY, on ? "on" : "off"),
  };

  /** @returns {HTMLAnchorElement | null} The link to the search, which also names the index of its language. */
  const searchLink = () => document.querySelector("a[data-search]");

  /** Opens the search: over the page, or on the page that is made for it. @param {HTMLAnchorElement} link */
  const openSearch = async (link) => {
    const parts = [asset("finder.js"), asset("vendor/minisearch.js")].map(address);
    const documents = Promise.all([...parts, link.dataset.search ?? ""].map(load)).then(() => {});
    // Said by the search, once that is there to say it.
    documents.catch(() => {});
    try {
      await Promise.all([asset("search.css"), asset("search.js")].map(address).map(load));
      rungs.openSearch?.(documents, link.href);
    } catch {
      location.assign(link.href);
    }
  };

  const connectSearch = () => {
    const link = searchLink();
    if (!link) return;
    const here = document.querySelector("[data-search-here]") !== null;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      openSearch(link);
    });
    document.addEventListener("keydown", (event) => {
      const writing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || writing || !searchKey.isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      openSearch(link);
    });
    if (here) openSearch(link);
  };

  // The rest is added by the scripts of the search.
  globalThis.rungs = /** @type {Rungs} */ ({ address, keepPlace, load, searchKey, index: (value) => void (rungs.found = value) });

  document.addEventListener("DOMContentLoaded", () => {
    if (location.protocol === "file:") mendLinks();
    for (const link of languageLinks()) link.addEventListener("click", () => remember(LANGUAGE, link.hreflang));
    if (document.body.classList.contains("page-root")) return leadOn();
    const moved = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-moved]"));
    if (moved) return followMove(moved);
    keepPlace();
    window.addEventListener("hashchange", keepPlace);
    connectSwitch("theme");
    connectSwitch("layout");
    listen();
    const settings = readSettings();
    if (settings) addActions(settings);
    addCitationActions();
    connectSearch();
  });
}
