// The story of a worksheet: filled in, saved, opened in another browser and carried over to a later edition. Whatever a
// person has written is there afterwards, and nothing has left the device.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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

const opened = async (page, text, name = "sheet.md") => {
  await page.locator("[type=file]").setInputFiles({ name, mimeType: "text/markdown", buffer: Buffer.from(text) });
  await page.locator("[data-state]", { hasText: name }).waitFor();
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
  });

  after(async () => {
    await site.close();
    await Promise.all(Object.values(servers).map((server) => server.close()));
    if (!process.env.KEEP) rmSync(folder, { recursive: true });
  });

  const cases = readdirSync(FIXTURES).filter((name) => name.endsWith(".md"));
  test(`is read as the program reads it, and read again as it was written: ${cases.length} files`, async () => {
    const { page, trouble, visit, close } = await site.open({ url: servers.small.url });
    for (const name of cases) {
      const { answers: expected } = JSON.parse(readFileSync(join(FIXTURES, name.replace(/md$/, "json")), "utf8"));
      const text = readFileSync(join(FIXTURES, name));
      if (!expected.length) continue;
      await visit("en/ladder/l1/review/");
      await page.evaluate(() => sessionStorage.clear());
      await visit("en/ladder/l1/review/");
      await opened(page, text);
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
});
