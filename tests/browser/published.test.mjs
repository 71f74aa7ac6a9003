// What is left out of scripts when they are published changes nothing of what they do.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import ts from "typescript";

import { files, text } from "./site.mjs";

const ASSETS = resolve(import.meta.dirname, "../../themes/default/assets");

/** A script as the compiler writes it, without comments and with the names of assets in place of their paths. */
function meaning(script) {
  const { outputText } = ts.transpileModule(script, { compilerOptions: { removeComments: true, target: ts.ScriptTarget.ESNext } });
  return outputText.replace(/asset\("([^"]+)"\)/g, '"assets/$1"').replace(/"(assets\/[\w/]+)\.[0-9a-f]{8}\.(\w+)"/g, '"$1.$2"');
}

for (const name of readdirSync(ASSETS).filter((name) => name.endsWith(".js"))) {
  test(`${name} is published without comments, and means the same`, () => {
    const [stem] = name.split(".");
    const published = [...files].find((file) => new RegExp(`^assets/${stem}\\.[0-9a-f]{8}\\.js$`).test(file));
    const written = readFileSync(resolve(ASSETS, name), "utf8");
    assert.equal(meaning(text(published)), meaning(written));
    assert.doesNotMatch(text(published), /^\s*(\/\/|\/\*)/m);
  });
}
