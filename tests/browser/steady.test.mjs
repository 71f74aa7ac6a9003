// What scripts add to a page moves nothing that a reader already sees.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { examples } from "./pages.mjs";

/** Pages that scripts fill: what they show is not known before. */
const FILLED = ["not-found", "search", "worksheet"];
const WIDTHS = [375, 412, 768, 1440];

describe("steady", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  for (const { name, kind, seenAt, status, reader } of examples()) {
    if (FILLED.includes(kind)) continue;
    test(`${name} keeps its place`, async () => {
      const { page, trouble, visit, close } = await site.open(reader);
      await page.addInitScript(remember);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await visit(seenAt, status);
        assert.deepEqual(await page.evaluate(() => globalThis.moved()), [], `at ${width} pixels`);
      }
      assert.deepEqual(trouble, []);
      await close();
    });
  }
});

/** Remembers where everything is before the scripts of the page begin with it, so that `moved` can say what moved. Runs in the page. */
function remember() {
  const top = (element) => element.getBoundingClientRect().top + scrollY;
  let before = [];
  globalThis.moved = () => {
    const moved = before.filter(({ element, at }) => element.getClientRects().length && Math.abs(top(element) - at) > 0.5);
    return moved.slice(0, 3).map(({ element, at }) => `${element.tagName} ${element.className} ${element.id}: ${at} → ${top(element)}`);
  };
  document.addEventListener("DOMContentLoaded", () => {
    const shown = [...document.querySelectorAll("body *")].filter((element) => element.getClientRects().length);
    before = shown.map((element) => ({ element, at: top(element) }));
  });
}
