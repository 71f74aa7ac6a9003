// A reader changes the language and stays where they were.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { LOCALES } from "./pages.mjs";
import { criterion, inLanguage, languageLink } from "./selectors.mjs";

const [english, chinese] = LOCALES;
const LADDER = "technical-leadership";

/** What a ladder of the content says under an id. */
function statementOf(id, contentFolder) {
  const path = resolve(import.meta.dirname, "../../content", contentFolder, `${LADDER}.md`);
  return new RegExp(`^[-*+] (.*?) \\{#${id}\\b`, "m").exec(readFileSync(path, "utf8"))[1];
}

describe("language", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  test("the switch leads from a criterion to the same criterion", async () => {
    const { page, trouble, visit, close } = await site.open({ language: english.browser });
    await visit(`en/${LADDER}/l6/#tl-042`);
    await page.click(languageLink(chinese.lang));
    await page.waitForURL(`${site.url}zh-tw/${LADDER}/l6/#tl-042`);
    const target = page.locator(criterion("tl-042"));
    const statement = statementOf("TL-042", "zh-TW");
    assert.ok((await target.innerText()).includes(statement), `the criterion reads: ${statement}`);
    assert.ok(await isInView(target), "the criterion is in view");
    assert.equal(await page.getAttribute("html", "lang"), chinese.lang);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("the switch leads from a heading to the same heading, also by an anchor that it had in one language alone", async () => {
    const { page, trouble, visit, close } = await site.open({ language: chinese.browser });
    await visit("zh-tw/notes/adapting-this-ladder/#授權條款");
    await page.click(languageLink(english.lang));
    await page.waitForURL(`${site.url}en/notes/adapting-this-ladder/#the-license`);
    assert.ok(await isInView(page.locator("#the-license")), "the heading is in view");
    assert.deepEqual(trouble, []);
    await close();
  });

  test("the switch leads to the criterion in view where the address names none", async () => {
    const { page, trouble, visit, close } = await site.open({ language: english.browser });
    await visit(`en/${LADDER}/l6/`);
    await page.evaluate(() => document.getElementById("tl-042")?.scrollIntoView());
    // As by a key: the page does not move.
    await page.locator(languageLink(chinese.lang)).evaluate((/** @type {HTMLElement} */ link) => link.click());
    await page.waitForURL(`${site.url}zh-tw/${LADDER}/l6/#tl-042`);
    assert.ok(await isInView(page.locator(criterion("tl-042"))), "the criterion is in view");
    assert.deepEqual(trouble, []);
    await close();
  });

  for (const width of [390, 1440]) {
    test(`who scrolls back a little in the middle of a page has the languages at hand, and stays there, at ${width} pixels`, async () => {
      const { page, trouble, visit, close } = await site.open({ language: english.browser, width });
      await visit(`en/${LADDER}/l6/`);
      const near = page.locator(`body > [data-language-switch] a[hreflang="${chinese.lang}"]`);
      await page.evaluate(() => document.getElementById("tl-042")?.scrollIntoView());
      await page.waitForFunction(() => scrollY > innerHeight);
      assert.ok(!(await near.isVisible()), "nothing stands over the text while a reader goes on");
      await page.mouse.move(200, 400);
      await page.mouse.wheel(0, -20);
      await near.waitFor({ state: "visible" });
      await page.emulateMedia({ media: "print" });
      assert.ok(!(await near.isVisible()), "paper has no use for it");
      await page.emulateMedia({ media: "screen" });
      await near.click();
      await page.waitForURL(new RegExp(`/zh-tw/${LADDER}/l6/#tl-04`));
      assert.ok(await isInView(page.locator(criterion("tl-042"))), "the criterion is in view");
      assert.equal(await page.evaluate(() => localStorage.getItem("rungs-language")), chinese.lang);
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("an address with a fragment that is none leaves the page as it is", async () => {
    const { page, trouble, visit, close } = await site.open({ language: english.browser });
    await visit(`en/${LADDER}/l6/#100%`);
    await page.locator("[data-theme-switch]").selectOption("dark");
    assert.equal(await page.getAttribute("html", "data-theme"), "dark");
    assert.equal(await page.locator(languageLink(chinese.lang)).evaluate((link) => new URL(link.href).pathname), `${new URL(site.url).pathname}zh-tw/${LADDER}/l6/`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a level is read beside another language at its own part of that page, whose levels stay on it", async () => {
    const { page, trouble, visit, close } = await site.open({ language: english.browser, width: 375 });
    await visit(`en/${LADDER}/l7/`);
    await page.locator("[data-view-switch] a").last().click();
    await page.waitForURL(`${site.url}en/${LADDER}/beside/zh-tw/#l7`);
    assert.ok(await isInView(page.locator("#l7")), "the level is in view");
    const levels = await page.locator("nav.rungs ol a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.deepEqual(levels, ["#l5", "#l6", "#l7", "#l8", "#l9"]);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("without scripts the switch still leads to the same level", async () => {
    const { page, trouble, visit, close } = await site.open({ javaScript: false });
    await visit(`en/${LADDER}/l6/#tl-042`);
    await page.click(languageLink(chinese.lang));
    await page.waitForURL((url) => url.href.startsWith(`${site.url}zh-tw/${LADDER}/l6/`));
    assert.deepEqual(trouble, []);
    await close();
  });

  test("the permanent page of a criterion shows it in every language", async () => {
    const { page, trouble, visit, close } = await site.open();
    await visit("c/tl-042/");
    for (const [{ lang }, contentFolder] of [[english, "en"], [chinese, "zh-TW"]]) {
      const statement = page.locator(inLanguage(lang)).getByText(statementOf("TL-042", contentFolder));
      assert.ok(await statement.first().isVisible(), `the statement in ${lang} is visible`);
    }
    assert.deepEqual(trouble, []);
    await close();
  });

  for (const { folder, browser } of LOCALES) {
    test(`the root sends a browser that asks for ${browser} to ${folder}`, async () => {
      const { page, trouble, visit, close } = await site.open({ language: browser });
      await visit("");
      await page.waitForURL(`${site.url}${folder}/`);
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("the root sends a reader to the language they chose last", async () => {
    const { page, trouble, visit, close } = await site.open({ language: english.browser });
    await visit("en/");
    await page.click(languageLink(chinese.lang));
    await page.waitForURL(`${site.url}zh-tw/`);
    await visit("");
    await page.waitForURL(`${site.url}zh-tw/`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("without scripts the root lists the languages", async () => {
    const { page, trouble, visit, close } = await site.open({ javaScript: false });
    await visit("");
    for (const { folder, lang } of LOCALES) {
      const link = page.locator(`a[hreflang="${lang}"]`).first();
      assert.equal(await link.getAttribute("href").then((href) => new URL(href, site.url).href), `${site.url}${folder}/`);
      assert.ok(await link.isVisible());
    }
    assert.deepEqual(trouble, []);
    await close();
  });
});

async function isInView(locator) {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });
}
