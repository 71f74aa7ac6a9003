// @ts-check
"use strict";

// Leads from an address that was typed as people read it to the page that is meant: `L6/`, `c/TL-031`, `tl31`. Where there
// is none, the page speaks the reader's language. Loaded on the page for addresses that lead nowhere.

{
  const root = document.body.dataset.root ?? "/";
  const path = rungs.decoded(location.pathname).slice(root.length);
  const names = path.replace(/(\/|^)index\.html?$/i, "").split("/").filter((name) => name !== "");
  const small = names.map((name) => name.toLowerCase());

  /** @type {HTMLElement[]} */
  const sections = Array.from(document.querySelectorAll("main > section"));
  const preferred = rungs.preferredLanguage()?.hreflang;
  const section =
    sections.find(({ dataset }) => dataset.locale === small[0]) ?? sections.find(({ lang }) => lang === preferred) ?? sections[0];
  const locale = section.dataset.locale ?? "";

  /** Shows the part for the reader's language alone, as the page. */
  const speak = () => {
    const heading = section.querySelector("h2");
    const title = document.querySelector("h1");
    if (heading && title) {
      title.textContent = heading.textContent;
      document.title = `${heading.textContent} · ${section.querySelector("p:last-child")?.textContent}`;
      heading.remove();
    }
    const home = /** @type {HTMLAnchorElement | null} */ (section.querySelector("p:last-child a"));
    const wordmark = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.wordmark"));
    if (home && wordmark) {
      wordmark.href = home.href;
      if (wordmark.lastChild instanceof Text) wordmark.lastChild.data = home.textContent;
    }
    document.documentElement.lang = section.lang;
    document.documentElement.dir = section.dir;
    for (const other of sections) other.hidden = other !== section;
  };

  /** The address of an id that stands somewhere in a text, in the reader's language. @param {string} text */
  const permanent = (text) => {
    const [, prefix, number] = /(?:^|[^a-z0-9])([a-z][a-z0-9]*?)[-_ ]?(\d+)(?![a-z0-9])/i.exec(text) ?? [];
    return prefix && `c/${rungs.slugOf(prefix + number)}/${section === sections[0] ? "" : `#${locale}`}`;
  };

  /** Where the address may have been meant to lead, the likeliest first. */
  const candidates = () => {
    const last = small.at(-1) ?? "";
    const lower = small.join("/") + (/\.[a-z]+$/.test(last) ? "" : "/");
    const listed = /** @type {NodeListOf<HTMLAnchorElement>} */ (section.querySelectorAll("li a"));
    const links = Array.from(listed, (link) => link.pathname.slice(root.length));
    const level = links.find((link) => link.endsWith(`/${last}/`));
    const inLocale = links.some((link) => link.startsWith(`${locale}/${small[0]}/`)) ? `${locale}/${lower}` : undefined;
    const id = /^[a-z][a-z0-9]*?[-_ ]?\d+$/.test(last) ? permanent(last) : undefined;
    /** @type {string[]} */
    const known = [lower, level ?? "", inLocale ?? "", id ?? ""];
    return known.filter((one) => one !== path && one !== "");
  };

  /** Whether there is such a page. @param {string} candidate */
  const exists = async (candidate) => {
    try {
      return (await fetch(root + candidate, { method: "HEAD" })).ok;
    } catch {
      return false;
    }
  };

  const lead = async () => {
    for (const candidate of candidates()) {
      if (!(await exists(candidate))) continue;
      const target = new URL(root + candidate, location.href);
      target.search = location.search;
      if (location.hash) target.hash = location.hash;
      location.replace(target);
      return;
    }
  };

  /** Offers the criterion whose id stands in the address, if there is one. */
  const offer = async () => {
    const address = permanent(path);
    if (!address || !(await exists(address))) return;
    const id = (/c\/([^/]*)/.exec(address)?.[1] ?? "").toUpperCase();
    const link = document.createElement("a");
    link.href = root + address;
    link.textContent = id;
    const [before, after] = (section.dataset.meant ?? "").split("%{id}");
    const meant = document.createElement("p");
    meant.append(before, link, after);
    section.querySelector("p")?.after(meant);
  };

  /** The search begins with the words of the address. */
  const ask = () => {
    const link = /** @type {HTMLAnchorElement | null} */ (section.querySelector("a[data-search]"));
    const words = names.filter((_, at) => small[at] !== locale && small[at] !== "c" && small[at] !== "404.html");
    const spaced = (/** @type {string} */ name) => name.replace(/\.html?$/, "").replace(/[_.+]+|-(?!\d)/g, " ");
    const query = words.map((name) => (/^[a-z]+[-_ ]?\d+$/i.test(name) ? name : spaced(name))).join(" ").trim();
    if (!link || query === "") return;
    link.search = new URLSearchParams({ q: query }).toString();
    link.textContent = (link.dataset.for ?? "").replace("%{query}", query);
  };

  speak();
  ask();
  lead().then(offer);
}
