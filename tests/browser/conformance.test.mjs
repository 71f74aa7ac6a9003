// Every page of the built sites is valid, accessible HTML, as html-validate understands it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { HtmlValidate } from "html-validate";

import config from "./.htmlvalidate.mjs";
import { SITES, fileOf } from "./site.mjs";

for (const [name, site] of Object.entries(SITES)) {
  test(`every page of the site ${name} is conforming HTML`, async () => {
    const validator = new HtmlValidate(config);
    const faults = [];
    for (const address of site.addresses()) {
      const report = await validator.validateString(site.text(fileOf(address)), fileOf(address));
      for (const { messages, filePath } of report.results) {
        faults.push(...messages.map(({ line, column, ruleId, message }) => `${filePath}:${line}:${column} ${ruleId}: ${message}`));
      }
    }
    assert.deepEqual(faults.slice(0, 50), [], `${faults.length} faults`);
  });
}
