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

  /** In the middle of a page the languages are within reach while a reader scrolls back: the switch itself is far above. */
  const offerLanguages = () => {
    const header = document.querySelector("header.site");
    const list = header?.querySelector("[data-language-switch] > ul");
    if (!header || !list) return;
    const within = document.createElement("div");
    within.dataset.languageSwitch = "";
    within.hidden = true;
    within.append(list.cloneNode(true));
    document.body.append(within);
    let last = scrollY;
    const follow = () => {
      within.hidden = scrollY >= last || header.getBoundingClientRect().bottom > 0;
      last = scrollY;
    };
    window.addEventListener("scroll", follow, { passive: true });
  };

  /** What an address has as text. @param {string} written */
  const decoded = (written) => {
    try {
      return decodeURIComponent(written);
    } catch {
      return written;
    }
  };

  /** The part that the address names. */
  const namedPart = () => document.getElementById(decoded(location.hash.slice(1)));

  /** An id as addresses have it, however somebody wrote it: `tl-031` for `TL_31`. @param {string} text */
  const slugOf = (text) =>
    text.toLowerCase().replace(/^([a-z][a-z0-9]*?)[-_ ]?0*(\d+)$/, (_, prefix, number) => `${prefix}-${number.padStart(3, "0")}`);

  /** A part that the address names in other letters is shown all the same. */
  const mendPart = () => {
    const name = decoded(location.hash.slice(1));
    if (name === "" || namedPart()) return;
    const meant = [name.toLowerCase(), slugOf(name)].find((one) => document.getElementById(one));
    if (meant) location.replace(`#${encodeURIComponent(meant)}`);
  };

  /** The first criterion or heading in view, as a fragment. None at the top of a page, which is a place of its own. */
  const inView = () => {
    if (scrollY < innerHeight / 4) return "";
    const parts = Array.from(document.querySelectorAll("main [id]:not([id^=_])")).filter((part) => part.getClientRects().length);
    const places = parts.map((part) => ({ id: part.id, top: part.getBoundingClientRect().top }));
    const found = places.find(({ top }) => top >= 0 && top < innerHeight) ?? places.filter(({ top }) => top < 0).pop();
    return found ? `#${encodeURIComponent(found.id)}` : "";
  };

  /**
   * Where the reader is, as a fragment: at the part that the address names, as long as it is in view, or else at what is. An
   * anchor that a heading had in one language alone gives way to its present one.
   */
  const place = () => {
    const part = namedPart();
    const named = part?.dataset.heading ? `#${part.dataset.heading}` : location.hash;
    const { top = -1, bottom = -1 } = part?.getBoundingClientRect() ?? {};
    return bottom >= 0 && top < innerHeight ? named : inView() || named;
  };

  /**
   * The links to the same text in another language or view, each with the fragment that it has by itself.
   *
   * @type {{ link: HTMLAnchorElement, own: string }[]}
   */
  let sameText = [];

  /** The same text is read at the same place: its links take query and fragment along. */
  const keepPlace = () => {
    const here = place();
    for (const { link, own } of sameText) {
      link.search = location.search;
      link.hash = here || own;
    }
  };

  const connectSameText = () => {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = document.querySelectorAll(":is([data-language-switch], [data-view-switch]) a");
    sameText = Array.from(links, (link) => ({ link, own: link.hash })).filter(({ link }) => link.pathname !== location.pathname);
    keepPlace();
    window.addEventListener("hashchange", keepPlace);
    // Before a link is followed, whether here, in another tab or by the keyboard.
    for (const { link } of sameText) for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, keepPlace);
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

  /** The link to the language last chosen, or else to the first of those that the browser asks for. */
  const preferredLanguage = () => {
    const links = languageLinks();
    for (const tag of [recall(LANGUAGE), ...navigator.languages]) {
      if (tag === null) continue;
      const reads = languageAndScript(tag);
      const same =
        links.find((link) => link.hreflang === tag) ?? links.find((link) => languageAndScript(link.hreflang) === reads);
      if (same) return same;
    }
    return undefined;
  };

  /** The root leads on to the reader's language. */
  const leadOn = () => {
    const link = preferredLanguage();
    if (link) location.replace(link.href);
  };

  /** A permanent page has all languages. Where its address names none, it begins with the reader's. */
  const beginInLanguage = () => {
    const first = document.querySelector(".permanent > .language");
    if (!first || location.hash) return;
    const hash = preferredLanguage()?.hash;
    if (hash && hash !== `#${first.id}`) location.replace(hash);
  };

  /** Other permanent pages go on in the language that is read here. */
  const keepLanguage = () => {
    if (!document.querySelector(".permanent > .language:target")) return;
    const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".neighbours a, .in-thread a.id"));
    for (const link of links) link.hash = location.hash;
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
    const written = document.getElementById("_settings");
    return written?.textContent ? { ...JSON.parse(written.textContent), ladder: written.dataset.ladder } : undefined;
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
   * Copies at each press, and says `done` then, or `failed` if the browser refuses.
   *
   * @param {HTMLElement} button @param {string} done @param {string} failed @param {() => Formats} formats
   */
  const copyAtPress = (button, done, failed, formats) => {
    button.addEventListener("click", () => copy(formats()).then(() => say(done), () => say(failed)));
  };

  /** A button that copies. @param {string} words @param {string} done @param {string} failed @param {() => Formats} formats */
  const copyButton = (words, done, failed, formats) => {
    const button = newButton(words);
    button.className = "copy";
    copyAtPress(button, done, failed, formats);
    return button;
  };

  /** @param {string} words */
  const newButton = (words) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    return button;
  };

  /** Text that means itself in Markdown too. @param {string} text */
  const escapeMarkdown = (text) => text.replace(/[\\`*_[\]<>&]/g, "\\$&");

  /** @param {string} text */
  const escapeHtml = (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

  /** A citation, made of the one in Markdown, which holds but words and links. @param {string} markdown @param {string} language @returns {Formats} */
  const formatsOf = (markdown, language) => {
    const parts = Array.from(
      markdown.matchAll(/\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)|<([^>]*)>|\\(.)|[^\\[<]+/g),
      ([part, words, to, address, sign]) =>
        to !== undefined ? { words: (words ?? "").replace(/\\(.)/g, "$1"), to } : { words: address ?? sign ?? part, to: address },
    );
    const html = parts.map(({ words, to }) => (to ? `<a href="${escapeHtml(to)}">${escapeHtml(words)}</a>` : escapeHtml(words)));
    return { "text/html": `<p lang="${language}">${html.join("")}</p>`, "text/plain": parts.map(({ words }) => words).join("") };
  };

  /** What a row is cited as. @param {HTMLElement} row @param {string} id @param {Settings} settings */
  const citationOf = (row, id, { review, ladder }) => {
    const paragraph = /** @type {HTMLElement | null} */ (row.querySelector(".statement > p"));
    const statement = (paragraph?.textContent ?? "").replace(/\s+/g, " ").trim();
    const kind = "unreleased" in row.dataset || !review.pinned ? "now" : "pinned";
    const pattern = (paragraph?.lang && review[`${kind}-source`]) || review[kind];
    const values = /** @type {Record<string, string>} */ ({ id, slug: id.toLowerCase(), statement, ladder, ...row.dataset });
    const markdown = pattern.replace(/%\{(\w+)\}/g, (_, name) => escapeMarkdown(values[name]));
    return formatsOf(markdown, paragraph?.lang || page.lang);
  };

  /** A button in each row opens the ways to cite it: two copies, and the links that stand there without scripts. @param {Settings} settings */
  const addCiteButtons = ({ base, locale, copy, ...settings }) => {
    const ways = document.createElement("span");
    ways.id = "_cite";
    /** @type {HTMLButtonElement | null} */
    let opener = null;
    const open = (/** @type {HTMLButtonElement | null} */ button, /** @type {Element[]} */ ...content) => {
      if (opener) opener.ariaExpanded = "false";
      if (button) button.ariaExpanded = "true";
      opener = button;
      ways.replaceChildren(...content);
      if (button) button.after(ways);
      else ways.remove();
    };
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !opener?.parentElement?.contains(document.activeElement)) return;
      opener.focus();
      open(null);
    });
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("li.criterion"))) {
      const id = row.querySelector(".id")?.textContent?.trim();
      const links = Array.from(row.querySelectorAll(".more > :is(.permanent, .elsewhere)"));
      if (!id || !links.length) continue;
      const words = (/** @type {string} */ key) => copy[key].replace("%{id}", id);
      const copies = (/** @type {string} */ key, /** @type {() => Formats} */ formats, done = `${key}-done`) =>
        copyButton(words(key), words(done), copy.failed, formats);
      const done = "unreleased" in row.dataset ? "unreleased-done" : "review-done";
      const button = newButton(copy.cite);
      button.addEventListener("click", () => {
        if (opener === button) return open(null);
        const link = `${base}c/${id.toLowerCase()}/#${locale}`;
        const review = copies("review", () => citationOf(row, id, /** @type {Settings} */ (settings)), done);
        open(button, review, copies("link", () => ({ "text/plain": link })), ...links);
      });
      button.className = "cite";
      button.ariaLabel = words("cite-of");
      button.ariaExpanded = "false";
      links[0].before(button);
      for (const link of links) link.remove();
    }
  };

  /** The citation in Markdown among the forms of one. @param {Element | null} list */
  const markdownIn = (list) => list?.querySelectorAll(".citation")[1]?.textContent ?? "";

  /** On pages of what can be cited, the first button copies the citation for a review, the second the link to what holds now. */
  const connectCitationActions = () => {
    for (const actions of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".actions"))) {
      const part = /** @type {HTMLElement | null} */ (actions.closest(".language"));
      const { failed = "", ...own } = actions.dataset;
      const markdown = own.markdown ?? markdownIn(part);
      const { href = "" } = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]")) ?? {};
      const address = part ? `${href}#${part.id}` : href;
      const ways = [() => formatsOf(markdown, own.language ?? part?.lang ?? page.lang), () => ({ "text/plain": address })];
      const buttons = /** @type {NodeListOf<HTMLElement>} */ (actions.querySelectorAll("button"));
      buttons.forEach((button, at) => copyAtPress(button, button.dataset.done ?? "", failed, ways[at]));
    }
  };

  // What few readers need, loaded for those who do

  /** Adds the forms of a citation that are data, when somebody opens them. @param {Element} forms */
  const openForms = async (forms) => {
    await load(address(asset("forms.js")));
    rungs.addForms?.(forms);
  };

  /** Shows what an id stands for. @param {Event} event */
  const showHint = async ({ target }) => {
    const link = target instanceof Element && target.closest("a.ref[title]");
    if (!link) return;
    await load(address(asset("hints.js")));
    rungs.showHint?.(/** @type {HTMLAnchorElement} */ (link));
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
  const searchLink = () => document.querySelector("a[data-search]:not([hidden] *)");

  /** Opens the search: over the page, or on the page that is made for it. @param {HTMLAnchorElement} link */
  const openSearch = async (link) => {
    const documents = Promise.all([address(asset("finder.js")), link.dataset.search ?? ""].map(load)).then(() => {});
    // Said by the search, once that is there to say it.
    documents.catch(() => {});
    try {
      await Promise.all([asset("search.css"), asset("search.js")].map(address).map(load));
      rungs.openSearch?.(documents, link);
    } catch {
      location.assign(link.href);
    }
  };

  const connectSearch = () => {
    const link = searchLink();
    if (!link) return;
    const here = document.querySelector("[data-search-here]") !== null;
    link.addEventListener("click", (event) => {
      // A link that asks for something leads to its page.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.search) return;
      event.preventDefault();
      openSearch(link);
    });
    document.addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
      const writing = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
      const bySlash = key === "/" && !writing && searchKey.isOn() && !ctrlKey && !metaKey && !altKey;
      const byLetter = key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey;
      if (!bySlash && !byLetter) return;
      event.preventDefault();
      openSearch(link);
    });
    if (here) openSearch(link);
  };

  // The rest is added by the scripts of the search.
  globalThis.rungs = /** @type {Rungs} */ ({
    address, copy, copyButton, decoded, formatsOf, keepPlace, load, markdownIn, preferredLanguage, searchKey, slugOf,
    say: (text) => say(text),
    index: (value) => void (rungs.found = value),
  });

  document.addEventListener("DOMContentLoaded", async () => {
    if (location.protocol === "file:") mendLinks();
    offerLanguages();
    for (const link of languageLinks()) {
      link.addEventListener("click", () => {
        remember(LANGUAGE, link.hreflang);
        // The text may stand on the same page.
        link.closest("details")?.removeAttribute("open");
      });
    }
    if (document.body.classList.contains("page-root")) return leadOn();
    const moved = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-moved]"));
    if (moved) return followMove(moved);
    beginInLanguage();
    keepLanguage();
    window.addEventListener("hashchange", keepLanguage);
    mendPart();
    window.addEventListener("hashchange", mendPart);
    if (document.body.classList.contains("page-not-found")) await load(address(asset("not-found.js"))).catch(() => {});
    connectSameText();
    connectSwitch("theme");
    connectSwitch("layout");
    listen();
    const settings = readSettings();
    if (settings) addCiteButtons(settings);
    connectCitationActions();
    for (const forms of document.querySelectorAll("details.forms")) {
      forms.addEventListener("toggle", () => openForms(forms), { once: true });
    }
    for (const event of ["pointerover", "focusin"]) document.addEventListener(event, showHint);
    connectSearch();
  });
}
