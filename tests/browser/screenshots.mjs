// Takes pictures of every kind of page, to be looked at:
//
//     npm run screenshots -- [OUTDIR] [--page level]… [--locale en]… [--width 375]… [--scheme dark]… [--first-view]
//
// The sites have to be built already; see site.mjs for where they are looked for.

import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { start } from "./browser.mjs";
import { examples } from "./pages.mjs";

const several = (...defaults) => ({ type: "string", multiple: true, default: defaults });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    page: several(),
    locale: several(),
    width: several("375", "768", "1440"),
    scheme: several("light", "dark"),
    "first-view": { type: "boolean", default: false },
  },
});
const folder = resolve(positionals[0] ?? resolve(import.meta.dirname, "../output"));
const AT_ONCE = 4;

const chosen = (values, value) => values.length === 0 || values.includes(value);
const pictures = examples()
  .filter(({ kind, locale }) => chosen(values.page, kind) && chosen(values.locale, locale.folder))
  .flatMap((page) => values.width.flatMap((width) => values.scheme.map((scheme) => ({ ...page, width: Number(width), scheme }))));
if (pictures.length === 0) {
  console.error(`no such page; the kinds are ${[...new Set(examples().map(({ kind }) => kind))].join(", ")}`);
  process.exit(1);
}

await mkdir(folder, { recursive: true });
const site = await start();
const queue = pictures.values();
await Promise.all(Array.from({ length: AT_ONCE }, takeFrom));
await site.close();
console.log(`${pictures.length} pictures in ${folder}`);

async function takeFrom() {
  for (const { name, seenAt, status, reader: who, width, scheme } of queue) {
    const height = width < 600 ? 812 : 900;
    const reader = await site.open({ ...who, colorScheme: scheme, width, height });
    await reader.visit(seenAt, status);
    await reader.page.screenshot({ path: join(folder, `${name}-${width}-${scheme}.png`), fullPage: !values["first-view"] });
    reader.trouble.forEach((line) => console.error(`${name}: ${line}`));
    await reader.close();
  }
}
