// axe finds nothing against WCAG 2.2 A and AA on any kind of page, in any language, in light and in dark.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { start } from "./browser.mjs";
import { examples } from "./pages.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

describe("accessibility", () => {
  let site;
  before(async () => (site = await start()));
  after(() => site.close());

  for (const colorScheme of ["light", "dark"]) {
    for (const { name, seenAt, status, reader } of examples()) {
      test(`${name} in ${colorScheme}`, async () => {
        const { page, trouble, visit, close } = await site.open({ ...reader, colorScheme });
        await visit(seenAt, status);
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`));
        assert.deepEqual(faults, []);
        assert.deepEqual(trouble, []);
        await close();
      });
    }
  }
});
