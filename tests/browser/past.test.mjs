// What a site has been: editions, pages that moved or went, what changed and the feed of it.

import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { LOCALES, examples } from "./pages.mjs";
import { printed } from "./program.mjs";
import { inLanguage, languageLink } from "./selectors.mjs";
import { SITES, fileOf } from "./site.mjs";

const [english, chinese] = LOCALES;
const { base, files, folder } = SITES.past;
const KIB = 1024;
/** What the site is built from. */
const CONTENT = resolve(import.meta.dirname, "../fixtures/past");

describe("past", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  const open = (reader = {}) => site.open({ site: "past", ...reader });

  for (const { folder: locale, browser } of LOCALES) {
    test(`a former address in ${locale} leads on to the same criterion`, async () => {
      const { page, trouble, visit, close } = await open({ language: browser });
      await visit(`${locale}/workshop/j2/#wk-006`);
      await page.waitForURL(`${site.past}${locale}/workshop/w2/#wk-006`);
      assert.ok(await isMarked(page.locator("#wk-006")));
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("without scripts a former address leads on by itself", async () => {
    const { page, trouble, visit, close } = await open({ javaScript: false });
    await visit("zh-tw/notes/time-at-the-bench/");
    await page.waitForURL(`${site.past}zh-tw/notes/bench-time/`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a former address has a link for those whom it does not lead on", async () => {
    const { page, trouble, visit, close } = await open({ stays: true });
    await visit("en/workshop/j2/");
    await page.locator("main a", { hasText: "W2 · Maker" }).click();
    await page.waitForURL(`${site.past}en/workshop/w2/`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a former address leads on from a folder on a disk", async () => {
    const { page, trouble, close } = await open();
    await page.goto(new URL("en/workshop/j2/index.html#wk-006", `${pathToFileURL(folder)}/`).href);
    await page.waitForURL(/^file:.*\/en\/workshop\/w2\/index\.html#wk-006$/);
    assert.deepEqual(trouble.filter((line) => !line.startsWith("another host: file:")), []);
    await close();
  });

  test("the page of a level that is gone says where its criteria are", async () => {
    const { page, trouble, visit, close } = await open();
    await visit("en/workshop/w4/#wk-011");
    assert.equal(await page.locator("h1").innerText(), "W4 · Warden");
    const stub = page.locator("#wk-011");
    assert.ok(await isMarked(stub));
    await stub.getByRole("link", { name: "W3 · Master" }).click();
    await page.waitForURL(`${site.past}en/workshop/w3/#wk-011`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("an old link to a criterion that moved lands on a stub that leads on", async () => {
    const { page, trouble, visit, close } = await open();
    await visit("en/workshop/w2/#wk-007");
    const stub = page.locator("#wk-007");
    assert.ok(await isMarked(stub), "the stub is in view and marked");
    await stub.getByRole("link").click();
    await page.waitForURL(`${site.past}en/workshop/w3/#wk-007`);
    assert.ok(await isMarked(page.locator("#wk-007")));
    assert.deepEqual(trouble, []);
    await close();
  });

  test("an old link to a criterion that was withdrawn leads to what is asked in its place", async () => {
    const { page, trouble, visit, close } = await open({ language: chinese.browser });
    await visit("zh-tw/workshop/w2/#wk-008");
    const stub = page.locator("#wk-008");
    assert.ok(await isMarked(stub));
    await stub.getByRole("link").click();
    await page.waitForURL(/\/c\/wk-008\//);
    assert.ok(await page.locator(".cited", { hasText: "作品出錯後，一週內寫下原因。" }).isVisible(), "its last words are there");
    await page.locator(`section${inLanguage(chinese.lang)}`).getByRole("link", { name: "WK-012" }).click();
    await page.waitForURL(/wk-012/);
    assert.ok(await page.getByText("有人身處危險時，叫停其工作。").first().isVisible());
    assert.deepEqual(trouble, []);
    await close();
  });

  test("the language switch of a frozen ladder stays at the same criterion", async () => {
    const { page, trouble, visit, close } = await open();
    await visit("e/2025.1/en/workshop/#wk-008");
    await page.click(languageLink(chinese.lang));
    await page.waitForURL(`${site.past}e/2025.1/zh-tw/workshop/#wk-008`);
    assert.ok(await isMarked(page.locator("#wk-008")));
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a chosen theme holds on frozen pages", async () => {
    const { page, trouble, visit, close } = await open({ colorScheme: "light" });
    await visit("en/");
    await page.getByLabel("Appearance").selectOption("dark");
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await paper();
    for (const { address } of examples().filter(({ kind }) => kind.startsWith("edition"))) {
      await visit(address);
      assert.equal(await paper(), dark, address);
    }
    assert.deepEqual(trouble, []);
    await close();
  });

  test("each form of a citation is copied as it stands", async () => {
    const { page, trouble, visit, close } = await open({ language: english.browser });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await visit("c/wk-006/");
    const part = page.locator(`section${inLanguage(english.lang)}`);
    await part.locator("details.forms summary").click();
    await part.locator(".citations dt", { hasText: "CSL-JSON" }).waitFor();
    const forms = await part.locator(".citations dt").allTextContents();
    assert.deepEqual(forms, ["Text", "Markdown", "HTML", "BibTeX", "CSL-JSON"]);
    for (const [index, form] of forms.entries()) {
      const place = part.locator(".citations dd").nth(index);
      const citation = await place.locator(".citation").textContent();
      await page.evaluate(() => navigator.clipboard.writeText(""));
      await place.getByRole("button").click();
      await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), citation, form);
      await page.locator("[role=status]", { hasText: "Copied" }).waitFor();
      assert.ok(citation.includes("c/wk-006/") && citation.includes("2026.1"), `${form} names edition and address`);
    }
    assert.deepEqual(trouble, []);
    await close();
  });

  test("the forms of citations that scripts make are those of the program", async () => {
    const { page, trouble, visit, close } = await open();
    // One that has changed since its edition, one that reads as in the last, one whose translation is outdated, and one that was
    // withdrawn.
    for (const id of ["wk-001", "wk-005", "wk-006", "wk-008"]) {
      for (const { folder: locale } of LOCALES) {
        await visit(`c/${id}/#${locale}`);
        await page.locator(`#${locale} details.forms summary`).click();
        await page.locator(`#${locale} .citations dt`, { hasText: "CSL-JSON" }).waitFor();
        const forms = page.locator(`#${locale} .citation`);
        const [text, markdown, html, bibtex, csl] = await forms.allTextContents();
        const [cited] = text.split(/[:：]/);
        const written = (format) => printed(["cite", cited, "--format", format, "--locale", locale, "--content", CONTENT, "--base-url", base]);
        const own = { text, markdown, html, bibtex, "csl-json": csl };
        for (const [format, citation] of Object.entries(own)) assert.equal(citation, written(format), `${cited} ${format}`);
      }
    }
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a review gets the pinned citation, and the link of the language that is read", async () => {
    const { page, trouble, visit, close } = await open();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await visit("c/wk-005/#zh-tw");
    await page.getByRole("button", { name: "複製引用（評核用）" }).click();
    await page.locator("[role=status]", { hasText: "已複製WK-005的引用" }).waitFor();
    const citation = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(citation, /^WK-005@\S+：「/);
    assert.ok(citation.endsWith("/c/wk-005/#zh-tw") && citation.includes(`${base}e/`), citation);
    await page.getByRole("button", { name: "複製連結" }).click();
    await page.locator("[role=status]", { hasText: "連結" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${base}c/wk-005/#zh-tw`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("what came and what went can be told without colour, and be heard", async () => {
    const { page, visit, close } = await open();
    await visit("c/wk-006/");
    const told = (selector) =>
      page.locator(selector).first().evaluate((element) => {
        const { textDecorationLine } = getComputedStyle(element);
        return [textDecorationLine, getComputedStyle(element, "::before").content];
      });
    assert.deepEqual(await told("section[lang=en] del"), ["line-through", '" [deleted: "']);
    assert.deepEqual(await told("section[lang=en] ins"), ["underline", '" [inserted: "']);
    assert.deepEqual(await told(`section${inLanguage(chinese.lang)} .moments ins`), ["underline", '"［新增："']);
    await page.locator("section[lang=en] summary", { hasText: "History" }).click();
    const heard = await page.locator("section[lang=en] .difference").ariaSnapshot();
    assert.ok(heard.includes("[deleted:") && heard.includes("[inserted:"), heard);
    await close();
  });

  test("a frozen page is small", () => {
    for (const { name, address } of examples().filter(({ kind }) => kind.startsWith("edition"))) {
      const size = gzipSync(SITES.past.text(fileOf(address))).length;
      console.log(`${name}: ${size} bytes`);
      assert.ok(size <= 3 * KIB, `${name}: ${size} bytes`);
    }
  });

  for (const { folder: locale, lang } of LOCALES) {
    test(`the feed in ${locale} is what RFC 4287 asks for`, async () => {
      const { page, visit, close } = await open();
      await visit(`${locale}/changes/`);
      const source = await page.locator('link[type="application/atom+xml"]').getAttribute("href");
      const address = new URL(source, new URL(`${locale}/changes/`, base));
      const feed = await page.evaluate(readFeed, SITES.past.text(pathOf(address)));
      assert.equal(feed.fault, undefined);
      assert.equal(feed.language, lang);
      assert.ok(feed.author, "somebody wrote it");
      assert.equal(feed.links.self, address.href);
      assert.equal(feed.entries.length, 3);
      const ids = [feed, ...feed.entries].map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, "each id is there once");
      for (const { id, title, updated, links } of [feed, ...feed.entries]) {
        assert.ok(URL.canParse(id) && title, id);
        assert.match(updated, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
        assert.ok(links.alternate, `${id} leads to a page`);
      }
      const updates = feed.entries.map(({ updated }) => updated);
      assert.deepEqual(updates, [...updates].sort().reverse(), "the latest comes first");
      assert.equal(feed.updated, updates[0]);
      const links = [feed, ...feed.entries].flatMap(({ links, hrefs }) => [...Object.values(links), ...hrefs]);
      assert.deepEqual(links.filter((link) => !files.has(pathOf(link))), []);
      await close();
    });
  }
});

/** The file below the base that an absolute address names. */
function pathOf(address) {
  const { href } = new URL(address);
  return href.startsWith(base.href) ? fileOf(href.slice(base.href.length).split("#")[0]) : href;
}

/** Whether an element is in view and looks like the target of a link. */
async function isMarked(locator) {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return element.matches(":target") && top >= 0 && bottom <= innerHeight && outlineStyle === "solid" && parseFloat(outlineWidth) >= 2;
  });
}

/** What a feed says. Runs in the page, since a browser has a parser of XML. */
function readFeed(xml) {
  const parsed = new DOMParser().parseFromString(xml, "application/xml");
  const fault = parsed.querySelector("parsererror")?.textContent;
  const { documentElement: root } = parsed;
  const isAtom = [...parsed.querySelectorAll("*")].every(({ namespaceURI }) => namespaceURI === "http://www.w3.org/2005/Atom");
  const childrenOf = (element, name) => [...element.children].filter(({ localName }) => localName === name);
  const read = (element) => {
    const only = (name) => {
      const found = childrenOf(element, name);
      return found.length === 1 ? found[0].textContent : undefined;
    };
    const links = childrenOf(element, "link").map((link) => [link.getAttribute("rel") ?? "alternate", link.getAttribute("href")]);
    const content = new DOMParser().parseFromString(only("content") ?? "", "text/html");
    const hrefs = [...content.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    return { id: only("id"), title: only("title"), updated: only("updated"), links: Object.fromEntries(links), hrefs };
  };
  const entries = childrenOf(root, "entry").map(read);
  const author = root.querySelector("author > name")?.textContent;
  return { ...read(root), fault: fault ?? (isAtom ? undefined : "not Atom"), language: root.getAttribute("xml:lang"), author, entries };
}
