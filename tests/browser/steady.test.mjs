// What scripts add to a page moves nothing that a reader already sees.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { examples } from "./pages.mjs";

/** Pages that scripts fill: what they show is not known before. */
const FILLED = ["not-found", "search", "worksheet"];
const WIDTHS = [375, 1440];

describe("steady", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  for (const { name, kind, seenAt, status, reader } of examples()) {
    if (FILLED.includes(kind)) continue;
    test(`${name} keeps its place`, async () => {
      const { page, trouble, visit, close } = await site.open(reader);
      await page.addInitScript(holdBack);
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

/**
 * Holds the scripts of the page back until it is drawn, as they are on a slow machine. `moved` lets them begin, and says
 * what they moved. Runs in the page.
 */
function holdBack() {
  let held = true;
  const hold = (event) => held && event.stopImmediatePropagation();
  document.addEventListener("DOMContentLoaded", hold);
  const top = (element) => element.getBoundingClientRect().top + scrollY;
  globalThis.moved = async () => {
    const isShown = (element) => element.getClientRects().length > 0;
    const before = [...document.querySelectorAll("body *")].filter(isShown).map((element) => ({ element, at: top(element) }));
    held = false;
    document.dispatchEvent(new Event("DOMContentLoaded"));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const moved = before.filter(({ element, at }) => isShown(element) && Math.abs(top(element) - at) > 0.5);
    return moved.slice(0, 3).map(({ element, at }) => `${element.tagName} ${element.className} ${element.id}: ${at} → ${top(element)}`);
  };
}
