// The built site under test: where it lies on disk, where it says it stands, and its pages.

import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

import { readDocument } from "./document.mjs";

/** The folder of the built site: `RUNGS_SITE`, or what `rungs build` writes when it is not told otherwise. */
export const folder = resolve(process.env.RUNGS_SITE ?? resolve(import.meta.dirname, "../../public"));

/** Every file of the site, relative to its folder, with `/` between folders. */
export const files = readFolder();

/** Where the site says it stands: the canonical address of its root page. Ends in a slash. */
export const base = new URL(readDocument(text("index.html")).canonical);

/** The text of one file of the site. */
export function text(file) {
  return readFileSync(join(folder, file), "utf8");
}

/** The addresses of all pages below the base: `en/`, `c/tl-042/`, `404.html`, and the empty one of the root. */
export function addresses() {
  return [...files].filter((file) => file.endsWith(".html")).map(addressOf);
}

/** The address of the page that a file holds. */
export function addressOf(file) {
  return file.replace(/(^|\/)index\.html$/, "$1");
}

/** The file that an address below the base names. */
export function fileOf(address) {
  return address === "" || address.endsWith("/") ? `${address}index.html` : address;
}

function readFolder() {
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw new Error(`no built site in ${folder}: run \`cargo run --release -- build\` or set RUNGS_SITE`, { cause: error });
  }
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Set(paths.map((path) => relative(folder, path).split(sep).join("/")).sort());
}
