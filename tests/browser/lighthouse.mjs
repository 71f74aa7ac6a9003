// Asks Lighthouse what it thinks of a level page and of the matrix, as on a telephone:
//
//     npm run lighthouse
//
// Fails on anything but full marks for accessibility, best practices and search engines. Performance depends on the
// machine, so that it is only told.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { FLAGS, findBrowser } from "./browser.mjs";
import { LOCALES } from "./pages.mjs";
import { serve } from "./server.mjs";
import { base, folder } from "./site.mjs";

const PAGES = [`${LOCALES[0].folder}/technical-leadership/l6/`, `${LOCALES[1].folder}/technical-leadership/matrix/`];
const MUST_BE_FULL = ["accessibility", "best-practices", "seo"];

/** The server speaks plain HTTP, as nobody but this machine hears it. And it stands elsewhere than the site says. */
const SKIPPED = ["is-on-https", "redirects-http", "canonical"];

const server = await serve({ folder, path: base.pathname });
const browser = await launch({ chromePath: findBrowser(), chromeFlags: ["--headless=new", ...FLAGS], logLevel: "silent" });
let failed = false;
try {
  for (const address of PAGES) failed = !(await isGood(address)) || failed;
} finally {
  browser.kill();
  await server.close();
}
process.exitCode = failed ? 1 : 0;

async function isGood(address) {
  const options = { port: browser.port, logLevel: "silent", output: "json", skipAudits: SKIPPED };
  const { lhr } = await lighthouse(`${server.url}${address}`, options);
  const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]);
  console.log(`${address}: ${scores.map(([id, score]) => `${id} ${score}`).join(", ")}`);
  const shift = lhr.audits["cumulative-layout-shift"].numericValue;
  if (shift > 0) console.log(`  the layout shifts by ${shift}`);
  for (const id of MUST_BE_FULL) {
    for (const { id: audit, weight } of lhr.categories[id].auditRefs) {
      const { score, title } = lhr.audits[audit];
      if (weight > 0 && score !== null && score < 1) console.log(`  ${id}: ${audit}: ${title}`);
    }
  }
  return scores.every(([id, score]) => !MUST_BE_FULL.includes(id) || score === 100) && shift === 0;
}
