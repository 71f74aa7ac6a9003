// Writes `names.toml`, the names of languages, from the copy of CLDR that Node.js has: node src/locale/names.mjs
// A reader in a new language needs a new key in READERS; a language that is not named, one in LANGUAGES.

import { writeFileSync } from "node:fs";

/** In which languages pages speak by themselves: see `i18n/`. */
const READERS = { en: "en", ja: "ja", "zh-Hant": "zh-Hant-TW" };

const LANGUAGES =
  "ar bg bn bs ca cs cy da de de-AT de-CH el en en-AU en-CA en-GB en-US es es-419 es-ES es-MX et eu fa fi fil fr fr-CA fr-CH ga gl gu " +
  "he hi hr hu hy id is it ja ka kk km kn ko lt lv mk ml mn mr ms my nb ne nl nl-BE nn pa pl pt pt-BR pt-PT ro ru si sk sl sq " +
  "sr sr-Latn sv sw ta te th tr uk ur uz vi zh zh-Hans zh-Hant";

const parts = Object.entries(READERS).map(([reader, tag]) => {
  const names = new Intl.DisplayNames([tag], { type: "language" });
  return `[${reader}]\n${LANGUAGES.split(" ").map((language) => `${language} = ${JSON.stringify(names.of(language))}\n`).join("")}`;
});
const head = `# The names of languages for readers of others, from CLDR ${process.versions.cldr}. Written by names.mjs.\n`;
writeFileSync(new URL("names.toml", import.meta.url), `${head}\n${parts.join("\n")}`);
