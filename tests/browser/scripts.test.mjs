// What the scripts add to the pages: copying, a theme that is remembered, the place that is kept. And what they may cost.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { LOCALES } from "./pages.mjs";
import { inLanguage, languageLink } from "./selectors.mjs";
import { base, folder, text } from "./site.mjs";

const [english, chinese] = LOCALES;
const LEVEL = "technical-leadership/l6/";
const ROW = "#tl-043";
const KIB = 1024;

const copied = (page) =>
  page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const entries = item.types.map(async (type) => [type, await (await item.getType(type)).text()]);
    return Object.fromEntries(await Promise.all(entries));
  });

describe("scripts", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  async function open(reader, address) {
    const visited = await site.open(reader);
    await visited.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await visited.visit(address);
    return visited;
  }

  for (const { folder: locale, browser, lang, cite, review, link, done } of [
    { ...english, cite: "Cite TL-043", review: "Copy for a review", link: "Copy link", done: "Citation of TL-043 copied" },
    { ...chinese, cite: "引用TL-043", review: "複製引用（評核用）", link: "複製連結", done: "已複製TL-043的引用" },
  ]) {
    test(`a row in ${locale} is cited as its permanent page and the program cite it`, async () => {
      const { page, trouble, visit, close } = await open({ language: browser }, `${locale}/${LEVEL}`);
      const row = page.locator(ROW);
      await row.hover();
      await row.getByRole("button", { name: cite }).click();
      await row.getByRole("button", { name: review }).click();
      await page.locator("[role=status]", { hasText: done }).waitFor();
      const { "text/plain": plain, "text/html": html } = await copied(page);
      await row.getByRole("button", { name: link }).click();
      await page.locator("[role=status]").filter({ hasNotText: done }).filter({ hasText: "TL-043" }).waitFor();
      assert.deepEqual(await copied(page), { "text/plain": `${base}c/tl-043/#${locale}` });
      assert.equal(await row.locator("a.permanent").count(), 1);
      await visit(`c/tl-043/#${locale}`);
      await page.locator(`section${inLanguage(lang)} details.forms summary`).click();
      await page.locator(`section${inLanguage(lang)} .citations dt`, { hasText: "CSL-JSON" }).waitFor();
      const forms = await page.locator(`section${inLanguage(lang)} .citation`).allTextContents();
      assert.deepEqual([plain, html], [forms[0], forms[2]]);
      assert.match(plain, /^TL-043@2026\.1/);
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("a browser without the clipboard's new way copies all the same", async () => {
    const visited = await site.open({ language: english.browser });
    const { page, trouble, visit, close } = visited;
    await page.context().grantPermissions(["clipboard-read"]);
    await page.addInitScript(() => delete globalThis.ClipboardItem);
    await visit(`en/${LEVEL}`);
    await page.locator(ROW).getByRole("button", { name: "Cite TL-043" }).click();
    await page.locator(ROW).getByRole("button", { name: "Copy for a review" }).click();
    await page.locator("[role=status]", { hasText: "Citation of TL-043 copied" }).waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^TL-043@2026\.1/);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a row has one button behind its thread, which opens the ways to cite it, and Escape closes them", async () => {
    const { page, trouble, close } = await open({ language: english.browser }, `en/${LEVEL}`);
    const focused = () =>
      page.evaluate(() => [document.activeElement.ariaLabel ?? document.activeElement.textContent, document.activeElement.ariaExpanded]);
    await page.locator(`${ROW} a.thread`).focus();
    await page.keyboard.press("Tab");
    assert.deepEqual(await focused(), ["Cite TL-043", "false"]);
    assert.equal(await page.evaluate(() => getComputedStyle(document.activeElement).opacity), "1");
    await page.keyboard.press("Enter");
    assert.deepEqual(await focused(), ["Cite TL-043", "true"]);
    const ways = [];
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press("Tab");
      ways.push((await focused())[0]);
    }
    assert.deepEqual(ways, ["Copy for a review", "Copy link", "TL-043: permanent page", "繁體中文（台灣）"]);
    await page.keyboard.press("Escape");
    assert.deepEqual(await focused(), ["Cite TL-043", "false"]);
    assert.equal(await page.locator(`${ROW} .more > *`).count(), 2);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("on a touch screen the button is always there", async () => {
    const { page, close } = await open({ language: english.browser, width: 375, touch: true }, `en/${LEVEL}`);
    const opacity = await page.locator(`${ROW} .cite`).evaluate((button) => getComputedStyle(button).opacity);
    assert.equal(opacity, "1");
    await close();
  });

  test("without scripts a row leads to its permanent page and to the other language", async () => {
    const { page, visit, close } = await site.open({ javaScript: false });
    await visit(`en/${LEVEL}`);
    await page.locator(ROW).hover();
    assert.deepEqual(await page.locator(`${ROW} .more a`).allTextContents().then((texts) => texts.slice(-2)), ["Permanent page", "繁體中文（台灣）"]);
    await close();
  });

  test("a theme is remembered from page to page, and given up again", async () => {
    const { page, trouble, visit, close } = await open({ language: english.browser, colorScheme: "light" }, `en/${LEVEL}`);
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByLabel("Appearance").selectOption("dark");
    const dark = await paper();
    assert.notEqual(dark, light);
    await visit("zh-tw/");
    assert.equal(await paper(), dark);
    assert.equal(await page.getByLabel("外觀").inputValue(), "dark");
    await page.goBack();
    await page.getByLabel("Appearance").selectOption("auto");
    assert.equal(await paper(), light);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a chosen theme holds before anything is drawn", async () => {
    const { page, visit, close } = await open({ language: english.browser, colorScheme: "light" }, `en/${LEVEL}`);
    await page.getByLabel("Appearance").selectOption("dark");
    await page.addInitScript(() => {
      globalThis.themes = [];
      const note = () => document.body && globalThis.themes.push(document.documentElement.dataset.theme);
      new MutationObserver(note).observe(document, { childList: true, subtree: true });
    });
    await visit(`en/${LEVEL}`);
    assert.deepEqual(await page.evaluate(() => [...new Set(globalThis.themes)]), ["dark"]);
    await close();
  });

  test("the language switch takes query and fragment along, also for a new tab", async () => {
    const { page, close } = await open({ language: english.browser }, `en/technical-leadership/matrix/?from=review#tl-042`);
    const target = () => page.locator(languageLink(chinese.lang)).first().evaluate((link) => link.href);
    assert.equal(await target(), `${site.url}zh-tw/technical-leadership/matrix/?from=review#tl-042`);
    await page.evaluate(() => (location.hash = "#tl-043"));
    await page.waitForFunction((selector) => document.querySelector(selector).href.endsWith("#tl-043"), languageLink(chinese.lang));
    await close();
  });

  test("the language switch on the permanent page stays on it", async () => {
    const { page, trouble, close } = await open({ language: english.browser }, "c/tl-042/#en");
    await page.click(languageLink(chinese.lang));
    await page.waitForURL(`${site.url}c/tl-042/#zh-tw`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("without scripts a page offers nothing that does not work", async () => {
    const { page, visit, close } = await site.open({ javaScript: false });
    await visit(`en/${LEVEL}`);
    assert.equal(await page.locator("button, select").filter({ visible: true }).count(), 0);
    assert.ok(await page.locator(ROW).isVisible());
    await close();
  });

  test("the first view of a level keeps within its budget, and nothing in it moves", async () => {
    for (const { folder: locale, browser } of LOCALES) {
      const { page, trouble, visit, close } = await site.open({ language: browser, width: 375 });
      const asked = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname.slice(base.pathname.length)));
      await page.addInitScript(() => {
        globalThis.shift = 0;
        const add = (list) => list.getEntries().forEach((entry) => (globalThis.shift += entry.value));
        new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
      });
      await visit(`${locale}/${LEVEL}`);
      await page.waitForLoadState("networkidle");
      const sizes = [...new Set(asked)].filter((file) => !file.endsWith(".svg")).map((file) => {
        const name = file.endsWith("/") ? `${file}index.html` : file;
        return { name, size: gzipSync(text(name)).length };
      });
      const sum = (files) => files.reduce((all, { size }) => all + size, 0);
      const scripts = sum(sizes.filter(({ name }) => name.endsWith(".js")));
      console.log(`${locale}: ${asked.length} requests, ${sum(sizes)} bytes, of these ${scripts} of scripts`);
      assert.ok(asked.length <= 4, asked.join(" "));
      assert.ok(sum(sizes) <= 24 * KIB, JSON.stringify(sizes));
      assert.ok(scripts <= 6 * KIB, JSON.stringify(sizes));
      assert.equal(await page.evaluate(() => globalThis.shift), 0);
      assert.deepEqual(trouble, []);
      await close();
    }
  });

  test("all of it works from a folder on a disk", async () => {
    const { page, trouble, close } = await site.open({ language: chinese.browser });
    await page.goto(new URL("zh-tw/index.html", `${pathToFileURL(folder)}/`).href);
    assert.notEqual(await page.evaluate(() => document.styleSheets.length), 0);
    await page.getByLabel("外觀").selectOption("dark");
    await page.keyboard.press("/");
    await page.fill(".search input[type=search]", "利害關係人");
    await page.locator(".search .results a").first().click();
    await page.waitForURL(/^file:.*\/zh-tw\/technical-leadership\/l7\/index\.html#tl-059$/);
    assert.equal(await page.getAttribute("html", "data-theme"), "dark");
    await page.click(languageLink(english.lang));
    await page.waitForURL(/^file:.*\/en\/technical-leadership\/l7\/index\.html#tl-059$/);
    await page.locator("#tl-059 .cite").click();
    await page.locator("#tl-059 .permanent").click();
    await page.waitForURL(/^file:.*\/c\/tl-059\/index\.html$/);
    assert.deepEqual(trouble.filter((line) => !line.startsWith("another host: file:")), []);
    await close();
  });
});
