// @ts-check
"use strict";

// The forms of a citation that are data. Loaded when somebody opens them.

{
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

  /** Adds the forms of a citation that are data, when somebody opens them. Each form can be copied. @param {Element} opened */
  rungs.addForms = (opened) => {
    const data = document.getElementById("_citations")?.textContent;
    const { common, languages } = data ? JSON.parse(data) : { common: {}, languages: {} };
    for (const list of /** @type {NodeListOf<HTMLElement>} */ (opened.querySelectorAll("[data-copy]"))) {
      const part = /** @type {HTMLElement | null} */ (list.closest(".language"));
      const { copy = "", copied = "", copyAs = "" } = list.dataset;
      const actions = /** @type {HTMLElement | undefined | null} */ (part?.querySelector(".actions"));
      const item = /** @type {CitationItem} */ ({ ...common, ...languages[part?.id ?? ""] });
      const html = rungs.formatsOf(rungs.markdownIn(list), item.language ?? part?.lang ?? document.documentElement.lang)["text/html"];
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
        const button = rungs.copyButton(copy, copied, actions?.dataset.failed ?? "", () => ({ "text/plain": text }));
        button.ariaLabel = copyAs.replace("%{form}", place.previousElementSibling?.textContent ?? "");
        place.append(button);
      }
    }
  };
}
