// What the tests know of the theme's templates, in one place.

/** The links of the language switch: one for each language, named by its `hreflang`. */
export const languageLink = (lang) => `nav[data-language-switch] a[hreflang="${lang}"]`;

/** A criterion on any page that shows it. */
export const criterion = (id) => `#${id}`;

/** A text in one language, on a page that shows several. */
export const inLanguage = (lang) => `[lang="${lang}"]`;
