// What is left out of scripts and styles when they are published changes nothing of what they do.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import ts from "typescript";

import { start } from "./browser.mjs";
import { files, text } from "./site.mjs";

const ASSETS = resolve(import.meta.dirname, "../../themes/default/assets");

/** A script as the compiler writes it, without comments and with the names of assets in place of their paths. */
function meaning(script) {
  const { outputText } = ts.transpileModule(script, { compilerOptions: { removeComments: true, target: ts.ScriptTarget.ESNext } });
  return outputText.replace(/asset\("([^"]+)"\)/g, '"assets/$1"').replace(/"(assets\/[\w/-]+)\.[0-9a-f]{8}\.(\w+)"/g, '"$1.$2"');
}

/** The published file of an asset. */
const published = (name) => text([...files].find((file) => new RegExp(`^assets/${name.replace(".", "\\.[0-9a-f]{8}\\.")}$`).test(file)));

const named = (extension) => readdirSync(ASSETS).filter((name) => name.endsWith(extension));

let site;
before(async () => (site = await start()));
after(() => site.close());

for (const name of named(".js")) {
  test(`${name} is published without comments, and means the same`, () => {
    const written = readFileSync(resolve(ASSETS, name), "utf8");
    assert.equal(meaning(published(name)), meaning(written));
    assert.doesNotMatch(published(name), /^\s*(\/\/|\/\*)/m);
  });
}

for (const name of named(".css")) {
  test(`${name} is published without comments, and means the same`, async () => {
    const { page, close } = await site.open();
    const rules = (style) =>
      page.evaluate((style) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
        return Array.from(sheet.cssRules, (rule) => rule.cssText);
      }, style);
    const written = await rules(readFileSync(resolve(ASSETS, name), "utf8"));
    assert.ok(written.length > 5);
    assert.deepEqual(await rules(published(name)), written);
    assert.doesNotMatch(published(name), /\/\*/);
    await close();
  });
}
