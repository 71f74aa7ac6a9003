// How long it takes from a save until the new page is served, as an open page sees it:
//
//     npm run latency -- [CONTENT] [FILE]
//
// CONTENT is copied. FILE is a ladder in it. Prints the median and the worst of twenty saves, in milliseconds.

import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { run } from "./program.mjs";

const SAVES = 20;
const [folder = resolve(import.meta.dirname, "../../content"), file = "en/technical-leadership.md"] = process.argv.slice(2);

const place = await mkdtemp(join(tmpdir(), "rungs-latency-"));
const content = join(place, "content");
await cp(folder, content, { recursive: true });
const server = await run(content, "http://localhost/rungs/");
const page = new URL(file.toLowerCase().replace(/\.md$/, "/"), server.url);
const ladder = await readFile(join(content, file), "utf8");

const events = (await fetch(new URL(`/__rungs/events?${page.pathname}`, page))).body.pipeThrough(new TextDecoderStream()).getReader();
await events.read();

const times = [];
for (let save = 0; save < SAVES; save += 1) {
  const words = `Saved for the ${save + 1}th time:`;
  await writeFile(join(place, "saved"), ladder.replace(/^- /m, `- ${words} `));
  const begun = performance.now();
  await rename(join(place, "saved"), join(content, file));
  while (!(await (await fetch(page)).text()).includes(words)) await events.read();
  times.push(performance.now() - begun);
  // A person's next save finds the machine at rest.
  await new Promise((rested) => setTimeout(rested, 400));
}
times.sort((a, b) => a - b);
const [median, worst] = [times[SAVES / 2], times[SAVES - 1]].map((time) => time.toFixed(1));
console.log(`median ${median} ms, worst ${worst} ms of ${SAVES} saves`);

await events.cancel();
await server.close();
await rm(place, { recursive: true });
