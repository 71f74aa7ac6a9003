// The story of a worksheet: filled in, saved, opened in another browser and carried over to a later edition. Whatever a
// person has written is there afterwards, and nothing has left the device.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { printed } from "./program.mjs";
import { serve } from "./server.mjs";
import { base } from "./site.mjs";

const FIXTURES = resolve(import.meta.dirname, "../fixtures/worksheets");
const WIDTHS = [390, 1440];

const item = (page, id) => page.locator(`.answers > [data-id="${id}"]`);

/** The answers on a page, in its order. */
const answers = (page) =>
  page.locator(".answers > li.filled").evaluateAll((items) =>
    items.map((item) => ({
      id: item.dataset.id,
      rating: item.querySelector(":checked")?.value ?? "",
      evidence: item.querySelector("textarea").value,
    })),
  );

const saved = async (page) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-save]").click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
};

let count = 0;
const opened = async (page, text, name = `sheet-${(count += 1)}.md`) => {
  await page.locator("[type=file]").setInputFiles({ name, mimeType: "text/markdown", buffer: Buffer.from(text) });
  await page.locator(".toast", { hasText: name }).waitFor();
};

/** Random numbers that are the same in each run. */
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state;
  }
}

/** A site of one ladder whose statements the fixtures quote, and what it said in an earlier edition. */
const LADDER = `+++
title = "Ladder"
+++
# Ladder

## L1 = Engineer {#L1}

### Craft {#craft}

- Writes readable code. {#EN-001}
- Tests code\\_in\\_time & \\<well\\>. {#EN-002}
- Reviews the designs of a team. {#EN-003}
`;
const TRANSLATED = LADDER.replace('"Ladder"', '"階梯"')
  .replace("# Ladder", "# 階梯")
  .replace("Engineer", "工程師")
  .replace("Craft", "工藝")
  .replace("Writes readable code.", "撰寫他人看得懂的程式。")
  .replace("Tests code\\_in\\_time & \\<well\\>.", "測試程式。")
  .replace("Reviews the designs of a team.", "審查一個團隊的設計。");

/** What becomes of the criteria of L6 with the next edition. TL-900 is new. */
const NEXT = {
  reworded: "TL-031",
  stricter: "TL-032",
  moved: "TL-033",
  withdrawn: "TL-034",
  unchanged: "TL-024",
};
const FILES = { en: "en/technical-leadership.md", "zh-tw": "zh-TW/technical-leadership.md" };

/** What a person writes, by the criteria. */
const WRITTEN = {
  "TL-024": ["consistently", "Half of each week since March.\n\n- the import pipeline\n- its tests"],
  "TL-031": ["in part", "```\n### TL-032\n```"],
  "TL-032": ["consistently", "שלום עולם 你好"],
  "TL-033": ["not yet", "> They asked for more.\n\nSo I did."],
  "TL-034": ["does not arise", "## Later"],
};

describe("a worksheet", () => {
  const folder = mkdtempSync(join(tmpdir(), "rungs-worksheet-"));
  let site;
  const servers = {};
  const built = async (name, content) => {
    printed(["build", content, "--base-url", base.href, "-o", join(folder, name)]);
    servers[name] = await serve({ folder: join(folder, name), path: base.pathname });
  };

  before(async () => {
    site = await start();
    const small = join(folder, "small-content");
    cpSync(resolve(import.meta.dirname, "../fixtures/small"), small, { recursive: true });
    const edit = (file, change) => writeFileSync(join(small, file), change(readFileSync(join(small, file), "utf8")));
    edit("site.toml", (text) =>
      text
        .replace('locales = ["en"]', 'locales = ["en", "zh-TW"]')
        .replace("title.en", 'title.zh-TW = "階梯"\ntitle.en')
        .replace("description.en", 'description.zh-TW = "我們的期望。"\ndescription.en')
        .replace("reason.en", 'reason.zh-TW = "如聲明所言。"\nreason.en')
        .replace("changes.en", 'changes.zh-TW = ["加上識別碼。"]\nchanges.en'),
    );
    edit("en/ladder.md", () => LADDER);
    edit("zh-TW/ladder.md", () => TRANSLATED);
    const run = (...options) => printed([...options, "--content", small]);
    run("id", "--write");
    run("translation", "accept", "zh-TW", "--all");
    run("release", "2026.1", "--date", "2026-01-01");
    edit("en/ladder.md", (text) => text.replace("Writes readable code.", "Writes code that others can read."));
    run("translation", "accept", "zh-TW", "--all");
    run("release", "2026.2", "--date", "2026-02-01", "--reworded", "EN-001");
    await built("small", small);
    const next = join(folder, "next-content");
    cpSync(resolve(import.meta.dirname, "../../content"), next, { recursive: true });
    const program = (...options) => printed([...options, "--content", next]);
    for (const file of Object.values(FILES)) {
      const path = join(next, file);
      const text = readFileSync(path, "utf8");
      const line = (id) => new RegExp(`^- .*\\{#${id}\\b.*\\}\\n`, "m").exec(text)[0];
      const moved = line(NEXT.moved);
      writeFileSync(
        path,
        text
          .replace(line(NEXT.reworded), (line) => line.replace(/\.? \{#/, " indeed. {#"))
          .replace(line(NEXT.stricter), (line) => line.replace(/\.? \{#/, " and more. {#"))
          .replace(moved, "")
          .replace(line("TL-052"), (line) => moved + line)
          .replace(line(NEXT.unchanged), (line) => `${line}- Writes down what was decided. {#TL-900}\n`),
      );
    }
    program("withdraw", NEXT.withdrawn, "--covered-by", NEXT.unchanged, "--date", "2026-12-01", "--reason", "It is part of the other.", "--reason", "zh-TW=已併入另一項。");
    program("id", "--write");
    program("translation", "accept", "zh-TW", "--all");
    program("release", "2026.2", "--date", "2026-12-02", "--reworded", NEXT.reworded, "--stricter", NEXT.stricter);
    await built("next", next);
  });

  after(async () => {
    await site.close();
    await Promise.all(Object.values(servers).map((server) => server.close()));
    rmSync(folder, { recursive: true });
  });

  const cases = readdirSync(FIXTURES).filter((name) => name.endsWith(".md"));
  test(`is read as the program reads it, and read again as it was written: ${cases.length} files`, async () => {
    const { page, trouble, visit, close } = await site.open({ url: servers.small.url });
    await visit("en/ladder/l1/review/");
    page.on("dialog", (dialog) => dialog.accept());
    for (const name of cases) {
      const { answers: expected } = JSON.parse(readFileSync(join(FIXTURES, name.replace(/md$/, "json")), "utf8"));
      const text = readFileSync(join(FIXTURES, name));
      if (!expected.length) continue;
      await opened(page, text, name);
      const inOrder = (list) => list.map(({ id, rating, evidence }) => ({ id, rating, evidence })).filter(({ rating, evidence }) => rating || evidence).sort((a, b) => (a.id < b.id ? -1 : 1));
      assert.deepEqual(inOrder(await answers(page)), inOrder(expected), name);
      const before = await answers(page);
      const written = await saved(page);
      await opened(page, written.text, "again.md");
      assert.deepEqual(await answers(page), before, `${name}: ${written.text}`);
    }
    assert.deepEqual(trouble, []);
    await close();
  });

  for (const width of WIDTHS) {
    test(`is filled in, kept, saved and opened elsewhere at ${width} pixels, and nothing leaves the device`, async () => {
      const { page, trouble, visit, close } = await site.open({ width });
      await visit("en/technical-leadership/l6/");
      await page.getByRole("link", { name: "Prepare a review" }).click();
      await page.waitForURL(/l6\/review\/$/);
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      // A narrow page folds its options.
      if (width < 768) await page.getByText("Options").click();
      await page.getByRole("checkbox", { name: "繁體中文" }).check();
      for (const [id, [rating, evidence]] of Object.entries(WRITTEN)) {
        // As a screen reader names them.
        const group = page.getByRole("group", { name: new RegExp(`^${id} .+`) });
        await group.getByRole("radio", { name: rating, exact: true }).focus();
        await page.keyboard.press("Space");
        await group.getByRole("textbox", { name: "Evidence" }).fill(evidence);
      }
      assert.equal(await page.locator("[data-state]").textContent(), "Not saved");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
      const written = Object.entries(WRITTEN).map(([id, [rating, evidence]]) => ({ id, rating, evidence }));
      const byId = (list) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
      assert.deepEqual(byId(await answers(page)), written);

      // The browser asks before the page is left, and a draft is there again after a reload and after going back.
      const dialogs = [];
      page.on("dialog", (dialog) => dialogs.push(dialog.type()) && dialog.accept());
      await page.reload();
      assert.deepEqual(dialogs, ["beforeunload"]);
      assert.deepEqual(byId(await answers(page)), written);
      assert.equal(await page.locator("[data-state]").textContent(), "Not saved");
      await page.locator(".breadcrumbs a").last().click();
      await page.waitForURL(/l6\/$/);
      await page.goBack();
      assert.deepEqual(byId(await answers(page)), written);
      assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("rungs-review"))), []);

      if (width < 768) await page.getByText("Options").click();
      await page.getByRole("checkbox", { name: "Only what is filled in" }).check();
      const { name, text } = await saved(page);
      assert.equal(name, "l6-2026.1.md");
      assert.equal(text.match(/^### \[TL-/gm).length, written.length);
      assert.ok(text.includes("[TL-024@2026.1](") && text.includes("以獲認可的T6職級"), text);
      assert.equal(await page.locator("[data-state]").textContent(), "Saved as l6-2026.1.md");
      assert.deepEqual(asked.filter((address) => !/review\/$|l6\/$|\/assets\//.test(address)), []);
      assert.equal(
        await page.evaluate(() => fetch("/").then(() => "sent", () => "refused")),
        "refused",
      );
      trouble.splice(0, trouble.length, ...trouble.filter((line) => !/Content Security Policy|violates/.test(line)));
      assert.deepEqual(trouble, []);
      await close();

      // Another browser, in the other language.
      const other = await site.open({ width });
      await other.visit("zh-tw/technical-leadership/l6/review/");
      await opened(other.page, text);
      assert.deepEqual(byId(await answers(other.page)), written);
      assert.ok(await other.page.getByRole("group", { name: /^TL-024/ }).getByRole("radio", { name: "持續做到" }).isChecked());
      const again = await saved(other.page);
      assert.ok(again.text.includes("Rating: consistently"), "a rating stays as it was written");
      assert.deepEqual(other.trouble, []);
      await other.close();

      // A later edition: every answer is there, and what became of its criterion is told.
      const later = await site.open({ width, url: servers.next.url });
      await later.visit("en/technical-leadership/l6/review/");
      await opened(later.page, text);
      const carried = byId(await answers(later.page));
      assert.deepEqual(carried.map(({ id }) => id), written.map(({ id }) => id));
      for (const [at, { id, rating, evidence }] of carried.entries()) {
        assert.ok(evidence.endsWith(written[at].evidence), `${id}: ${evidence}`);
        assert.equal(rating, id === NEXT.stricter ? "" : written[at].rating, id);
      }
      assert.ok(carried.find(({ id }) => id === NEXT.stricter).evidence.startsWith("Has expected more since edition 2026.2; rated “consistently” in 2026.1."));
      const told = async (kind) => (await item(later.page, NEXT[kind]).locator(".since:visible").allTextContents()).join(" ");
      assert.match(await told("reworded"), /Reworded.*after edition 2026\.1.*indeed/s);
      assert.match(await told("stricter"), /Has expected more since edition 2026\.2/);
      assert.match(await told("moved"), /Now expected at L7/);
      assert.match(await told("withdrawn"), /No longer expected.*Replaced by:.*TL-024/);
      assert.equal(await told("unchanged"), "");
      for (const kind of ["reworded", "stricter", "moved", "withdrawn"]) assert.ok((await later.page.locator(".carried").textContent()).includes(NEXT[kind]), kind);
      assert.ok(!(await item(later.page, "TL-900").locator(".since").isVisible()), "who answered five is not told of what is new");
      const newer = await saved(later.page);
      assert.ok(newer.text.includes("[TL-024@2026.2](") && /^edition: 2026\.2$/m.test(newer.text), newer.text);
      for (const [, evidence] of Object.values(WRITTEN)) for (const line of evidence.split("\n")) assert.ok(newer.text.includes(line), line);
      assert.deepEqual(later.trouble, []);
      await later.close();
    });
  }

  test("holds what is new for those who answered everything", async () => {
    const blank = printed(["worksheet", "L6", "--content", resolve(import.meta.dirname, "../../content"), "--base-url", base.href]);
    const { page, trouble, visit, close } = await site.open({ url: servers.next.url });
    await visit("en/technical-leadership/l6/review/");
    await opened(page, blank);
    assert.match(await item(page, "TL-900").locator(".since").textContent(), /Added.*after edition 2026\.1/);
    assert.ok(await item(page, "TL-900").locator(".since").isVisible());
    assert.deepEqual(trouble, []);
    await close();
  });

  test("judges each answer by the edition of its heading, and keeps what it does not know", async () => {
    const { page, trouble, visit, close } = await site.open({ url: servers.small.url });
    await visit("en/ladder/l1/review/");
    page.on("dialog", (dialog) => dialog.accept());
    const sheet = `---\nrungs-worksheet: 1\nedition: 2026.2\nmine: kept\nperson: "A: b"\n---\n\nHello.\n\n## Goals\n\n### [EN-001@2026.1](https://ladders.example/e/2026.1/c/en-001/)\n\n> Writes readable code.\n\nRating: consistently\n\nI do.\n\n### EN-002@2031.1 as I see it\n\n> From elsewhere.\n\nRating: often\n\n### EN-999\n\nOf nobody.\n`;
    await opened(page, sheet);
    assert.match(await item(page, "EN-001").locator(".since").textContent(), /Reworded.*after edition 2026\.1/s);
    const told = await page.locator(".carried").textContent();
    assert.ok(told.includes("2026.1") && told.includes("2031.1"), told);
    for (let round = 0; round < 2; round += 1) {
      const { text } = await saved(page);
      for (const line of ["mine: kept", 'person: "A: b"', "Hello.", "## Goals", "### [EN-001@2026.2](", "### [EN-002@2031.1] as I see it", "> From elsewhere.", "Rating: often", "### [EN-999]", "Of nobody."]) assert.ok(text.includes(line), `${line}: ${text}`);
      await opened(page, text);
    }
    await page.locator("[type=file]").setInputFiles({ name: "big5.md", mimeType: "text/markdown", buffer: Buffer.from([0x23, 0x23, 0x23, 0x20, 0xa4, 0xa4]) });
    await page.locator(".toast", { hasText: "UTF-8" }).waitFor();
    assert.equal(await item(page, "EN-001").locator("textarea").inputValue(), "I do.");
    assert.deepEqual(trouble, []);
    await close();
  });

  test("keeps the newest draft of two tabs, and none when that is not wanted", async () => {
    const { page: first, trouble, close } = await site.open({ url: servers.small.url });
    const address = new URL("en/ladder/l1/review/", servers.small.url).href;
    const drafts = (page) => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("rungs-review")).map(([, text]) => text).join());
    const field = (page) => item(page, "EN-001").locator("textarea");
    await first.goto(address);
    await field(first).fill("old");
    const second = await first.context().newPage();
    await second.goto(address);
    assert.equal(await field(second).inputValue(), "", "a draft of another tab is its own");
    await second.locator("[data-keep]").check();
    await field(second).fill("new");
    first.on("dialog", (dialog) => dialog.accept());
    await first.reload();
    assert.equal(await field(first).inputValue(), "old");
    assert.ok(!(await first.locator("[data-keep]").isChecked()));
    assert.match(await drafts(first), /new/);
    const third = await first.context().newPage();
    await third.goto(address);
    assert.equal(await field(third).inputValue(), "new");
    await third.locator("[data-keep]").uncheck();
    assert.equal(await drafts(third), "");
    await third.evaluate(() => localStorage.setItem(`rungs-review:${location.pathname.split("en/")[0]}:ladder:L1:2026.2`, '{"version":"1","te'));
    const fourth = await first.context().newPage();
    await fourth.goto(address);
    await field(fourth).fill("still works");
    assert.equal(await fourth.locator("[data-state]").textContent(), "Not saved");
    assert.deepEqual(trouble, []);
    await close();
  });

  test("reads random evidence as it was written", async () => {
    const { page, trouble, visit, close } = await site.open({ url: servers.small.url });
    await visit("en/ladder/l1/review/");
    const lines = ["", "", "word", "### EN-001", "### [EN-002@2026.1](x)", "### other", "## Craft", "```", "~~~~", "> Tests.", "Rating: x", "\\", "\\### EN-003", "\\\\> a", "**Rating:** b", "  indented", "\u05e9\u05dc\u05d5\u05dd", "---", "# a"];
    const random = numbers(21);
    const next = (below) => random.next().value % below;
    for (let round = 0; round < 40; round += 1) {
      const texts = ["EN-001", "EN-002", "EN-003"].map((id) => [id, Array.from({ length: 1 + next(8) }, () => lines[next(lines.length)]).join("\n").replace(/^(\s*\n)+|(\n\s*)+$/g, "")]);
      for (const [id, text] of texts) await item(page, id).locator("textarea").fill(text);
      const expected = texts.map(([, text]) => text);
      const shown = () => page.locator(".answers textarea").evaluateAll((fields) => fields.map((field) => field.value));
      assert.deepEqual(await shown(), expected);
      const { text } = await saved(page);
      await opened(page, text, `round-${round}.md`);
      assert.deepEqual(await shown(), expected, text);
    }
    assert.deepEqual(trouble, []);
    await close();
  });

  test("is a form to print without scripts", async () => {
    const { page, trouble, visit, close } = await site.open({ javaScript: false });
    await visit("en/technical-leadership/l6/review/");
    assert.equal(await page.locator("[data-own] > li .boxes").first().textContent().then((text) => text.replace(/\s+/g, " ").trim()), "not yet in part consistently does not arise");
    assert.ok(!(await page.locator(".keeping").isVisible()) && !(await page.locator(".options").isVisible()));
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("[data-own] > li .boxes").first().isVisible());
    assert.deepEqual(trouble, []);
    await close();
  });
});
