// The search finds what people look for, and shows it where they see it: the script of a built site with its index, without
// a browser.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";

import { LOCALES } from "./pages.mjs";
import { NOTHING, QUERIES } from "./queries.mjs";
import { files, text } from "./site.mjs";

/** What a file of the index hands over. */
function index(file) {
  const written = text(file);
  return JSON.parse(written.slice("rungs.index(".length, written.lastIndexOf(")")));
}

/** The finder of a locale with both files of its index. */
function finder(folder) {
  const context = createContext({ rungs: {} });
  runInContext(text([...files].find((file) => /^assets\/finder\.\w+\.js$/.test(file))), context);
  const made = new context.rungs.Finder(index(`${folder}/search.js`));
  made.add(index(`${folder}/search-more.js`));
  return made;
}

/** What a reader sees: all that is found, the best first. */
function found(made, query, level = "") {
  const first = made.find(query, level);
  const { entries, partial } = made.lacks(first) ? made.findMore(first, query, level) : first;
  return [...entries, ...partial].map(({ document }) => document);
}

for (const { folder } of LOCALES) {
  describe(`search in ${folder}`, () => {
    const made = finder(folder);
    const names = (query, level) => found(made, query, level).map(({ id, url }) => id ?? url.replace(`${folder}/`, ""));

    for (const [whose, rows] of Object.entries(QUERIES[folder])) {
      test(`finds what is looked for: ${whose}`, () => {
        const faults = rows.flatMap(([query, expected, worst]) => {
          const shown = names(query);
          const low = expected.split(" ").filter((name) => !shown.slice(0, worst).includes(name));
          return low.length > 0 ? [`${query}: no ${low.join(", ")} among the first ${worst}: ${shown.slice(0, worst + 3).join(", ")}`] : [];
        });
        assert.deepEqual(faults, []);
      });
    }

    test("is asked enough, and a third of it in words that are not the ladder's", () => {
      const { notes, readers } = QUERIES[folder];
      const count = Object.values(QUERIES[folder]).flat().length;
      assert.ok(count >= 80 && notes.length + readers.length >= count / 3, `${count} queries`);
    });

    test("finds nothing where there is nothing", () => {
      assert.deepEqual(NOTHING[folder].map((query) => names(query)), NOTHING[folder].map(() => []));
    });

    test("shows criteria before everything else that has the same words", () => {
      const words = { en: ["orphan", "roadmap", "RFC", "delegation", "governance"], "zh-tw": ["孤兒", "路線圖", "RFC", "委派", "治理"] };
      for (const query of words[folder]) {
        const kinds = found(made, query).map(({ kind }) => kind);
        assert.ok(kinds.lastIndexOf("criterion") < kinds.findIndex((kind) => kind !== "criterion"), `${query}: ${kinds.join(" ")}`);
      }
    });

    test("is narrowed to a level", () => {
      const all = found(made, "RFC").filter(({ kind }) => kind === "criterion");
      const [level] = new Set(all.map((document) => document.level));
      const narrowed = found(made, "RFC", level);
      assert.ok(narrowed.length > 0 && all.length > narrowed.filter(({ kind }) => kind === "criterion").length);
      assert.ok(narrowed.every((document) => document.level === level));
    });

    test("finds each statement by its own words, in each language", () => {
      for (const { folder: other } of LOCALES) {
        const criteria = index(`${other}/search.js`).documents.filter(({ kind }) => kind === "criterion");
        const lost = criteria.filter(({ id, text: statement }) => !names(statement.split("\n")[0]).slice(0, 3).includes(id));
        assert.deepEqual(lost.map(({ id }) => id), []);
      }
    });

    test("loads little at first", () => {
      const size = gzipSync(text(`${folder}/search.js`)).length;
      assert.ok(size <= 20 * 1024, `${size} bytes`);
    });
  });
}
