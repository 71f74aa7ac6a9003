// @ts-check
"use strict";

// Finds documents: decides by the letters, and leaves it to MiniSearch to say which fits best. Loaded with the search.

{
  /** Letters that are written without spaces between words. */
  const HAN = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+)/u;

  /** What stands first among the results. A kind that is not named here stands last. */
  const KINDS = ["criterion", "level", "category", "thread", "note"];

  /**
   * A text as it is compared, and where in the text each of its letters stands: wide letters like narrow ones, capitals
   * like small ones, all dashes and quotation marks alike.
   *
   * @param {string} text
   * @returns {Folded}
   */
  const fold = (text) => {
    let folded = "";
    const places = [];
    for (const { 0: letter, index } of text.matchAll(/.\p{M}*/gsu)) {
      const plain = letter.normalize("NFKC").toUpperCase().toLowerCase();
      const alike = plain.replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
      for (let at = 0; at < alike.length; at += 1) places.push(index);
      folded += alike;
    }
    places.push(text.length);
    return { text: folded, places };
  };

  /**
   * The terms of a text, for the index and for a query alike: words, and of Han each two letters that stand together.
   *
   * @param {string} text
   * @returns {string[]}
   */
  const tokenize = (text) =>
    fold(text).text.split(HAN).flatMap((part, at) => (at % 2 === 0 ? (part.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []) : pairs(part)));

  /** @param {string} run */
  const pairs = (run) => {
    const letters = Array.from(run);
    return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
  };

  /** The parts of a query. Each of them has to stand in what is found. @param {string} query */
  const partsOf = (query) =>
    fold(query)
      .text.split(/\s+/)
      .map((part) => part.replace(/^\p{P}+|\p{P}+$/gu, ""))
      .filter((part) => part !== "");

  /**
   * Where a part stands in a text. One or two Latin letters have to begin a word, since they stand in the midst of many.
   *
   * @param {string} text Folded, like the part.
   * @param {string} part
   * @returns {number[]}
   */
  const placesOf = (text, part) => {
    const short = part.length < 3 && !HAN.test(part);
    const places = [];
    for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) {
      if (!short || at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) places.push(at);
    }
    return places;
  };

  /** @param {Found} document @param {number} key @returns {Entry} */
  const entryOf = (document, key) => {
    const [, prefix = "", number = ""] = /^(.*?)-?0*(\d+)$/.exec((document.id ?? "").toLowerCase()) ?? [];
    const level = fold(document.level ?? "").text;
    return {
      key,
      document,
      title: fold(document.title ?? ""),
      text: fold(document.text ?? ""),
      prefix,
      number,
      codes: level === "" ? [] : [level, ...level.split("/")],
    };
  };

  /** @param {Entry} entry @param {string} part */
  const holds = (entry, part) => placesOf(entry.text.text, part).length > 0 || placesOf(entry.title.text, part).length > 0;

  /** @param {Entry} entry */
  const kindRank = ({ document: { kind } }) => (KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length);

  /**
   * The entries with the lowest rank first; what ranks alike stays in its order.
   *
   * @param {Entry[]} entries
   * @param {(entry: Entry) => number[]} rankOf
   */
  const sorted = (entries, rankOf) => {
    const ranked = entries.map((entry) => ({ entry, rank: rankOf(entry) }));
    ranked.sort((a, b) => a.rank.map((value, at) => value - b.rank[at]).find((difference) => difference !== 0) ?? 0);
    return ranked.map(({ entry }) => entry);
  };

  class Finder {
    /** @param {Found[]} documents */
    constructor(documents) {
      this.entries = documents.map(entryOf);
      /** @type {import("minisearch").default<{ key: number, title: string, text: string }>} */
      this.ranking = new MiniSearch({
        idField: "key",
        fields: ["title", "text"],
        tokenize,
        processTerm: (term) => term,
        searchOptions: { prefix: true, boost: { title: 2 } },
      });
      this.ranking.addAll(documents.map(({ title = "", text = "" }, key) => ({ key, title, text })));
    }

    /**
     * What a query asks for, the best first: what it names by its id or code, then all in which each part of it stands.
     * If there is nothing, what is written much like it.
     *
     * @param {string} query
     * @returns {Findings}
     */
    find(query) {
      const parts = partsOf(query);
      if (parts.length === 0) return { parts, entries: [], similar: false };
      const named = this.named(query);
      const entries = this.entries.filter((entry) => named.has(entry) || this.fits(entry, parts));
      if (entries.length === 0) return this.similar(query);
      const phrase = parts.join(" ");
      const scores = new Map(this.ranking.search(query).map(({ id, score }) => [id, score]));
      const rank = (/** @type {Entry} */ entry) => [
        named.has(entry) ? 0 : 1,
        kindRank(entry),
        entry.text.text.includes(phrase) || entry.title.text.includes(phrase) ? 0 : 1,
        -(scores.get(entry.key) ?? 0),
      ];
      return { parts, entries: sorted(entries, rank), similar: false };
    }

    /** Beside words, a query may name the level of the criteria it asks for: `l6 strategy`. @param {Entry} entry @param {string[]} parts */
    fits(entry, parts) {
      const words = entry.document.kind === "criterion" ? parts.filter((part) => !entry.codes.includes(part)) : parts;
      return words.length > 0 && words.every((part) => holds(entry, part));
    }

    /** What has this id, with or without prefix, hyphen and zeros, or this code. @param {string} query @returns {Set<Entry>} */
    named(query) {
      const name = fold(query).text.trim();
      const [, prefix = "", number] = /^(\p{L}*)[\s-]*0*(\d+)$/u.exec(name) ?? [];
      const isNamed = (/** @type {Entry} */ entry) =>
        entry.document.kind === "level"
          ? entry.codes.includes(name)
          : number !== undefined && entry.number === number && (prefix === "" || entry.prefix === prefix);
      return new Set(this.entries.filter(isNamed));
    }

    /** What a mistyped word may have meant. Numbers and Han mean what they say. @param {string} query @returns {Findings} */
    similar(query) {
      const fuzzy = (/** @type {string} */ term) => (term.length > 4 ? 0.2 : false);
      const exact = /\d/.test(query) || HAN.test(query);
      const found = exact ? [] : this.ranking.search(query, { combineWith: "AND", fuzzy });
      const parts = [...new Set(found.flatMap(({ terms }) => terms))];
      const entries = found.map(({ id }) => this.entries[id]);
      return { parts, entries: sorted(entries, (entry) => [kindRank(entry)]), similar: true };
    }
  }

  rungs.Finder = Finder;
  rungs.placesOf = placesOf;
}
