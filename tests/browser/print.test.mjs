// What comes out of a printer: pages one would hand to a committee.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { start } from "./browser.mjs";
import { SITES } from "./site.mjs";

const LADDER = "technical-leadership";

/** What a printer leaves white unless a page says otherwise. */
const MARGIN = { top: "1cm", right: "1cm", bottom: "1cm", left: "1cm" };

/** What is for a screen alone. */
const ACTIONS = ["Permanent page", "永久頁面"];

/** What stands on every page of a site. */
const PROJECT = "The Rungs project";
const ATTRIBUTION = { main: "Raphael 'kena' Poss", past: PROJECT, themed: PROJECT, ladders: PROJECT, fork: PROJECT };

/** What to print, the most sheets it may take, whether they lie on their side, and what has to stand on them. */
const PRINTS = [
  { address: `en/${LADDER}/l6/`, sheets: 5, texts: ["TL-042", "TL-001", "c/tl-001/", "horizontal contacts throughout"] },
  { address: `zh-tw/${LADDER}/l6/`, sheets: 5, texts: ["TL-042", "TL-001", "c/tl-001/", "橫向人脈網"] },
  { address: `en/${LADDER}/matrix/`, sheets: 4, landscape: true, texts: ["TL-001", "TL-102", "c/tl-001/"], head: "Principal Tech Lead" },
  { address: `zh-tw/${LADDER}/matrix/`, sheets: 4, landscape: true, texts: ["TL-001", "TL-102", "c/tl-001/"], head: "首席技術負責人" },
  { address: `en/${LADDER}/compare/l5-l6/`, sheets: 7, landscape: true, texts: ["TL-001", "TL-024", "c/tl-001/"] },
  { address: `en/${LADDER}/beside/zh-tw/`, sheets: 14, landscape: true, texts: ["TL-042", "橫向人脈網", "c/tl-001/"], head: "English" },
  { site: "past", address: "c/wk-006/", sheets: 2, texts: ["WK-006", "Plans the maintenance of all machines", "規劃所有機器的保養", "2025.2"] },
  { site: "past", address: "c/wk-008/", sheets: 2, texts: ["WK-008", "belong together", "WK-012", "2025-08-30"] },
  { site: "past", address: "en/changes/", sheets: 2, texts: ["2026.1", "WK-004", "Moved"] },
  { site: "past", address: "e/2025.1/zh-tw/workshop/", sheets: 2, texts: ["2025.1", "WK-008", "/e/2025.1/c/wk-001/", "一週內寫下原因"] },
  { site: "fork", address: "c/wk-011/", sheets: 2, texts: ["WK-011", "Left out of this ladder", "council of crafts", "本階梯未採用"] },
  { site: "past", address: "e/2025.1/c/wk-006/", sheets: 1, texts: ["WK-006@2025.1", "規劃一間工作室的機器保養"] },
  { site: "ladders", address: "en/baking/compare/l2-leading.m1/", sheets: 2, landscape: true, texts: ["BK-005", "LD-002", "c/bk-001/", "CM-003"] },
  { site: "ladders", address: "zh-tw/baking/compare/l2-leading.m1/", sheets: 2, landscape: true, texts: ["BK-005", "教會一名學徒排定一班的工作", "CM-003"] },
  { site: "ladders", address: "en/leading/m1/", sheets: 2, texts: ["LD-001", "CM-003", "CM-001"] },
];

describe("print", () => {
  let site, folder;
  before(async () => {
    site = await start();
    folder = mkdtempSync(join(tmpdir(), "rungs-print-"));
  });
  after(async () => {
    await site.close();
    rmSync(folder, { recursive: true });
  });

  for (const { site: name = "main", address, sheets, landscape = false, texts, head } of PRINTS) {
    test(`/${address} of the site ${name} prints whole, with ids, the address of one, and attribution`, async () => {
      const { page, trouble, visit, close } = await site.open({ site: name });
      await visit(address);
      const file = join(folder, `${address.replaceAll("/", "-")}.pdf`);
      writeFileSync(file, await page.pdf({ preferCSSPageSize: true, margin: MARGIN }));
      const { count, width, height } = measures(file);
      assert.ok(count <= sheets, `${count} sheets, at most ${sheets} expected`);
      assert.deepEqual([Math.max(width, height), Math.min(width, height)], [842, 595], "A4");
      assert.equal(width > height, landscape, "lies on its side");
      const text = textOf(file);
      for (const wanted of [...texts, ATTRIBUTION[name], "CC BY-SA 4.0", SITES[name].base.href]) {
        assert.ok(flat(text).includes(flat(wanted)), `"${wanted}" is printed`);
      }
      for (const action of ACTIONS) assert.ok(!flat(text).includes(flat(action)), `"${action}" is not printed`);
      // A table that goes on says on each sheet what its columns are; the last may hold the foot alone.
      const heads = text.split("\f").slice(0, -1).filter((sheet) => flat(sheet).includes(flat(head ?? "")));
      assert.ok(heads.length >= count - 1, `the head is repeated on ${heads.length} of ${count} sheets`);
      assert.deepEqual(trouble, []);
      await close();
    });
  }
});

/** Number and size of the sheets, in points. @param {string} file */
function measures(file) {
  const told = execFileSync("pdfinfo", [file], { encoding: "utf8" });
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(told);
  return { count: Number(/Pages:\s+(\d+)/.exec(told)[1]), width: Math.round(width), height: Math.round(height) };
}

/** @param {string} file */
function textOf(file) {
  return execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" });
}

/** Without white space, since lines end where there is no more room. @param {string} text */
function flat(text) {
  return text.replace(/\s+/g, "");
}
