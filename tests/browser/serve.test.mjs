// `rungs serve` with a real browser: what is saved is seen, what is wrong is shown over the page, what is fixed is back.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { start } from "./browser.mjs";
import { run } from "./program.mjs";
import { base } from "./site.mjs";

const CONTENT = resolve(import.meta.dirname, "../../content");

const LADDER = "en/technical-leadership.md";
/** Words of TL-060, which stands far down on the page of the ladder. */
const WORDS = "Typically 5 years of experience";
const NEW_WORDS = "Typically 6 years of experience";

describe("a site that is served while it is written", () => {
  let site;
  let folder;
  let content;
  let server;

  before(async () => (site = await start()));
  after(() => site.close());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "rungs-serve-"));
    content = join(folder, "content");
    await cp(CONTENT, content, { recursive: true });
    server = await run(content, base.href);
  });

  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const open = async (address, reader = {}, status = 200) => {
    const visited = await site.open({ ...reader, url: server.url });
    await visited.visit(address, status);
    return visited;
  };

  /** Saves as many editors do: another file takes the place of the old one. */
  async function save(path, text) {
    await writeFile(join(folder, "saved"), text);
    await rename(join(folder, "saved"), join(content, path));
  }

  async function edit(path, old, words) {
    const text = await readFile(join(content, path), "utf8");
    assert.ok(text.includes(old), `${path} holds ${old}`);
    await save(path, text.replace(old, words));
  }

  const shows = (page, text) => page.getByText(text).first().waitFor();
  const scrolled = (page) => page.evaluate(() => Math.round(window.scrollY));
  const scrolledTo = (page, place) => page.waitForFunction((place) => Math.abs(window.scrollY - place) <= 1, place);

  test("what is saved is seen at once, where the reader was", async () => {
    const { page, trouble, close } = await open("en/technical-leadership/#tl-042");
    await shows(page, WORDS);
    await page.mouse.wheel(0, 300);
    await page.waitForFunction((before) => window.scrollY >= before + 300, await scrolled(page).then((y) => y - 300));
    const place = await scrolled(page);
    assert.ok(place > 1000, `${place}`);
    await edit(LADDER, WORDS, NEW_WORDS);
    await shows(page, NEW_WORDS);
    await scrolledTo(page, place);
    assert.equal(new URL(page.url()).hash, "#tl-042");
    assert.deepEqual(trouble, []);
    await close();
  });

  for (const address of ["c/tl-060/", "en/technical-leadership/l7/"]) {
    test(`${address} listens though its policy may not let it`, async () => {
      const { page, trouble, close } = await open(address, { language: "en" });
      await shows(page, WORDS);
      await edit(LADDER, WORDS, NEW_WORDS);
      await shows(page, NEW_WORDS);
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("a page that did not change stays", async () => {
    const { page, close } = await open("en/notes/maps/");
    const other = await open("c/tl-060/", { language: "en" });
    await page.evaluate(() => (document.body.dataset.before = "yes"));
    await edit(LADDER, WORDS, NEW_WORDS);
    await shows(other.page, NEW_WORDS);
    await edit("en/notes/maps.md", "Four criteria speak", "Four criteria say something");
    await page.locator("body:not([data-before])", { hasText: "Four criteria say something" }).waitFor();
    await close();
    await other.close();
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`a mistake is shown over the page in ${colorScheme}, and goes when it is fixed`, async () => {
      const { page, trouble, close } = await open("en/technical-leadership/#tl-042", { colorScheme });
      const place = await scrolled(page);
      const line = (await readFile(join(content, LADDER), "utf8")).split(WORDS)[0].split("\n").length;
      await edit(LADDER, WORDS, `${WORDS} [TL-999]`);
      const overlay = page.getByRole("region", { name: "1 error" });
      await overlay.getByRole("alert").waitFor();
      await shows(page, `${WORDS} [TL-999]`);
      assert.match(await overlay.locator(".place").first().textContent(), new RegExp(`en/technical-leadership\\.md:${line}:\\d+$`));
      assert.equal(await overlay.locator("mark").first().textContent(), "[TL-999]");
      assert.match(await overlay.locator("pre").first().textContent(), new RegExp(`^${line} \\| - ${WORDS} \\[TL-999\\] in a`));
      assert.match(await overlay.locator(".help").textContent(), /^Help: \w/);
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), []);
      await scrolledTo(page, place);
      await edit(LADDER, `${WORDS} [TL-999]`, NEW_WORDS);
      await shows(page, NEW_WORDS);
      await overlay.waitFor({ state: "detached" });
      await scrolledTo(page, place);
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("a mistake that is fixed without a trace takes its message along", async () => {
    const { page, close } = await open("en/notes/maps/");
    await page.evaluate(() => (document.body.dataset.before = "yes"));
    await edit(LADDER, WORDS, `${WORDS} [TL-999]`);
    const overlay = page.getByRole("region", { name: "1 error" });
    await overlay.waitFor();
    await edit(LADDER, `${WORDS} [TL-999]`, WORDS);
    await overlay.waitFor({ state: "detached" });
    assert.equal(await page.locator("body").getAttribute("data-before"), "yes");
    await close();
  });

  test("what is shown can be closed by button and key, and comes back with the next mistake", async () => {
    const { page, close } = await open("en/notes/maps/");
    await edit(LADDER, WORDS, `${WORDS} [TL-998]`);
    const overlay = (name) => page.getByRole("region", { name });
    await overlay("1 error").getByRole("button", { name: "Close" }).click();
    await overlay("1 error").waitFor({ state: "detached" });
    await edit(LADDER, `${WORDS} [TL-998]`, `${WORDS} [TL-998] [TL-999]`);
    await overlay("2 errors").getByRole("button", { name: "Close" }).press("Escape");
    await overlay("2 errors").waitFor({ state: "detached" });
    await close();
  });

  test("what stands in the content is shown as text and nothing else", async () => {
    const { page, trouble, close } = await open("en/notes/maps/");
    const hostile = "<img src=x onerror=alert(1)>";
    await edit(LADDER, WORDS, `${WORDS} ${hostile} [TL-999]`);
    const overlay = page.getByRole("region", { name: "error" });
    await overlay.getByText(hostile).waitFor();
    assert.equal(await overlay.locator("img").count(), 0);
    assert.deepEqual(trouble, []);
    await close();
  });

  test("an address with nothing there shows what comes to stand there", async () => {
    const { page, trouble, close } = await open("en/notes/new/", {}, 404);
    await save("en/notes/new.md", '+++\ntitle = "A new note"\n+++\nNew words.\n');
    await shows(page, "New words.");
    assert.deepEqual(trouble, []);
    await close();
  });

  test("a page outlives the server and learns what it has missed", async () => {
    const { page, close } = await open("c/tl-060/", { language: "en" });
    await shows(page, WORDS);
    assert.equal(await server.close(), 0, "an open page does not hold the server up");
    await edit(LADDER, WORDS, NEW_WORDS);
    server = await run(content, base.href, new URL(server.url).port);
    await shows(page, NEW_WORDS);
    await close();
  });

  test("a site with a mistake from the beginning appears when it is fixed", async () => {
    await server.close();
    await edit(LADDER, "{#TL-060", "{#TL-001");
    server = await run(content, base.href);
    const { page, close } = await open("c/tl-060/", { language: "en" }, 503);
    await page.getByRole("heading", { name: "No site yet" }).waitFor();
    await page.getByRole("region", { name: "error" }).getByText("TL-001").first().waitFor();
    await edit(LADDER, `${WORDS} in a technical leadership position. {#TL-001`, `${WORDS} in a technical leadership position. {#TL-060`);
    await shows(page, WORDS);
    await close();
  });

  test("a text with a mistake from the beginning is shown as it stands, and what is wrong with it", async () => {
    await server.close();
    await edit(LADDER, WORDS, `${WORDS} [TL-999]`);
    server = await run(content, base.href);
    const { page, close } = await open("c/tl-060/", { language: "en" });
    await shows(page, `${WORDS} [TL-999]`);
    await page.getByRole("region", { name: "1 error" }).getByText("TL-999").first().waitFor();
    await edit(LADDER, `${WORDS} [TL-999]`, NEW_WORDS);
    await shows(page, NEW_WORDS);
    await close();
  });
});
