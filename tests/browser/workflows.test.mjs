// The workflows run nothing that someone else could exchange: every action is named by the hash of a commit.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "../..");
const inside = (folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith(".yml")).map((name) => join(root, folder, name));
const files = [
  join(root, "action.yml"),
  ...[".github/workflows", "src/init/workflow", "src/init/workflow/source"].flatMap(inside),
].filter((file) => readFileSync(file, "utf8").includes("uses:"));

for (const file of files) {
  test(`${file} pins its actions by hash, and says which version that is`, () => {
    const uses = readFileSync(file, "utf8").split("\n").filter((line) => /\buses:/.test(line));
    assert.ok(uses.length > 0);
    const others = uses.filter((line) => !/uses: \.\/ /.test(line));
    assert.deepEqual(others.filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)), []);
  });
}
