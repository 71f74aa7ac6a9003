// The site by keyboard alone, and without scripts.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { examples } from "./pages.mjs";

describe("keyboard", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  test("the first key leads past the navigation", async () => {
    const { page, trouble, visit, close } = await site.open();
    await visit("en/technical-leadership/l6/");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "MAIN");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement?.closest("main") !== null), "the next key goes on from there");
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a key opens what is folded", async () => {
    const { page, visit, close } = await site.open();
    await visit("en/technical-leadership/l6/");
    await page.locator("main details summary").first().focus();
    await page.keyboard.press("Enter");
    assert.ok(await page.locator("#tl-001").isVisible(), "what the level inherits is shown");
    await close();
  });

  test("the matrix scrolls by keys", async () => {
    const { page, visit, close } = await site.open({ width: 900, height: 600 });
    await visit("en/technical-leadership/matrix/");
    const region = page.locator(".region");
    await region.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelector(".region").scrollLeft > 0);
    await close();
  });

  for (const { name, seenAt, status, reader } of examples()) {
    test(`${name} traps nobody, and shows where one is`, async () => {
      const { page, trouble, visit, close } = await site.open(reader);
      await visit(seenAt, status);
      const seen = [];
      for (let step = 0; step < 12; step += 1) {
        await page.keyboard.press("Tab");
        // Behind the last place the browser's own controls have their turn.
        if (await page.evaluate(() => document.activeElement === document.body)) break;
        seen.push(await page.evaluate(focused));
      }
      assert.ok(seen.length > 2);
      assert.equal(new Set(seen.map(({ place }) => place)).size, seen.length, "each key leads on");
      const unseen = seen.filter(({ outlined }) => !outlined).map(({ place }) => place);
      assert.deepEqual(unseen, [], "each place is outlined");
      assert.deepEqual(trouble, []);
      await close();
    });

    test(`${name} is complete without scripts`, async () => {
      const { page, trouble, visit, close } = await site.open({ ...reader, javaScript: false });
      await visit(seenAt, status);
      assert.ok(await page.locator("main h1").isVisible());
      assert.ok(await page.locator('footer a[rel="license"]').isVisible());
      assert.equal(await page.locator("button:visible, select:visible").count(), 0, "nothing offers what it cannot do");
      assert.deepEqual(trouble, []);
      await close();
    });
  }
});

/** Where the focus is, and whether that can be seen. Runs in the page. */
function focused() {
  const element = document.activeElement;
  const all = [...document.querySelectorAll("*")];
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return {
    place: `${all.indexOf(element)} ${element.tagName.toLowerCase()} ${element.textContent.trim().slice(0, 30)}`,
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) > 0,
  };
}
