// The workflows run nothing that someone else could exchange: every action is named by the hash of a commit.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const folder = resolve(import.meta.dirname, "../../.github/workflows");
const begun = resolve(import.meta.dirname, "../../src/init/pages.yml");

for (const file of [...readdirSync(folder).map((name) => join(folder, name)), begun]) {
  test(`${file} pins its actions by hash, and says which version that is`, () => {
    const uses = readFileSync(file, "utf8").split("\n").filter((line) => /\buses:/.test(line));
    assert.ok(uses.length > 0);
    assert.deepEqual(uses.filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)), []);
  });
}
