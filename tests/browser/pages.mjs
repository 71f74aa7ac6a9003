// The kinds of page that a site has: one table, from which every test that looks at "each kind of page" takes its
// examples. A page of a kind without a row fails the crawl, so that no kind goes untested.

/** The locales of the sites: its folder, the `lang` of its pages, and a language that a browser would ask for. */
export const LOCALES = [
  { folder: "en", lang: "en", browser: "en-GB" },
  { folder: "zh-tw", lang: "zh-Hant-TW", browser: "zh-TW" },
];

/**
 * One row for each kind of page, by the name that its body bears as a class. `{locale}` makes a page in each locale;
 * `{other}` is the locale beside it.
 *
 * `site`: which of the sites has the page, if not the main one.
 * `name`: what the example is called where a kind has several.
 * `leadsOn`: to another page, at once. It is looked at without what makes it do so.
 * `seenAt`: where a reader meets the page, if not at its own address.
 */
export const KINDS = [
  { kind: "root", address: "", leadsOn: true },
  { kind: "not-found", address: "404.html", seenAt: "no/such/page/", status: 404 },
  { kind: "criterion", address: "c/tl-042/" },
  { kind: "home", address: "{locale}/" },
  { kind: "glossary", address: "{locale}/glossary/" },
  { kind: "licence", address: "{locale}/licence/" },
  { kind: "search", address: "{locale}/search/" },
  { kind: "downloads", address: "{locale}/downloads/" },
  { kind: "notes", address: "{locale}/notes/" },
  { kind: "note", address: "{locale}/notes/maps/" },
  { kind: "note-beside", address: "{locale}/notes/maps/beside/{other}/" },
  { kind: "translation", address: "{locale}/translation/" },
  { kind: "ladder", address: "{locale}/technical-leadership/" },
  { kind: "matrix", address: "{locale}/technical-leadership/matrix/" },
  { kind: "threads", address: "{locale}/technical-leadership/threads/" },
  { kind: "compare", address: "{locale}/technical-leadership/compare/l5-l6/" },
  { kind: "beside", address: "{locale}/technical-leadership/beside/{other}/" },
  { kind: "level", address: "{locale}/technical-leadership/l6/" },
  { kind: "worksheet", address: "{locale}/technical-leadership/l6/review/" },
  { site: "past", kind: "criterion", name: "history", address: "c/wk-006/" },
  { site: "past", kind: "level", name: "stubs", address: "{locale}/workshop/w1/" },
  { site: "past", kind: "withdrawn", address: "c/wk-008/" },
  { site: "past", kind: "changes", address: "{locale}/changes/" },
  { site: "past", kind: "edition", address: "e/2025.2/" },
  { site: "past", kind: "edition-ladder", address: "e/2025.1/{locale}/workshop/" },
  { site: "past", kind: "edition-level", address: "e/2025.1/{locale}/workshop/j2/" },
  { site: "past", kind: "worksheet", name: "frozen-worksheet", address: "e/2025.2/{locale}/workshop/w2/review/" },
  { site: "past", kind: "edition-criterion", address: "e/2025.1/c/wk-006/" },
  { site: "past", kind: "since", address: "{locale}/workshop/beside/2025.1/" },
  { site: "past", kind: "beside", name: "outdated", address: "{locale}/workshop/beside/{other}/" },
  { site: "past", kind: "translation", name: "open", address: "{locale}/translation/" },
  { site: "past", kind: "former", name: "renamed", address: "{locale}/workshop/j2/", leadsOn: true },
  { site: "past", kind: "former", name: "gone", address: "{locale}/workshop/w4/" },
  { site: "themed", kind: "pages", address: "{locale}/guide/" },
  { site: "themed", kind: "note", name: "guide", address: "{locale}/guide/start/" },
  { site: "themed", kind: "note", name: "page", address: "{locale}/pages/about/" },
  { site: "themed", kind: "level", name: "themed", address: "{locale}/workshop/w1/" },
  { site: "ladders", kind: "home", name: "home-of-several", address: "{locale}/" },
  { site: "ladders", kind: "note", name: "note-of-several", address: "{locale}/notes/reading/" },
  { site: "ladders", kind: "ladder", name: "ladder-that-inherits", address: "{locale}/leading/" },
  { site: "ladders", kind: "ladder", name: "ladder-with-heirs", address: "{locale}/common/" },
  { site: "ladders", kind: "level", name: "level-that-inherits", address: "{locale}/baking/l2/" },
  { site: "ladders", kind: "matrix", name: "matrix-that-inherits", address: "{locale}/baking/matrix/" },
  { site: "ladders", kind: "criterion", name: "inherited", address: "c/cm-003/" },
  { site: "ladders", kind: "compare", name: "compare-one-of-several", address: "{locale}/baking/compare/l1-l2/" },
  { site: "ladders", kind: "compare-ladders", address: "{locale}/baking/compare/l2-leading.m1/" },
  { site: "ladders", kind: "shared-thread", address: "{locale}/threads/teaching/" },
  { site: "fork", kind: "criterion", name: "adapted", address: "c/wk-005/" },
  { site: "fork", kind: "criterion", name: "new", address: "c/mk-001/" },
  { site: "fork", kind: "withdrawn", name: "left-out", address: "c/wk-011/" },
  { site: "fork", kind: "withdrawn", name: "withdrawn-upstream", address: "c/wk-008/" },
  { site: "fork", kind: "level", name: "marked", address: "{locale}/workshop/w2/" },
  { site: "fork", kind: "licence", name: "fork", address: "{locale}/licence/" },
];

/**
 * One example of each kind of page in each locale.
 *
 * @returns {{ name: string, kind: string, address: string, seenAt: string, locale: typeof LOCALES[number], status: number,
 *   reader: import("./browser.mjs").Reader }[]} `reader` is who looks at it: in its language, on its site. A page
 *   without a locale of its own is there once, for a reader of the first.
 */
export function examples() {
  return KINDS.flatMap(({ kind, name = kind, address: form, seenAt, status = 200, ...row }) => {
    const locales = form.includes("{locale}") ? LOCALES : LOCALES.slice(0, 1);
    return locales.map((locale) => {
      const address = exampleOf(form, locale);
      const reader = { language: locale.browser, site: row.site ?? "main", stays: row.leadsOn ?? false };
      const full = locales.length > 1 ? `${name}-${locale.folder}` : name;
      return { name: full, kind, address, seenAt: seenAt ?? address, locale, status, reader };
    });
  });
}

function exampleOf(form, locale) {
  const other = LOCALES.find((candidate) => candidate !== locale);
  return form.replace("{locale}", locale.folder).replace("{other}", other.folder);
}
