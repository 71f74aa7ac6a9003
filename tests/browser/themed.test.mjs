// A site's own look arrives: colours by day and by night, logo, font, style and links at the foot, all from the site.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";

const LOOKS = [
  { colorScheme: "light", accent: "rgb(122, 31, 92)", paper: "rgb(255, 255, 255)", logo: "logo.light" },
  { colorScheme: "dark", accent: "rgb(240, 166, 211)", paper: "rgb(26, 20, 24)", logo: "logo.dark" },
];

describe("a look of its own", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  for (const { colorScheme, accent, paper, logo } of LOOKS) {
    test(`colours and logo on ${colorScheme} pages`, async () => {
      const { page, trouble, visit, close } = await site.open({ site: "themed", colorScheme });
      for (const address of ["en/workshop/w1/", "zh-tw/guide/start/", "c/wk-001/"]) {
        await visit(address);
        const style = (selector, property) => page.locator(selector).first().evaluate((of, name) => getComputedStyle(of)[name], property);
        assert.equal(await style("footer.site a", "color"), accent, address);
        assert.equal(await style("html", "backgroundColor"), paper, address);
        assert.equal(await page.locator(`img.${logo}`).isVisible(), true, address);
        assert.equal(await page.locator("img.logo:visible").count(), 1, address);
        assert.ok(await page.locator(`img.${logo}`).evaluate((image) => image.naturalWidth > 0), address);
      }
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("the choice of a reader counts more than that of the system", async () => {
    const { page, visit, close } = await site.open({ site: "themed", colorScheme: "dark" });
    await visit("en/workshop/w1/");
    await page.locator("select[data-theme-switch]").selectOption("light");
    assert.equal(await page.locator("img.logo.light").isVisible(), true);
    assert.equal(await page.locator("img.logo.dark").isVisible(), false);
    await close();
  });

  test("fonts and pictures come from the site, where they are used", async () => {
    const { page, trouble, visit, close } = await site.open({ site: "themed" });
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await visit("en/workshop/w1/");
    await page.evaluate(() => document.fonts.ready);
    assert.equal(await page.evaluate(() => document.fonts.check("13px 'Rungs Blocks'")), true);
    for (const file of [/own\/fonts\/blocks\.[0-9a-f]{8}\.woff2$/, /own\/stripe\.[0-9a-f]{8}\.svg$/, /own\/own\.[0-9a-f]{8}\.css$/]) {
      assert.ok(asked.some((url) => file.test(url)), `${file} in ${asked.join(" ")}`);
    }
    assert.deepEqual(trouble, []);
    await close();
  });

  test("links at the foot lead to the page in the language of the reader", async () => {
    const { page, visit, close } = await site.open({ site: "themed", language: "zh-TW" });
    await visit("zh-tw/workshop/w1/");
    await page.locator("footer.site").getByRole("link", { name: "聯絡資訊" }).click();
    await page.waitForURL(`${site.themed}zh-tw/pages/imprint/`);
    await close();
  });

  test("a guide is read from page to page", async () => {
    const { page, trouble, visit, close } = await site.open({ site: "themed", width: 375 });
    await visit("en/");
    await page.locator("header .menu > summary").click();
    await page.locator("nav.sections").getByRole("link", { name: "Guide" }).click();
    await page.getByRole("main").getByRole("link", { name: "Start" }).click();
    await page.getByRole("link", { name: "Next The yearly review" }).click();
    await page.locator("nav.siblings summary").click();
    await page.locator("nav.siblings").getByRole("link", { name: "Words we use" }).click();
    await page.waitForURL(`${site.themed}en/guide/words/`);
    assert.deepEqual(trouble, []);
    await close();
  });
});
