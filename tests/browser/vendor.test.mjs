// What the theme brings of others is what they published, and their licence comes with it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";

import { files } from "./site.mjs";

const read = (path) => readFileSync(resolve(import.meta.dirname, path), "utf8");
const vendor = "../../themes/default/assets/vendor";
const published = "node_modules/minisearch";

/** Of MiniSearch 7.2.0, `dist/umd/index.js`. */
const SHA256 = "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03";

test("MiniSearch is the file of the pinned package, unchanged", () => {
  assert.equal(JSON.parse(read(`${published}/package.json`)).version, "7.2.0");
  assert.equal(createHash("sha256").update(read(`${vendor}/minisearch.js`)).digest("hex"), SHA256);
  assert.equal(read(`${vendor}/minisearch.js`), read(`${published}/dist/umd/index.js`));
});

test("MiniSearch is published with its licence", () => {
  assert.equal(read(`${vendor}/minisearch.LICENSE.txt`), read(`${published}/LICENSE.txt`));
  assert.ok([...files].some((file) => /^assets\/vendor\/minisearch\.LICENSE\.\w+\.txt$/.test(file)));
});
