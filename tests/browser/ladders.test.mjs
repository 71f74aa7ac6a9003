// Several ladders on one site: from one to another, with scripts and without.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { LOCALES } from "./pages.mjs";

describe("several ladders", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  const open = (reader = {}) => site.open({ site: "ladders", ...reader });

  for (const { folder: locale, browser } of LOCALES) {
    for (const javaScript of [true, false]) {
      for (const width of [375, 1440]) {
        test(`in ${locale} a level of another ladder is chosen at ${width} pixels ${javaScript ? "with" : "without"} scripts`, async () => {
          const { page, trouble, visit, close } = await open({ language: browser, javaScript, width });
          await visit(`${locale}/baking/compare/l1-l2/`);
          const other = page.locator(".choices details").filter({ hasText: "M1/L2" });
          const choice = other.getByRole("link", { name: "L2–M1/L2" });
          assert.ok(!(await choice.isVisible()), "other ladders are folded");
          await other.locator("summary").click();
          await choice.click();
          await page.waitForURL(`${site.ladders}${locale}/baking/compare/l2-leading.m1/`);
          assert.equal(await page.locator(".choices [aria-current=page]").textContent(), "L2–M1/L2");
          const cells = page.locator("table.compare").getByText(/^(BK-005|LD-002)$/);
          assert.equal(await cells.count(), 2);
          assert.deepEqual(trouble, []);
          await close();
        });
      }
    }
  }

  for (const address of ["en/baking/l2/", "en/notes/reading/", "en/"]) {
    test(`every ladder is reached from the menu of /${address} by keys and without scripts`, async () => {
      const { page, trouble, visit, close } = await open({ javaScript: false });
      await visit(address);
      const menu = page.locator("header .ladders");
      await menu.locator("summary").focus();
      await page.keyboard.press("Enter");
      assert.deepEqual(await menu.getByRole("link").allTextContents(), ["Common", "Baking", "Leading"]);
      await menu.getByRole("link", { name: "Leading" }).click();
      await page.waitForURL(`${site.ladders}en/leading/`);
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("the menu stays inside a narrow window", async () => {
    const { page, visit, close } = await open({ width: 320 });
    await visit("en/baking/l2/");
    await page.locator("header .menu > summary").click();
    await page.locator("header .ladders summary").click();
    const list = await page.locator("header .ladders ul").boundingBox();
    assert.ok(list.x >= 0 && list.x + list.width <= 320, JSON.stringify(list));
    await close();
  });

  test("what a level inherits is open and leads to its permanent page", async () => {
    const { page, trouble, visit, close } = await open();
    await visit("en/leading/m1/");
    await page.locator(".inherited").getByRole("link", { name: "CM-003", exact: true }).click();
    await page.waitForURL(`${site.ladders}c/cm-003/`);
    await page.getByRole("link", { name: "Leading · M1/L2" }).first().click();
    await page.waitForURL(`${site.ladders}en/leading/m1/`);
    assert.deepEqual(trouble, []);
    await close();
  });
});
