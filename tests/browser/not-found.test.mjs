// An address that is typed as people read it leads to the page that is meant, and one that leads nowhere says where to go
// on, in the reader's language.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { LOCALES } from "./pages.mjs";

const [english, chinese] = LOCALES;

/** What is typed below the root, and where it leads, by the reader's language. */
const TYPED = {
  en: [
    ["c/TL-031/", "c/tl-031/"],
    ["c/TL-031", "c/tl-031/"],
    ["c/tl31", "c/tl-031/"],
    ["C/TL_031/", "c/tl-031/"],
    ["tl31", "c/tl-031/"],
    ["TL-31/", "c/tl-031/"],
    ["en/TL-031", "c/tl-031/"],
    ["L6/", "en/technical-leadership/l6/"],
    ["l6", "en/technical-leadership/l6/"],
    ["en/L6", "en/technical-leadership/l6/"],
    ["zh-tw/L6/", "zh-tw/technical-leadership/l6/"],
    ["en/technical-leadership/L6/", "en/technical-leadership/l6/"],
    ["EN/Technical-Leadership/L6", "en/technical-leadership/l6/"],
    ["technical-leadership/L6/", "en/technical-leadership/l6/"],
    ["technical-leadership/matrix", "en/technical-leadership/matrix/"],
    ["en/technical-leadership", "en/technical-leadership/"],
    ["en/Notes/Maps/index.html", "en/notes/maps/"],
    ["en/technical-leadership/L6/#TL-031", "en/technical-leadership/l6/#tl-031"],
    ["en/technical-leadership/l6/#TL-031", "en/technical-leadership/l6/#tl-031"],
    ["en/technical-leadership/l6/#tl31", "en/technical-leadership/l6/#tl-031"],
    ["zh-TW/search/?q=RFC", "zh-tw/search/?q=RFC"],
  ],
  "zh-tw": [
    ["tl31", "c/tl-031/#zh-tw"],
    ["L6/", "zh-tw/technical-leadership/l6/"],
    ["technical-leadership/L7", "zh-tw/technical-leadership/l7/"],
  ],
};

describe("addresses as people type them", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  for (const { folder, browser } of LOCALES) {
    for (const [typed, expected] of TYPED[folder]) {
      test(`${typed} leads a reader of ${folder} to ${expected}`, async () => {
        const { page, close } = await site.open({ language: browser });
        await page.goto(new URL(typed, site.url).href);
        await page.waitForURL(new URL(expected, site.url).href);
        assert.equal(await page.locator("h1").count(), 1);
        assert.notEqual(await page.evaluate(() => document.body.className), "page-not-found");
        await close();
      });
    }

    test(`where there is no such page, a reader of ${folder} is told where to go on`, async () => {
      const { page, trouble, visit, close } = await site.open({ language: browser });
      await visit("no/such_page/", 404);
      const { title, more, search } = {
        en: { title: "Page not found", more: "There is no page at this address.", search: "Search for “no such page”" },
        "zh-tw": { title: "找不到頁面", more: "這個網址沒有對應的頁面。", search: "搜尋「no such page」" },
      }[folder];
      await page.getByRole("link", { name: search }).waitFor();
      assert.deepEqual(await page.locator("h1:visible, h2:visible").allTextContents(), [title]);
      assert.match(await page.title(), new RegExp(`^${title} · `));
      assert.equal(await page.locator("main").getByText(more).count(), 1);
      const levels = page.locator("main nav a:visible");
      assert.deepEqual(
        await levels.evaluateAll((links) => links.map(({ pathname }) => pathname.split("/").slice(-4, -1).join("/"))),
        [5, 6, 7, 8, 9].map((number) => `${folder}/technical-leadership/l${number}`),
      );
      assert.equal(await page.evaluate(() => document.documentElement.lang), folder === "en" ? "en" : "zh-Hant-TW");
      // The key searches here, in the same language.
      await page.keyboard.press("/");
      await page.locator("dialog.search-dialog[open] input").waitFor();
      await page.keyboard.type("TL-042");
      await page.locator(".search .results a").first().waitFor();
      assert.match(await page.locator(".search .results a").first().getAttribute("href"), new RegExp(`/${folder}/technical`));
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: search }).click();
      await page.waitForURL(`${site.url}${folder}/search/?q=no+such+page`);
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("the language of an address is that of the answer", async () => {
    const { page, visit, close } = await site.open({ language: english.browser });
    await visit(`${chinese.folder}/no-such-page/`, 404);
    await page.getByRole("link", { name: "搜尋「no such page」" }).waitFor();
    await close();
  });

  test("an id somewhere in an address is offered, if there is such a criterion", async () => {
    const { page, close } = await site.open({ language: english.browser });
    await page.goto(`${site.url}wiki/TL-031-scrutinizes`);
    await page.locator("main", { hasText: "Did you mean TL-031?" }).waitFor();
    await page.getByRole("link", { name: "TL-031", exact: true }).click();
    await page.waitForURL(`${site.url}c/tl-031/`);
    await page.goto(`${site.url}c/TL-999/`);
    await page.getByRole("link", { name: "Search for “TL-999”" }).waitFor();
    await page.waitForLoadState("networkidle");
    assert.ok(page.url().endsWith("c/TL-999/"), page.url());
    assert.equal(await page.locator("main", { hasText: "Did you mean" }).count(), 0);
    await close();
  });

  test("without scripts the page has the levels in each language", async () => {
    const { page, close } = await site.open({ javaScript: false });
    await page.goto(`${site.url}no/such/page/`);
    assert.deepEqual(await page.locator("h1, h2").allTextContents(), ["Page not found", "找不到頁面"]);
    assert.equal(await page.locator("main nav a").count(), 10);
    assert.equal(await page.locator("a[data-search]:visible").count(), 0);
    await close();
  });

  test("on a site of several ladders the page has them", async () => {
    const { page, close } = await site.open({ site: "ladders", language: english.browser });
    await page.goto(`${site.ladders}no/such/page/`);
    await page.locator("main li a:visible").first().waitFor();
    assert.equal(await page.locator("main li a:visible").count(), 3);
    await page.goto(`${site.ladders}Baking/L2`);
    await page.waitForURL(`${site.ladders}en/baking/l2/`);
    await close();
  });
});
