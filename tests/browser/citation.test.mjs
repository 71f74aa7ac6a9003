// The story of a citation: found and copied with the keyboard alone, on a phone and on a large screen, and opened after
// the criterion was reworded, tightened, moved and withdrawn.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { LOCALES } from "./pages.mjs";
import { printed } from "./program.mjs";
import { inLanguage } from "./selectors.mjs";
import { serve } from "./server.mjs";
import { base } from "./site.mjs";

const [english, chinese] = LOCALES;
const ID = "TL-031";
const FILES = { en: "en/technical-leadership.md", "zh-tw": "zh-TW/technical-leadership.md" };

/** Who cites: in which language, what they type, and what the page calls things. */
const READERS = [
  { ...english, typed: "scrutinizes RFCs", words: "Systematically scrutinizes RFCs", since: ["Reworded, expects the same", "Expects more", "Moved", "Withdrawn"] },
  { ...chinese, typed: "審視RFC", words: "有系統地仔細審視RFC", since: ["改寫，要求不變", "要求提高", "移至其他職級", "已撤銷"] },
];

/** What becomes of the criterion, one release after the other. */
const RELEASES = [
  { name: "2026.2", date: "2026-12-01", options: ["--reworded", ID], change: (text) => text.replace("scrutinizes RFCs", "examines RFCs").replace("仔細審視RFC", "檢視RFC") },
  { name: "2027.1", date: "2027-01-10", options: ["--stricter", ID], change: (text) => text.replace("implementation costs and", "implementation costs, risks and").replace("實作成本與", "實作成本、風險與") },
  {
    name: "2027.2",
    date: "2027-03-01",
    options: [],
    change: (text) => {
      const [line] = /- .*\{#TL-031.*\}\n\n/.exec(text);
      return text.replace(line, "").replace(/- .*\{#TL-052/, (next) => line + next);
    },
  },
  { name: "2027.3", date: "2027-06-01", options: [], withdraw: ["--covered-by", "TL-052", "--date", "2027-05-01", "--reason", "Designs are reviewed by all.", "--reason", "zh-TW=設計由所有人審查。"] },
];

describe("a citation", () => {
  const folder = mkdtempSync(join(tmpdir(), "rungs-citation-"));
  const content = join(folder, "content");
  const sites = [];
  let site;
  const run = (...options) => printed([...options, "--content", content]);

  before(async () => {
    site = await start();
    cpSync(resolve(import.meta.dirname, "../../content"), content, { recursive: true });
    for (const { name, date, options, change, withdraw } of RELEASES) {
      for (const file of change ? Object.values(FILES) : []) {
        const path = join(content, file);
        writeFileSync(path, change(readFileSync(path, "utf8")));
      }
      if (withdraw) run("withdraw", ID, ...withdraw);
      else run("translation", "accept", "zh-TW", ID);
      run("release", name, "--date", date, ...options);
      printed(["build", content, "--base-url", base.href, "-o", join(folder, name)]);
      sites.push(await serve({ folder: join(folder, name), path: base.pathname }));
    }
  });

  after(async () => {
    await site.close();
    await Promise.all(sites.map((server) => server.close()));
    rmSync(folder, { recursive: true });
  });

  for (const { folder: locale, lang, browser, typed, words, since } of READERS) {
    for (const width of [390, 1440]) {
      test(`in ${locale} at ${width} pixels reads for ever as it was meant`, async () => {
        const { page, trouble, visit, close } = await site.open({ language: browser, width });
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        await visit(`${locale}/`);
        const { keyboard } = page;
        await keyboard.press("/");
        await page.locator(".search input[type=search]").waitFor();
        await keyboard.type(typed);
        await page.locator(".search .results a", { hasText: ID }).first().waitFor();
        await keyboard.press("Enter");
        await page.waitForURL(/\/l6\/#tl-031$/);
        await page.locator("#tl-031 .cite").waitFor();
        const isFocused = (selector) => page.evaluate((to) => document.activeElement.matches(to), selector);
        for (let step = 0; step < 4 && !(await isFocused("#tl-031 .cite")); step += 1) await keyboard.press("Tab");
        assert.ok(await isFocused("#tl-031 .cite"), "the button is near");
        await keyboard.press("Enter");
        await keyboard.press("Tab");
        await keyboard.press("Enter");
        await page.locator("[role=status]", { hasText: ID }).waitFor();
        const citation = await page.evaluate(() => navigator.clipboard.readText());
        assert.ok(citation.startsWith(`${ID}@2026.1`) && citation.includes(words), citation);
        assert.deepEqual(trouble, []);
        await close();

        const path = /\S+$/.exec(citation)[0].replace(/^.*(https?:)/, "$1").slice(base.href.length);
        for (const [index, { url }] of sites.entries()) {
          const later = await site.open({ language: browser, width, url });
          await later.visit(path);
          const part = later.page.locator(`section${inLanguage(lang)}`);
          assert.ok(await part.locator(".cited", { hasText: words }).isVisible(), "it says what it said");
          const told = await part.locator(".moments strong").allTextContents();
          assert.deepEqual(told, since.slice(0, index + 1).reverse());
          assert.equal(await later.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
          // From there a reader comes to what holds now, or to what holds in its place.
          await part.locator(':scope > p > a[href*="c/tl-031/"]').focus();
          await later.page.keyboard.press("Enter");
          await later.page.waitForURL(`${url}c/tl-031/#${locale}`);
          const banner = later.page.locator(`section${inLanguage(lang)} .withdrawn`);
          assert.equal(await banner.count(), index === 3 ? 1 : 0);
          if (index === 3) assert.ok(await banner.getByRole("link", { name: "TL-052" }).isVisible());
          assert.deepEqual(later.trouble, []);
          await later.close();
        }
      });
    }
  }

  test("of a level is opened by its frozen page, whatever became of the level", async () => {
    for (const { folder: locale, browser, words } of READERS) {
      const { page, trouble, visit, close } = await site.open({ language: browser, width: 390 });
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await visit(`${locale}/technical-leadership/l6/`);
      await page.locator(".actions button").first().focus();
      await page.keyboard.press("Enter");
      await page.locator("[role=status]", { hasText: "L6" }).waitFor();
      const citation = await page.evaluate(() => navigator.clipboard.readText());
      // Its Chinese has changed since the edition, its English has not.
      const label = locale === "en" ? "L6@2026.1" : "L6";
      assert.ok(citation.startsWith(label) && citation.endsWith(`${locale}/technical-leadership/l6/`), citation);
      if (locale === "en") assert.equal(citation, printed(["cite", label, "--locale", locale, "--content", content, "--base-url", base.href]));
      assert.deepEqual(trouble, []);
      await close();
      const { url } = sites.at(-1);
      const later = await site.open({ language: browser, width: 390, url });
      await later.visit(`e/2026.1/${locale}/technical-leadership/l6/`);
      const row = later.page.locator("li.criterion", { hasText: words });
      assert.equal(await row.locator("a.id").textContent(), ID);
      await row.locator("a.id").click();
      await later.page.waitForURL(`${url}e/2026.1/c/tl-031/`);
      assert.deepEqual(later.trouble, []);
      await later.close();
    }
  });

  test("in a document is told what became of it", () => {
    const review = join(folder, "review.md");
    writeFileSync(review, `${ID}@2026.1, L6@2026.1\n`);
    const told = () => {
      try {
        return printed(["refs", review, "--content", content, "--base-url", base.href, "--format", "json"]);
      } catch ({ stdout }) {
        return stdout;
      }
    };
    const codes = told().trim().split("\n").map((line) => JSON.parse(line).code).filter((code) => code.endsWith("citation"));
    assert.deepEqual(codes, ["withdrawn-citation", "changed-citation"]);
  });
});
