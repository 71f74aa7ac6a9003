// No kind of page scrolls sideways on a telephone, not even with letters of twice the size.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { examples } from "./pages.mjs";

describe("narrow", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  for (const { name, seenAt, status, reader } of examples()) {
    test(`${name} fits`, async () => {
      const { page, trouble, visit, close } = await site.open(reader);
      await visit(seenAt, status);
      for (const width of [375, 320]) {
        await page.setViewportSize({ width, height: 700 });
        assert.deepEqual(await page.evaluate(tooWide), [], `at ${width} pixels`);
      }
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      assert.deepEqual(await page.evaluate(tooWide), [], "at 320 pixels with text of 200 %");
      assert.deepEqual(trouble, []);
      await close();
    });
  }
});

/** If the page scrolls sideways, the elements that stand out, as far as they can be told. Runs in the page. */
function tooWide() {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  if (scrollWidth <= clientWidth) return [];
  const out = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5);
  const names = out.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.id}`.trim());
  return [`${scrollWidth} > ${clientWidth}`, ...names];
}
