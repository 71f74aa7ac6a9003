// A reader of two languages reads them beside each other, on a telephone and on a wide screen.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";

const BESIDE = "zh-tw/workshop/beside/en/";
/** A criterion whose source has changed since it was translated. */
const OUTDATED = "wk-006";

describe("beside", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  for (const width of [375, 1440]) {
    test(`at ${width} pixels each row has both languages, and says what is outdated`, async () => {
      const { page, trouble, visit, close } = await site.open({ site: "past", width });
      await visit(BESIDE);
      const rows = page.locator("tr[id^='wk-']");
      assert.ok((await rows.count()) > 5);
      for (const row of await rows.all()) {
        const [chinese, english] = await Promise.all(
          ["zh-Hant-TW", "en"].map((lang) => row.locator(`td[lang='${lang}'] > p`).first().boundingBox()),
        );
        assert.ok(chinese && english, "both are shown");
        if (width > 1000) assert.ok(chinese.x + chinese.width <= english.x, "in two columns");
        else assert.ok(chinese.y + chinese.height <= english.y, "one under the other");
      }
      const mark = page.locator(`#${OUTDATED} details.outdated`);
      assert.equal(await mark.count(), 1);
      await mark.locator("summary").click();
      assert.ok(await mark.locator("ins").first().isVisible());
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("the place is kept from view to view", async () => {
    const { page, trouble, visit, close } = await site.open({ site: "past" });
    await visit(`${BESIDE}#${OUTDATED}`);
    await page.click("[data-view-switch] a >> nth=0");
    await page.waitForURL(`${site.past}zh-tw/workshop/#${OUTDATED}`);
    await page.click("[data-view-switch] a >> nth=1");
    await page.waitForURL(`${site.past}${BESIDE}#${OUTDATED}`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a reader who chooses one under the other gets it on every such page", async () => {
    const { page, trouble, visit, close } = await site.open({ site: "past", width: 1440 });
    await visit(BESIDE);
    await page.getByLabel("版面").selectOption("lines");
    const isStacked = async (/** @type {string} */ row) => {
      const [one, other] = await page.locator(`${row} > td[lang]`).all();
      const [above, below] = await Promise.all([one.boundingBox(), other.boundingBox()]);
      return above && below && above.y + above.height <= below.y;
    };
    assert.ok(await isStacked(`#${OUTDATED}`));
    await page.reload();
    assert.ok(await isStacked(`#${OUTDATED}`));
    await page.getByLabel("版面").selectOption("columns");
    assert.ok(!(await isStacked(`#${OUTDATED}`)));
    assert.deepEqual(trouble, []);
    await close();
  });

  test("an old address of two languages one under the other leads to both side by side", async () => {
    const { page, trouble, visit, close } = await site.open();
    await visit("en/notes/maps/beside/zh-tw/interleaved/#_main");
    await page.waitForURL(/\/en\/notes\/maps\/beside\/zh-tw\/#_main$/);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a note stands beside its translation block by block", async () => {
    const { page, trouble, visit, close } = await site.open();
    await visit("en/notes/maps/beside/zh-tw/");
    const rows = await page.locator("table.pair tbody tr").all();
    assert.ok(rows.length > 8);
    for (const row of rows) {
      const [english, chinese] = await row.locator("td, th").allInnerTexts();
      assert.ok(english.trim() !== "" && /\p{Script=Han}/u.test(chinese), `${english} | ${chinese}`);
    }
    assert.deepEqual(trouble, []);
    await close();
  });
});
