// The kinds of page that a site has, as its addresses tell them apart: one table, from which every test that looks at
// "each kind of page" takes its examples. A page that fits no row fails the crawl, so that no kind goes untested.

/** The locales of the site: its folder, the `lang` of its pages, and a language that a browser would ask for. */
export const LOCALES = [
  { folder: "en", lang: "en", browser: "en-GB" },
  { folder: "zh-tw", lang: "zh-Hant-TW", browser: "zh-TW" },
];

/** What can stand in an address, and the one that serves as the example. */
const PLACES = {
  ladder: { pattern: "technical-leadership", example: "technical-leadership" },
  level: { pattern: "l\\d+", example: "l6" },
  pair: { pattern: "l\\d+-l\\d+", example: "l5-l6" },
  note: { pattern: "[a-z0-9-]+", example: "maps" },
  id: { pattern: "[a-z]+-\\d+", example: "tl-042" },
};

/**
 * One row for each kind of page. `{locale}` makes a page in each locale; `{other}` is the locale beside it.
 *
 * `scripts: false`: looked at without scripts, since they would lead on to another page at once.
 * `seenAt`: where a reader meets the page, if not at its own address.
 */
export const KINDS = [
  { kind: "root", address: "", scripts: false },
  { kind: "not-found", address: "404.html", seenAt: "no/such/page/", status: 404 },
  { kind: "criterion", address: "c/{id}/" },
  { kind: "home", address: "{locale}/" },
  { kind: "glossary", address: "{locale}/glossary/" },
  { kind: "licence", address: "{locale}/licence/" },
  { kind: "search", address: "{locale}/search/" },
  { kind: "notes", address: "{locale}/notes/" },
  { kind: "note", address: "{locale}/notes/{note}/" },
  { kind: "ladder", address: "{locale}/{ladder}/" },
  { kind: "matrix", address: "{locale}/{ladder}/matrix/" },
  { kind: "threads", address: "{locale}/{ladder}/threads/" },
  { kind: "compare", address: "{locale}/{ladder}/compare/{pair}/" },
  { kind: "beside", address: "{locale}/{ladder}/beside/{other}/" },
  { kind: "interleaved", address: "{locale}/{ladder}/beside/{other}/interleaved/" },
  { kind: "level", address: "{locale}/{ladder}/{level}/" },
];

/**
 * One example of each kind of page in each locale.
 *
 * @returns {{ name: string, kind: string, address: string, seenAt: string, locale: typeof LOCALES[number], status: number,
 *   scripts: boolean }[]} A page without a locale of its own is there once, for a reader of the first.
 */
export function examples() {
  return KINDS.flatMap(({ kind, address: form, seenAt, status = 200, scripts = true }) => {
    const locales = form.includes("{locale}") ? LOCALES : LOCALES.slice(0, 1);
    return locales.map((locale) => {
      const name = locales.length > 1 ? `${kind}-${locale.folder}` : kind;
      const address = exampleOf(form, locale);
      return { name, kind, address, seenAt: seenAt ?? address, locale, status, scripts };
    });
  });
}

/** The kind of the page at an address, or nothing if the table has no row for it. */
export function kindOf(address) {
  return KINDS.find(({ address: form }) => formToRegExp(form).test(address))?.kind;
}

function exampleOf(form, locale) {
  const other = LOCALES.find((candidate) => candidate !== locale);
  return form.replace(/\{(\w+)\}/g, (_, place) => {
    if (place === "locale") return locale.folder;
    return place === "other" ? other.folder : PLACES[place].example;
  });
}

function formToRegExp(form) {
  const locales = LOCALES.map(({ folder }) => folder).join("|");
  const pattern = form.replace(/\{(\w+)\}|\./g, (found, place) => {
    if (found === ".") return "\\.";
    return `(?:${place === "locale" || place === "other" ? locales : PLACES[place].pattern})`;
  });
  return new RegExp(`^${pattern}$`);
}
