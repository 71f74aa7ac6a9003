// What a reader has before the eyes at once: the header in one row, the text right below it, ids whole, and what has
// changed first.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { examples, LOCALES } from "./pages.mjs";

describe("reading", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  const top = async (page, selector) => (await page.locator(selector).first().boundingBox()).y;

  for (const { folder } of LOCALES) {
    test(`a level in ${folder} shows its first criterion on a telephone`, async () => {
      const { page, visit, close } = await site.open({ width: 375 });
      for (const level of ["l5", "l6", "l7", "l8", "l9"]) {
        await visit(`${folder}/technical-leadership/${level}/`);
        const y = await top(page, "li.criterion");
        assert.ok(y < 400, `${level}: ${y}`);
      }
      await close();
    });
  }

  test("the header is one row on a telephone, and what the site has is behind one word", async () => {
    const { page, trouble, visit, close } = await site.open({ width: 375 });
    await visit("en/technical-leadership/l6/");
    const { height } = await page.locator("header.site").boundingBox();
    assert.ok(height < 56, `${height}`);
    const notes = page.locator("header nav.sections").getByRole("link", { name: "Notes" });
    assert.ok(!(await notes.isVisible()));
    await page.locator("header .menu > summary").press("Enter");
    assert.ok(await page.locator('header nav[data-language-switch] a[hreflang="zh-Hant-TW"]').isVisible());
    await notes.click();
    await page.waitForURL(`${site.url}en/notes/`);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("elsewhere all of it is in view, with scripts and without", async () => {
    for (const javaScript of [true, false]) {
      const { page, visit, close } = await site.open({ width: 1440, javaScript });
      await visit("zh-tw/technical-leadership/l6/");
      assert.ok(!(await page.locator("header .menu > summary").isVisible()));
      for (const name of ["職涯階梯", "解說", "English"]) {
        assert.ok(await page.locator("header").getByRole("link", { name, exact: true }).isVisible(), name);
      }
      assert.ok((await page.locator("header.site").boundingBox()).height < 64);
      await close();
    }
  });

  for (const width of [1024, 1440]) {
    test(`a guide has its pages at the left of the text at ${width} pixels`, async () => {
      for (const reader of [{ width }, { width, site: "themed" }]) {
        const { page, visit, close } = await site.open(reader);
        await visit("en/guide/start/");
        const [pages, text] = await Promise.all(["nav.siblings", "main"].map((part) => page.locator(part).boundingBox()));
        assert.ok(pages.x + pages.width <= text.x && pages.y < 200, JSON.stringify([pages, text]));
        await close();
      }
    });
  }

  for (const width of [375, 1440]) {
    test(`ids and slashes stay where they belong at ${width} pixels`, async () => {
      for (const { name, seenAt, status, reader } of examples().filter(({ kind, reader }) => reader.site === "main" && ["note", "level", "matrix", "home"].includes(kind))) {
        const { page, visit, close } = await site.open({ ...reader, width });
        await visit(seenAt, status);
        assert.deepEqual(await page.evaluate(broken), [], name);
        await close();
      }
    });
  }

  test("each thread is a row of a map, and each of its dots says what it stands for", async () => {
    const { page, trouble, visit, close } = await site.open();
    await visit("en/technical-leadership/threads/");
    const rows = page.locator("table.map tbody tr");
    assert.equal(await rows.count(), await page.locator("section.thread").count());
    const dot = page.locator('table.map a[href$="c/tl-031/"]');
    const title = await dot.getAttribute("title");
    assert.match(title, /^TL-031: Systematically scrutinizes/);
    await dot.hover();
    assert.equal(await page.getByRole("tooltip").textContent(), title);
    await page.keyboard.press("Escape");
    await page.getByRole("tooltip").waitFor({ state: "detached" });
    assert.equal(await dot.getAttribute("title"), title);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("an id in a note shows its statement to those who hover or use the keyboard, and on paper", async () => {
    const { page, visit, close } = await site.open({ width: 375 });
    await visit("en/notes/maps/");
    const id = page.locator("main a.ref", { hasText: "TL-045" }).first();
    const statement = await id.getAttribute("title");
    await page.keyboard.press("Tab");
    await id.focus();
    const hint = page.getByRole("tooltip");
    assert.equal(await hint.textContent(), statement);
    const { x, width } = await hint.boundingBox();
    assert.ok(x >= 0 && x + width <= 375);
    await id.blur();
    await hint.waitFor({ state: "detached" });
    await page.emulateMedia({ media: "print" });
    assert.match(await id.evaluate((link) => getComputedStyle(link, "::after").content), /attr|Maps out/);
    await close();
  });

  test("what changed since an edition comes first, with its words marked, and the rest is folded", async () => {
    const { page, trouble, visit, close } = await site.open({ site: "past" });
    await visit("en/workshop/beside/2025.1/");
    const changed = page.locator("#wk-001");
    assert.deepEqual(await changed.locator("mark").allTextContents(), ["a colleague", "somebody else"]);
    const same = page.locator("details.unchanged li").first();
    assert.ok(!(await same.isVisible()));
    await visit(`en/workshop/beside/2025.1/#${await same.getAttribute("id")}`);
    assert.ok(await same.isVisible(), "an address leads to what is folded, too");
    assert.deepEqual(trouble, []);
    await close();
  });

  test("the highest level stands on top of the home page, and of no other", async () => {
    const { page, visit, close } = await site.open();
    const codes = () => page.locator(".rungs .code").allTextContents();
    await visit("en/");
    const home = await codes();
    await visit("en/technical-leadership/");
    assert.deepEqual(home, (await codes()).reverse());
    await close();
  });

  test("the matrix scrolls with the page where it has room", async () => {
    const { page, visit, close } = await site.open({ width: 1440 });
    await visit("en/technical-leadership/matrix/");
    await page.mouse.move(700, 600);
    await page.mouse.wheel(0, 900);
    await page.waitForFunction(() => window.scrollY > 600);
    assert.ok((await top(page, "table.matrix thead th >> nth=1")) < 4, "the levels stay in view");
    await close();
  });

  for (const { folder } of LOCALES) {
    test(`a table of the state of ${folder} has each head above its column`, async () => {
      const { page, visit, close } = await site.open({ width: 1440 });
      await visit(`${folder}/translation/`);
      const lefts = (selector) => page.locator(selector).evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().left));
      const [heads, cells] = await Promise.all([lefts("table.tally thead th"), lefts("table.tally tbody tr:first-child > *")]);
      assert.deepEqual(heads, cells);
      await close();
    });
  }
});

/** Ids that break over two lines, and lines that begin with a slash. Runs in the page. */
function broken() {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  const isBroken = (node, from, to) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const tops = Array.from(range.getClientRects(), ({ top }) => Math.round(top));
    return new Set(tops.filter((top, at) => at === 0 || Math.abs(top - tops[0]) > 6)).size > 1;
  };
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const { 0: id, index } of node.data.matchAll(/\b[A-Z]{2,}-\d{3}\b|.\u2060／/g)) {
      if (node.parentElement.closest("pre, .hidden, .printed, .matrix thead, details:not([open])")) continue;
      if (node.parentElement.closest("a, .id, h1, h2") && isBroken(node, index, index + id.length)) found.push(`${id} in ${node.data.slice(0, 60)}`);
    }
  }
  return found;
}
