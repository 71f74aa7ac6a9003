// @ts-check
"use strict";

// Adds to pages that are complete without it: the language switch keeps the place, and the root leads on.

const CHOICE = "rungs-language";

/** What was stored under a key. Browsers may refuse to store anything. @param {string} key */
function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice then holds for this page only.
  }
}

/** The links of the language switch. @returns {HTMLAnchorElement[]} */
function languageLinks() {
  return Array.from(document.querySelectorAll("[data-language-switch] a"));
}

// The other language is read at the same place: the link takes the fragment of this page along.
for (const link of languageLinks()) {
  link.addEventListener("click", () => {
    remember(CHOICE, link.hreflang);
    const target = new URL(link.href);
    if (location.hash && target.pathname !== location.pathname) {
      target.search = location.search;
      target.hash = location.hash;
      link.href = target.href;
    }
  });
}

// The root leads on to the language last chosen, or else to the first that the browser asks for.
if (document.body.classList.contains("page-root")) {
  const links = languageLinks();
  const wanted = [recall(CHOICE), ...navigator.languages].filter((tag) => tag !== null);
  const script = (/** @type {string} */ tag) => {
    try {
      const { language, script } = new Intl.Locale(tag).maximize();
      return `${language}-${script}`;
    } catch {
      return tag;
    }
  };
  for (const tag of wanted) {
    const same = links.find((link) => link.hreflang === tag) ?? links.find((link) => script(link.hreflang) === script(tag));
    if (same) {
      location.replace(same.href);
      break;
    }
  }
}

// From a folder on disk, a link to a folder would show a list of files.
if (location.protocol === "file:") {
  for (const link of document.querySelectorAll("a[href]")) {
    const target = new URL(/** @type {HTMLAnchorElement} */ (link).href);
    if (target.protocol === "file:" && target.pathname.endsWith("/")) {
      target.pathname += "index.html";
      /** @type {HTMLAnchorElement} */ (link).href = target.href;
    }
  }
}
