// A reader asks, sees what is found, and gets there, in each language, without a server. What is found, `finder.test.mjs`
// looks at.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { start } from "./browser.mjs";
import { LOCALES } from "./pages.mjs";
import { QUERIES } from "./queries.mjs";
import { languageLink } from "./selectors.mjs";
import { folder as siteFolder, text } from "./site.mjs";

const [english, chinese] = LOCALES;
const LEVEL = "technical-leadership/l6/";

/** What a file of the index of a locale hands over. */
function indexOf(folder, file = "search.js") {
  const written = text(`${folder}/${file}`);
  return JSON.parse(written.slice("rungs.index(".length, written.lastIndexOf(")")));
}

/** What the first file of the index of a locale holds: all but the guide. */
const documentsOf = (folder) => indexOf(folder).documents;

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NAMES = { en: "Search", "zh-tw": "搜尋" };
const RESULTS = ".search .results a";
const FIELD = ".search input[type=search]";
const STATUS = ".search [role=status]";

/** A query of each locale that the guide alone answers, and how the number of its results is said. */
const SECOND = [
  { ...english, query: "cargo", results: (count) => `${count} results` },
  { ...chinese, query: "儲存庫", results: (count) => `${count}筆結果` },
];

/** In how many pages of the guide a query stands. */
const countOf = (folder, query) =>
  indexOf(folder, "search-more.js").documents.filter(({ title, text: all }) => `${title}\n${all}`.toLowerCase().includes(query)).length;

/** The requests for a file of the site from now on. */
function requestsFor(page, file) {
  const asked = [];
  page.on("request", (request) => request.url().endsWith(`/${file}`) && asked.push(request.url()));
  return asked;
}

/** Holds a file of the site back. Returns what lets it through. */
async function held(page, file) {
  let open = () => {};
  const opened = new Promise((done) => (open = done));
  await page.route(`**/${file}`, async (route) => {
    await opened;
    await route.continue();
  });
  return async () => {
    const loaded = page.waitForResponse((response) => response.url().endsWith(`/${file}`));
    open();
    await loaded;
  };
}

/** What a screen reader says of the number of results while something is done. */
async function said(page, action, expected) {
  await page.evaluate((selector) => {
    const status = document.querySelector(selector);
    globalThis.heard = [];
    new MutationObserver(() => status.textContent && globalThis.heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  }, STATUS);
  await action();
  assert.deepEqual(await page.evaluate(() => globalThis.heard), expected);
}

describe("search", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  /** Opens the search on a page by its key, and waits until it can answer. */
  async function opened(reader, address) {
    const visited = await site.open(reader);
    await visited.visit(address);
    await visited.page.keyboard.press("/");
    await visited.page.locator("dialog.search-dialog[open] input[type=search]").waitFor();
    await visited.page.waitForFunction(() => document.querySelector(".search .as-page")?.textContent !== "");
    return visited;
  }

  /** Asks for something, and waits until the number of results is said: a second file may have to come first. */
  async function ask(page, query) {
    await page.fill(FIELD, query);
    await page.waitForFunction(() => document.querySelector(".search .status")?.textContent !== "");
  }

  /** What is found: ids, or kinds. */
  const found = (page) =>
    page.locator(".search .results .found").evaluateAll((rows) => rows.map((row) => (row.querySelector(".id, .kind") ?? row).textContent));

  for (const { folder, browser } of LOCALES) {
    test(`the first results in ${folder} are what is looked for`, async () => {
      const { page, trouble, close } = await opened({ language: browser }, `${folder}/${LEVEL}`);
      const faults = [];
      for (const [query, expected] of Object.values(QUERIES[folder]).flatMap((rows) => rows.filter(([, names, worst]) => worst === 1 && /^TL-\d+$/.test(names)))) {
        await ask(page, query);
        const [first] = await found(page);
        if (first !== expected) faults.push(`${query}: ${first}`);
      }
      assert.deepEqual(faults, []);
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("a result says id, level, category and the sentence with the match marked", async () => {
    const { page, close } = await opened({ language: chinese.browser }, `zh-tw/${LEVEL}`);
    await page.fill(".search input[type=search]", "利害關係人");
    const first = page.locator(".search .results li").first();
    const document = documentsOf("zh-tw").find(({ id }) => id === "TL-059");
    assert.equal(await first.locator(".id").textContent(), "TL-059");
    assert.equal(await first.locator(".code").textContent(), document.level);
    assert.equal(await first.locator(".category").textContent(), document.category);
    assert.deepEqual(await first.locator("mark").allTextContents(), ["利害關係人"]);
    assert.ok(document.text.includes(await first.locator(".text").textContent()));
    await close();
  });

  test("the marks stand where the text has them, however it is written", async () => {
    const { page, close } = await opened({ language: chinese.browser }, `zh-tw/${LEVEL}`);
    await page.fill(".search input[type=search]", "投入４０-８０％");
    assert.deepEqual(await page.locator(".search .results mark").allTextContents(), ["投入40–80"]);
    await close();
  });

  test("with the keyboard alone: open, ask, choose, arrive", async () => {
    const { page, trouble, close } = await opened({ language: english.browser }, "en/");
    assert.ok(await page.locator(".search input[type=search]").evaluate((field) => field === document.activeElement));
    await page.keyboard.type("orphan");
    assert.equal(await page.locator(".search [role=status]").textContent(), "8 results");
    const at = () => page.evaluate(() => document.activeElement.querySelector(".id")?.textContent ?? document.activeElement.tagName);
    const path = [];
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"]) {
      await page.keyboard.press(key);
      path.push(await at());
    }
    assert.deepEqual(path, ["TL-023", "TL-056", "TL-023", "INPUT", "INPUT", "TL-023", "TL-056"]);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/en\/technical-leadership\/l\d\/#tl-056$/);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("Enter in the field leads to the first result, also on the same page", async () => {
    const { page, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    await page.keyboard.type("tl-42");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site.url}en/${LEVEL}#tl-042`);
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await close();
  });

  test("Escape closes and gives the focus back, and the key opens again with what was asked", async () => {
    const { page, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    await page.keyboard.press("Escape");
    await page.locator(".criterion .id").first().focus();
    await page.keyboard.press("/");
    await page.locator("dialog.search-dialog[open] input[type=search]").waitFor();
    await page.keyboard.type("maps");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    assert.ok(await page.evaluate(() => document.activeElement.matches(".criterion .id")));
    await page.keyboard.press("/");
    await page.locator("dialog.search-dialog[open] input[type=search]").waitFor();
    assert.equal(await page.inputValue(".search input[type=search]"), "maps");
    await close();
  });

  test("a click beside the search closes it, and one into its margin does not", async () => {
    const { page, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    const { x, y } = await page.locator("dialog[open]").boundingBox();
    await page.mouse.click(x + 4, y + 4);
    assert.equal(await page.locator("dialog[open]").count(), 1);
    await page.mouse.click(x - 20, y + 4);
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await close();
  });

  test("the key can be turned off on the page of the search, for who speaks to the computer", async () => {
    const { page, visit, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    assert.equal(await page.getByRole("checkbox").count(), 0, "a setting is not a part of each search");
    await page.click(".search .as-page");
    await page.getByRole("checkbox", { name: /Press \/ to search/ }).uncheck();
    await visit("en/");
    await page.keyboard.press("/");
    assert.equal(await page.locator("dialog").count(), 0);
    await page.keyboard.press("Control+k");
    await page.locator("dialog.search-dialog[open]").waitFor();
    assert.equal(await page.inputValue(FIELD), "");
    await visit("en/search/");
    await page.getByRole("checkbox").check();
    await visit("en/");
    await page.keyboard.press("/");
    await page.locator("dialog.search-dialog[open]").waitFor();
    await close();
  });

  for (const key of ["Control+k", "Meta+k"]) {
    test(`${key} opens the search, also from a field`, async () => {
      const { page, visit, close } = await site.open({ language: english.browser });
      await visit("en/");
      await page.focus("select[data-theme-switch]");
      await page.keyboard.press(key);
      await page.locator(`dialog.search-dialog[open] ${FIELD.replace(".search ", "")}`).waitFor();
      assert.ok(await page.locator(FIELD).evaluate((field) => field === document.activeElement));
      await close();
    });
  }

  test("results are narrowed to a level, and the address keeps it", async () => {
    const { page, trouble, visit, close } = await site.open({ language: english.browser });
    await visit("en/search/?q=RFC");
    await page.locator(RESULTS).first().waitFor();
    assert.deepEqual((await found(page)).slice(0, 2), ["TL-006", "TL-031"]);
    await page.getByLabel("Level", { exact: true }).selectOption("T6/L6");
    assert.equal((await found(page))[0], "TL-031");
    assert.ok(!(await found(page)).includes("TL-006"));
    await page.waitForURL(`${site.url}en/search/?q=RFC&level=T6%2FL6`);
    await page.reload();
    await page.locator(RESULTS).first().waitFor();
    assert.equal((await found(page))[0], "TL-031");
    assert.deepEqual(trouble, []);
    await close();
  });

  test("what has but some of the words stands under a line that says so, with ways on", async () => {
    const { page, trouble, visit, close } = await site.open({ language: english.browser });
    await visit("en/search/?q=keyboards+for+delegation");
    await page.locator(STATUS, { hasText: "No criterion has all these words" }).waitFor();
    assert.ok((await found(page)).includes("TL-036"));
    const ways = page.locator(".search .elsewhere a");
    assert.deepEqual(await ways.allTextContents(), ["All criteria at a glance", "Search in Traditional Chinese"]);
    await ways.nth(1).click();
    await page.waitForURL(`${site.url}zh-tw/search/?q=keyboards+for+delegation`);
    await visit("en/search/?q=quantum+blockchain");
    await page.locator(STATUS, { hasText: "Nothing found" }).waitFor();
    await ways.first().click();
    await page.waitForURL(`${site.url}en/technical-leadership/matrix/`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("what is found by the words of another language shows them", async () => {
    const { page, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    await ask(page, "利害關係人");
    const first = page.locator(".search .results li").first();
    assert.equal(await first.locator(".id").textContent(), "TL-059");
    assert.deepEqual(await first.locator("[lang=zh-Hant-TW] mark").allTextContents(), ["利害關係人"]);
    await close();
  });

  test("a slash that is written somewhere is only a slash", async () => {
    const { page, visit, close } = await site.open({ language: english.browser });
    await visit("en/search/?q=t6");
    await page.locator(RESULTS).first().waitFor();
    await page.focus(".search input[type=search]");
    await page.keyboard.press("End");
    await page.keyboard.type("/l6");
    assert.equal(await page.inputValue(".search input[type=search]"), "t6/l6");
    assert.equal(await page.locator("dialog").count(), 0);
    await close();
  });

  for (const { folder, browser } of LOCALES) {
    test(`nothing is loaded in ${folder} before the search is opened`, async () => {
      const { page, visit, close } = await site.open({ language: browser });
      const asked = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname.replace(/\.[0-9a-f]{8}\./, ".").split("/rungs/")[1]));
      await visit(`${folder}/${LEVEL}`);
      await page.waitForLoadState("networkidle");
      assert.deepEqual(asked.filter((path) => /search|finder|minisearch/.test(path)), []);
      asked.length = 0;
      await page.getByRole("link", { name: NAMES[folder], exact: true }).click();
      await page.fill(".search input[type=search]", "RFC");
      await page.locator(RESULTS).first().waitFor();
      const loaded = ["assets/finder.js", "assets/search.css", "assets/search.js", `${folder}/search.js`];
      // When a browser asks for the icon is its own affair.
      assert.deepEqual(asked.filter((path) => !path.endsWith("favicon.svg")).sort(), loaded.sort());
      await close();
    });
  }

  test("a query is an address, and the other language asks the same", async () => {
    const { page, trouble, visit, close } = await site.open({ language: english.browser });
    await visit("en/search/?q=OKRA");
    await page.locator(RESULTS).first().waitFor();
    assert.equal(await page.inputValue(".search input[type=search]"), "OKRA");
    await page.fill(".search input[type=search]", "RFC & design");
    await page.waitForURL(`${site.url}en/search/?q=RFC+%26+design`);
    await page.fill(".search input[type=search]", "RFC");
    await page.click(languageLink(chinese.lang));
    await page.waitForURL(`${site.url}zh-tw/search/?q=RFC`);
    await page.locator(RESULTS).first().waitFor();
    assert.deepEqual((await found(page)).slice(0, 2), ["TL-006", "TL-031"]);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("the search over a page leads on to its own page", async () => {
    const { page, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    await page.fill(".search input[type=search]", "orphan");
    await page.click(".search .as-page");
    await page.waitForURL(`${site.url}en/search/?q=orphan`);
    await close();
  });

  test("markup in a query is text", async () => {
    const { page, trouble, visit, close } = await site.open({ language: english.browser });
    await visit(`en/search/?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
    await page.locator(STATUS, { hasText: "Nothing found" }).waitFor();
    assert.equal(await page.textContent(".search .status"), "Nothing found for “<img src=x onerror=alert(1)>”.");
    assert.deepEqual(trouble, []);
    await close();
  });

  test("what an input method has not finished is not asked for", async () => {
    const { page, close } = await opened({ language: chinese.browser }, `zh-tw/${LEVEL}`);
    const asked = await page.evaluate(() => {
      const field = document.querySelector(".search input[type=search]");
      const count = () => document.querySelectorAll(".search .results li").length;
      field.value = "孤兒";
      field.dispatchEvent(new InputEvent("input", { isComposing: true }));
      const composing = count();
      field.dispatchEvent(new CompositionEvent("compositionend"));
      return [composing, count()];
    });
    assert.deepEqual(asked, [0, 8]);
    await close();
  });

  test("if the index cannot be loaded the search says so, and tries again the next time", async () => {
    const { page, visit, close } = await site.open({ language: english.browser });
    await page.route("**/en/search.js", (route) => route.abort());
    await visit(`en/${LEVEL}`);
    await page.keyboard.press("/");
    await page.getByText("Search could not be loaded.").waitFor();
    await page.unroute("**/en/search.js");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.locator("dialog.search-dialog[open] input[type=search]").waitFor();
    await page.keyboard.type("tl-42");
    await page.locator(RESULTS).first().waitFor();
    await close();
  });

  for (const { folder, browser, query, results } of SECOND) {
    test(`what only the guide answers in ${folder} is in a second file, which is loaded once`, async () => {
      const { page, trouble, close } = await opened({ language: browser }, `${folder}/${LEVEL}`);
      const asked = requestsFor(page, `${folder}/search-more.js`);
      await ask(page, "RFC");
      assert.equal(asked.length, 0);
      await said(page, () => ask(page, query), [results(await countOf(folder, query))]);
      assert.equal(asked.length, 1);
      const links = await page.locator(RESULTS).evaluateAll((rows) => rows.map(({ pathname }) => pathname));
      assert.ok(links.length > 0 && links.every((path) => path.includes(`/${folder}/guide/`)), links.join(" "));
      // Where the first file has enough, the second is not looked into even when it is there.
      await ask(page, "RFC");
      const many = await page.locator(RESULTS).evaluateAll((rows) => rows.map(({ pathname }) => pathname));
      assert.ok(many.every((path) => !path.includes("/guide/")), many.join(" "));
      await ask(page, query);
      assert.equal(asked.length, 1);
      assert.equal(await page.locator(RESULTS).count(), links.length);
      assert.deepEqual(trouble, []);
      await close();
    });

    test(`a query in the address looks into the second file in ${folder}`, async () => {
      const { page, trouble, visit, close } = await site.open({ language: browser });
      await visit(`${folder}/search/?q=${encodeURIComponent(query)}`);
      await page.locator(STATUS, { hasText: results(await countOf(folder, query)) }).waitFor();
      assert.equal(await page.locator(RESULTS).count(), await countOf(folder, query));
      assert.deepEqual(trouble, []);
      await close();
    });

    test(`a folder on a disk has both files of ${folder}`, async () => {
      const { page, trouble, close } = await site.open({ language: browser });
      await page.goto(new URL(`${folder}/index.html`, `${pathToFileURL(siteFolder)}/`).href);
      await page.keyboard.press("/");
      await page.locator(FIELD).waitFor();
      await page.fill(FIELD, query);
      await page.locator(RESULTS).first().click();
      await page.waitForURL(/^file:.*\/guide\/[a-z]+\/index\.html$/);
      assert.deepEqual(trouble.filter((line) => !line.startsWith("another host: file:")), []);
      await close();
    });
  }

  test("until the second file is there, the first results stand, can be chosen, and are not counted", async () => {
    const { page, trouble, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    const release = await held(page, "en/search-more.js");
    await page.fill(FIELD, "stakeholders");
    assert.deepEqual(await found(page), ["TL-059"]);
    assert.equal(await page.textContent(STATUS), "");
    // Somebody types on meanwhile: to what the first file has enough of, and back.
    await page.fill(FIELD, "orphan");
    assert.equal(await page.textContent(STATUS), "8 results");
    await page.fill(FIELD, "TL-042");
    await page.keyboard.press("ArrowDown");
    await said(page, async () => {
      await release();
      await page.locator(STATUS, { hasText: "2 results" }).waitFor();
    }, ["2 results"]);
    assert.deepEqual(await found(page), ["TL-042", "Page"]);
    assert.equal(await page.evaluate(() => document.activeElement.querySelector(".id")?.textContent), "TL-042");
    assert.deepEqual(trouble, []);
    await close();
  });

  test("what is said of enough results is not said again when the second file comes", async () => {
    const { page, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    const release = await held(page, "en/search-more.js");
    await page.fill(FIELD, "stakeholders");
    await page.fill(FIELD, "orphan");
    await said(page, async () => {
      await release();
      await page.evaluate(() => globalThis.rungs.load(globalThis.rungs.address("en/search-more.js")));
    }, []);
    assert.equal(await page.locator(RESULTS).count(), 8);
    await close();
  });

  test("what is only written like the query gives way to what the guide has", async () => {
    const { page, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    const release = await held(page, "en/search-more.js");
    await page.fill(FIELD, "governence");
    assert.deepEqual([await found(page), await page.textContent(STATUS)], [[], ""]);
    await release();
    await page.locator(STATUS, { hasText: "No exact match" }).waitFor();
    assert.deepEqual((await found(page)).slice(0, 2), ["TL-088", "TL-099"]);
    await close();
  });

  test("if the second file cannot be loaded the first results stand, and it is tried again the next time", async () => {
    const { page, close } = await opened({ language: english.browser }, `en/${LEVEL}`);
    const asked = requestsFor(page, "en/search-more.js");
    await page.route("**/en/search-more.js", (route) => route.abort());
    await said(page, () => ask(page, "stakeholders"), ["1 result"]);
    assert.deepEqual(await found(page), ["TL-059"]);
    await ask(page, "gettext");
    assert.equal(await page.textContent(STATUS), "Nothing found for “gettext”.");
    assert.equal(asked.length, 1);
    await page.unroute("**/en/search-more.js");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.locator(RESULTS).first().waitFor();
    assert.equal(asked.length, 2);
    await close();
  });

  for (const colorScheme of ["light", "dark"]) {
    for (const { folder, browser } of LOCALES) {
      test(`axe finds nothing against the open search in ${folder} in ${colorScheme}`, async () => {
        const { page, close } = await opened({ language: browser, colorScheme, width: 320 }, `${folder}/${LEVEL}`);
        await page.fill(".search input[type=search]", "RFC");
        await page.locator(RESULTS).first().waitFor();
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`)), []);
        assert.ok(await page.evaluate(() => document.querySelector("dialog").scrollWidth <= document.querySelector("dialog").clientWidth));
        await close();
      });
    }
  }

  test("without scripts the search is absent, and its page leads to the whole ladder", async () => {
    const { page, visit, close } = await site.open({ javaScript: false });
    await visit(`en/${LEVEL}`);
    assert.equal(await page.locator("a[data-search]").isVisible(), false);
    await visit("en/search/");
    await page.locator("main a", { hasText: "Technical Leadership" }).first().click();
    await page.waitForURL(`${site.url}en/technical-leadership/`);
    await close();
  });
});
