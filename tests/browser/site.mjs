// The built sites under test: where they lie on disk, where they say they stand, and their pages.

import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

import { readDocument } from "./document.mjs";

/** A built site in a folder. */
class Site {
  /**
   * @param {string} folder
   * @param {string} command How it is built, for those who have not yet.
   */
  constructor(folder, command) {
    this.folder = folder;
    /** Every file of the site, relative to its folder, with `/` between folders. */
    this.files = filesOf(folder, command);
    /** Where the site says it stands: the canonical address of its root page. Ends in a slash. */
    this.base = new URL(readDocument(this.text("index.html")).canonical);
  }

  /** The text of one file of the site. */
  text(file) {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** The addresses of all pages below the base: `en/`, `c/tl-042/`, `404.html`, and the empty one of the root. */
  addresses() {
    return [...this.files].filter((file) => file.endsWith(".html")).map(addressOf);
  }
}

/**
 * The site of this repository's content, in `RUNGS_SITE` or where `rungs build` writes when it is not told otherwise;
 * and small ones: with three editions and pages that moved or went, in `RUNGS_PAST`; with a look and pages of its own, in
 * `RUNGS_THEMED`; of three ladders, in `RUNGS_LADDERS`; and one that was made from the first of them, in `RUNGS_FORK`.
 */
export const SITES = {
  main: new Site(
    resolve(process.env.RUNGS_SITE ?? resolve(import.meta.dirname, "../../public")),
    "cargo run -- build",
  ),
  past: new Site(
    resolve(process.env.RUNGS_PAST ?? resolve(import.meta.dirname, "../output/past")),
    "cargo run -- build tests/fixtures/past --base-url http://localhost/past/ -o tests/output/past",
  ),
  themed: new Site(
    resolve(process.env.RUNGS_THEMED ?? resolve(import.meta.dirname, "../output/themed")),
    "cargo run -- build tests/fixtures/themed --base-url http://localhost/themed/ -o tests/output/themed",
  ),
  ladders: new Site(
    resolve(process.env.RUNGS_LADDERS ?? resolve(import.meta.dirname, "../output/ladders")),
    "cargo run -- build tests/fixtures/ladders --base-url http://localhost/ladders/ -o tests/output/ladders",
  ),
  fork: new Site(
    resolve(process.env.RUNGS_FORK ?? resolve(import.meta.dirname, "../output/fork")),
    "cargo run -- build tests/fixtures/fork --base-url http://localhost/fork/ -o tests/output/fork",
  ),
};

export const { folder, files, base } = SITES.main;

/** The text of one file of the main site. */
export const text = (file) => SITES.main.text(file);

/** The address of the page that a file holds. */
export function addressOf(file) {
  return file.replace(/(^|\/)index\.html$/, "$1");
}

/** The file that an address below the base names. */
export function fileOf(address) {
  return address === "" || address.endsWith("/") ? `${address}index.html` : address;
}

function filesOf(folder, command) {
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw new Error(`no built site in ${folder}: run \`${command}\`, or set RUNGS_SITE, RUNGS_PAST and the like`, { cause: error });
  }
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Set(paths.map((path) => relative(folder, path).split(sep).join("/")).sort());
}
