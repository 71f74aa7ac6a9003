// @ts-check
"use strict";

// Finds documents, and decides which fits best. Loaded with the search.

{
  /** Letters that are written without spaces between words. */
  const HAN = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+)/u;

  /** Punctuation around a word. */
  const EDGES = /^\p{P}+|\p{P}+$/gu;

  /** Forms of one letter that are used side by side, each behind the one it is compared as. */
  const FORMS = "台臺裡裏群羣線綫著着說説為爲啟啓麵麪污汙床牀才纔占佔";

  /** Words that say nothing of what is looked for. */
  const EMPTY = new Set(
    (
      "a about an and any are as at be by can do does for from get have how i if in is it many me more most much my " +
      "need of on or our should that the their them they this to we what when where which who why will with you your 的 " +
      "了 嗎 呢 是 在 有 要 我 怎麼 怎樣 和 與 及 或 如何 什麼 哪些 為什麼 可以 需要"
    ).split(" "),
  );

  /** What stands first among the results. A kind that is not named here stands last. */
  const KINDS = ["criterion", "level", "category", "thread", "ladder", "note", "page", "edition", "term"];

  /**
   * How well a word of a query is met: as it is, as one or many, in another form, as a piece of another word, by a word
   * that means the same or by another language, in a text whose lines have but some of the words, and by what is said of
   * the entry elsewhere.
   */
  const [WHOLE, NUMBER, FORM, PIECE, MEANT, APART, SAID] = [1, 0.9, 0.8, 0.6, 0.4, 0.3, 0.2];

  /** How many results are enough: less sure ones are then left out. */
  const ENOUGH = 3;

  /** How many are shown that have but some of the words. */
  const SOME = 12;

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
    for (const { 0: letter, index } of text.matchAll(/[\n -~]+(?!\p{M})|.\p{M}*/gsu)) {
      if (/^[\n -~]+$/.test(letter)) {
        for (let at = 0; at < letter.length; at += 1) places.push(index + at);
        folded += letter.toLowerCase();
        continue;
      }
      const plain = letter.normalize("NFKC").toUpperCase().toLowerCase();
      const form = FORMS.indexOf(plain);
      const alike = (form % 2 === 1 ? FORMS[form - 1] : plain)
        .replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
      for (let at = 0; at < alike.length; at += 1) places.push(index);
      folded += alike;
    }
    places.push(text.length);
    return { text: folded, places };
  };

  /**
   * What all forms of an English word have in common: `delegat` of delegates, delegating and delegation. Nothing that has
   * to be a word, as long as words that belong together have the same.
   *
   * @param {string} word Folded.
   */
  const stem = (word) => {
    if (!/^[a-z']{4,}$/.test(word)) return word;
    let left = word.replace(/'s?$|(?<![sui'])s$/, "").replace(/is(?=e[sdr]?$|ing$|ation)/, "iz").replace(/yse/, "yze").replace(/our/, "or");
    for (let before = ""; before !== left; ) {
      before = left;
      left = left
        .replace(/(?<=[aeiouy].*.)(ing|ed|e|er|ly)$|(?<=[aeiouy].*..)[yi]$/, "")
        .replace(/(?<=....)(al|ment|ion|at|iz|ship|it|ic|anc|iv)$/, "")
        .replace(/(?<=...)([bdgmnprt])\1$/, "$1");
    }
    return left.replace(/nc$/, "ns").replace(/bil$/, "bl");
  };

  /** @type {Map<string, string>} */
  const stems = new Map();

  /** What a word is compared by. Of an abbreviation a plural is one too. @param {string} word */
  const keyOf = (word) => {
    let key = stems.get(word);
    if (key === undefined) stems.set(word, (key = word.length === 3 ? word.replace(/(?<!s)s$/, "") : stem(word)));
    return key;
  };

  const WORD = /[\p{L}\p{N}\p{M}']+/gu;

  /** The keys of a folded text. @param {string} text */
  const keysOf = (text) => (text.match(WORD) ?? []).filter((word) => !HAN.test(word)).map(keyOf);

  /** @param {string} text @returns {Part} */
  const partOf = (text) => ({ text, keys: HAN.test(text) ? [] : keysOf(text), meant: [], isLevel: false });

  /**
   * Where a text stands in another. One or two Latin letters have to begin a word, since they stand in the midst of many.
   *
   * @param {string} text Folded, like the part.
   * @param {string} part
   * @returns {number[]}
   */
  const placesOf = (text, part) => {
    const short = part.length < 3 && !HAN.test(part);
    const places = [];
    for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) {
      if (!short || !isLetter(text[at - 1])) places.push(at);
    }
    return places;
  };

  /** @param {string | undefined} letter */
  const isLetter = (letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter) && !HAN.test(letter);

  /** How well a text meets a part of a query. @param {Field} field @param {Part} part */
  const met = ({ text, keys }, part) => {
    const places = placesOf(text, part.text);
    const [begins, ends] = [(/** @type {number} */ at) => !isLetter(text[at - 1]), (/** @type {number} */ at) => !isLetter(text[at])];
    if (places.some((at) => begins(at) && ends(at + part.text.length))) return WHOLE;
    if (part.keys.length > 0 && part.keys.every((key) => keys.has(key))) {
      const one = part.text.replace(/(?<=..)(?<![sui])s$/, "");
      const isOne = (/** @type {number} */ at) => begins(at) && ends(at + one.length + (text[at + one.length] === "s" ? 1 : 0));
      return placesOf(text, one).some(isOne) ? NUMBER : FORM;
    }
    return places.length > 0 ? PIECE : 0;
  };

  /** @param {Folded[]} texts @returns {Field} */
  const fieldOf = (texts) => {
    const text = texts.map((one) => one.text).join("\n");
    return { text, keys: new Set(keysOf(text)) };
  };

  /**
   * Where a text has a part of a query, from and to: as it is, in another form, or by a word that means the same.
   *
   * @param {string} text Folded.
   * @param {Part} part
   * @returns {[number, number][]}
   */
  const spansOf = (text, part) => {
    const literal = placesOf(text, part.text).map((at) => /** @type {[number, number]} */ ([at, at + part.text.length]));
    if (literal.length > 0) return literal;
    const forms = Array.from(text.matchAll(WORD)).filter(([word]) => !HAN.test(word) && part.keys.includes(keyOf(word)));
    const spans = forms.map(({ 0: word, index }) => /** @type {[number, number]} */ ([index, index + word.length]));
    return spans.length > 0 ? spans : part.meant.flatMap((meant) => spansOf(text, meant));
  };

  /** The sentences of a text, as pieces from and to. @param {string} text @returns {[number, number][]} */
  const sentencesOf = (text) => {
    const found = text.matchAll(/[^\n]+?(?:[。！？]+[」』）”]*|[.!?]+["”’)]*(?=\s)|(?=\n|$))/gu);
    return Array.from(found, ({ 0: sentence, index }) => {
      const space = sentence.length - sentence.trimStart().length;
      return [index + space, index + sentence.length];
    });
  };

  /**
   * Whether two words differ in a few places at most. Two letters that change places are one.
   *
   * @param {string} a @param {string} b @param {number} most
   */
  const isNear = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return false;
    let [before, last] = /** @type {number[][]} */ ([[], Array.from({ length: b.length + 1 }, (_, at) => at)]);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[b.length] <= most;
  };

  /** @param {Found} document @param {Record<string, string>} words @param {boolean} isRest @returns {Entry} */
  const entryOf = (document, words, isRest = false) => {
    const [, prefix = "", number = ""] = /^(.*?)-?0*(\d+)$/.exec((document.id ?? "").toLowerCase()) ?? [];
    const { kind } = document;
    const level = fold(document.level ?? "").text;
    const texts = ["title", "thread", "text", "also", "category"].map((name) => fold(String(document[name] ?? "")));
    const [title, thread, text, also, category] = texts;
    const named = [title, fold(kind === "criterion" ? "" : (words[kind] ?? ""))];
    return {
      document,
      isRest,
      title,
      thread,
      text,
      named: fieldOf(named),
      own: fieldOf([...named, thread, text]),
      others: also.text ? [{ field: fieldOf([also]) }] : [],
      said: fieldOf([category]),
      prefix,
      number,
      codes: level === "" ? [] : [level, ...level.split("/")],
    };
  };

  /** @param {Entry} entry */
  const kindRank = ({ document: { kind } }) => (KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length);

  /** @param {Entry} entry */
  const isCriterion = ({ document: { kind } }) => kind === "criterion";

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
    /** @param {Index} index */
    constructor({ documents, also = [], words }) {
      this.words = words;
      this.entries = documents.map((document) => entryOf(document, words));
      /** What only the second file has. @type {Entry[]} */
      this.rest = [];
      this.levelWord = fold(words.level).text;
      /** By the keys of what people write, what texts have for it. @type {Map<string, Part[]>} */
      this.also = new Map();
      this.addSynonyms(also);
      this.addSaid();
    }

    /** Adds the second file. @param {SecondIndex} index */
    add({ documents, others = [] }) {
      this.rest = documents.map((document) => entryOf(document, this.words, true));
      const entries = new Map(this.entries.map((entry) => [entry.document.url, entry]));
      for (const { language, also = [], texts } of others) {
        this.addSynonyms(also);
        for (const [url, text] of Object.entries(texts)) {
          const folded = fold(text);
          entries.get(url)?.others.push({ language, text, folded, field: fieldOf([folded]) });
        }
      }
    }

    /** @param {[string[], string[]][]} also */
    addSynonyms(also) {
      for (const [words, others] of also) {
        // Of a rendering with a gap the longest piece.
        const longest = (/** @type {string} */ word) => word.split(/…+/).sort((a, b) => b.length - a.length)[0];
        const meant = words.map((word) => partOf(fold(longest(word)).text));
        for (const other of others) {
          const name = nameOf([partOf(fold(other).text)]);
          this.also.set(name, [...(this.also.get(name) ?? []), ...meant]);
        }
      }
    }

    /**
     * What a note says in the sentence that names a criterion, and in the one before, is said of it, and how it begins is said
     * of what it is about.
     */
    addSaid() {
      const entries = new Map(this.entries.filter(isCriterion).map((entry) => [entry.document.id, entry]));
      /** @type {Map<Entry, string[]>} */
      const said = new Map();
      const say = (/** @type {Entry} */ entry, /** @type {string} */ words) =>
        said.set(entry, [...(said.get(entry) ?? []), words]);
      const notes = this.entries.filter(({ document }) => document.kind === "note");
      for (const { document: { about = [], text = "" } } of notes) {
        const [first] = text.split("\n");
        for (const entry of entries.values()) if (about.includes(entry.document.thread ?? "")) say(entry, first);
      }
      for (const line of notes.flatMap(({ document: { text = "" } }) => text.split("\n"))) {
        let before = 0;
        for (const [from, to] of sentencesOf(line)) {
          const words = line.slice(before, to);
          before = from;
          for (const id of new Set(line.slice(from, to).match(/\p{L}[\p{L}\p{N}]*-\d+/gu))) {
            const entry = entries.get(id);
            if (entry) say(entry, words.replaceAll(id, ""));
          }
        }
      }
      for (const [entry, sentences] of said) {
        entry.said = fieldOf([fold(entry.document.category ?? ""), ...sentences.map(fold)]);
      }
    }

    /**
     * What the first file has for a query, perhaps of one level alone.
     *
     * @param {string} query @param {string} level
     * @returns {Findings}
     */
    find(query, level = "") {
      return this.findAmong(this.entries, query, level);
    }

    /**
     * The same with what both files have behind it, once the second was added.
     *
     * @param {Findings} first @param {string} query @param {string} level
     * @returns {Findings}
     */
    findMore(first, query, level = "") {
      const all = this.findAmong([...this.entries, ...this.rest], query, level);
      const before = first.similar ? [] : first.entries;
      return { ...all, entries: [...before, ...all.entries.filter((entry) => !before.includes(entry))] };
    }

    /** Whether the first file has too little. What is only written like a query is not what was asked for. @param {Findings} first */
    lacks({ parts, entries, similar }) {
      return similar || (parts.length > 0 && entries.length < ENOUGH);
    }

    /**
     * What a query asks for, the best first: what it names by its id or code, then all that has each of its words. If that
     * is little and no criterion, there is also what is written much like it, or else what has some of its words.
     *
     * @param {Entry[]} all @param {string} query @param {string} level
     * @returns {Findings}
     */
    findAmong(all, query, level) {
      const entries = level === "" ? all : all.filter((entry) => entry.document.level === level);
      const parts = this.partsOf(query, all);
      if (parts.length === 0) return { parts, entries: [], partial: [], similar: false };
      const named = this.named(parts);
      let found = this.full(parts, entries, named);
      const isEnough = () => named.size > 0 || found.some((entry) => isCriterion(entry) && this.isSure(parts, entry));
      if (isEnough()) return { parts, entries: found, partial: [], similar: false };
      const pieces = this.parted(parts);
      if (pieces !== parts) {
        const more = this.full(pieces, entries, named).filter((entry) => !found.includes(entry));
        found = [...found, ...more];
        const both = [...parts, ...pieces];
        if (more.some(isCriterion)) return { parts: both, entries: found, partial: [], similar: false };
      }
      const meant = this.corrected(parts, all);
      const similar = found.length === 0 && meant !== parts ? this.full(meant, entries, named) : [];
      if (similar.length > 0) return { parts: meant, entries: similar, partial: [], similar: true };
      const some = pieces === parts ? meant : pieces;
      const partial = this.partial(some, entries, found);
      // The guide is about the program: where no criterion has all words, those with some of them stand before it.
      const rest = partial.length > 0 ? found.filter((entry) => entry.isRest) : [];
      const own = found.filter((entry) => !rest.includes(entry));
      return { parts: some === parts ? parts : [...parts, ...some], entries: own, partial: [...partial, ...rest], similar: false };
    }

    /** Whether an entry has each part in its own words or in such as mean the same. @param {Part[]} parts @param {Entry} entry */
    isSure(parts, entry) {
      return parts.every((part) => quality(entry, part) > SAID);
    }

    /** The parts, with Han in pieces that stand in criteria. @param {Part[]} parts */
    parted(parts) {
      const criteria = this.entries.filter(isCriterion);
      const stands = (/** @type {string} */ part) => criteria.some((entry) => entry.own.text.includes(part));
      const isWhole = (/** @type {string} */ text) => !HAN.test(text) || stands(text);
      if (parts.every(({ text }) => isWhole(text))) return parts;
      const pieces = parts.flatMap(({ text }) => (isWhole(text) ? [text] : this.pieces(text, stands)));
      const levels = new Set(parts.filter(({ isLevel }) => isLevel).map(({ text }) => text));
      return this.joined(pieces.map(partOf)).map((part) => ({ ...part, isLevel: levels.has(part.text) }));
    }

    /**
     * The parts of a query: its words. Several that are known to mean one thing are one part, and Han that stands nowhere
     * as it is written is parted into the longest pieces that do.
     *
     * @param {string} query
     * @param {Entry[]} entries
     * @returns {Part[]}
     */
    partsOf(query, entries) {
      const codes = new Set(entries.flatMap((entry) => entry.codes));
      const folded = fold(query).text.replace(/(\p{L}+)\s*(\d+)/gu, (whole, word, number) => {
        const code = word === this.levelWord && [...codes].find((one) => /\d+$/.exec(one)?.[0] === number);
        return code || whole;
      });
      const isCode = (/** @type {string} */ part) => codes.has(part);
      const written = folded.split(/\s+/).flatMap((word) => {
        const part = word.replace(EDGES, "");
        const code = part.replace(this.levelWord, "");
        return part === "" ? [] : isCode(code) ? [code] : [part];
      });
      const stands = (/** @type {string} */ part) => entries.some((entry) => entry.own.text.includes(part));
      const isWhole = (/** @type {string} */ part) => !HAN.test(part) || stands(part) || this.also.has(part);
      const split = written.flatMap((part) => (isWhole(part) ? [part] : this.pieces(part, stands)));
      const said = split.filter((part) => !EMPTY.has(part) && !(part === this.levelWord && split.some(isCode)));
      const parts = this.joined((said.length > 0 ? said : split).map(partOf));
      // Beside words, a query may name the level of the criteria it asks for: `l6 strategy`.
      const hasWords = parts.some(({ text }) => !isCode(text));
      return parts.map((part) => ({ ...part, isLevel: hasWords && isCode(part.text) }));
    }

    /** @param {string} part @param {(piece: string) => boolean} stands @returns {string[]} */
    pieces(part, stands) {
      const isPiece = (/** @type {string} */ piece) => this.also.has(piece) || EMPTY.has(piece) || stands(piece);
      const pieces = part.split(HAN).flatMap((run) => {
        if (!HAN.test(run)) return run.replace(EDGES, "");
        const found = [];
        let lost = "";
        for (let from = 0; from < run.length; ) {
          let to = run.length;
          while (to > from + 1 && !isPiece(run.slice(from, to))) to -= 1;
          const piece = run.slice(from, to);
          // One letter alone says too little.
          const counts = piece.length > 1 || EMPTY.has(piece);
          if (counts) found.push(lost, piece);
          lost = counts ? "" : lost + piece;
          from = to;
        }
        return [...found, lost];
      });
      return pieces.filter((piece) => piece !== "");
    }

    /** The parts, with those made one that are known as one. @param {Part[]} parts */
    joined(parts) {
      const joined = [];
      for (let from = 0; from < parts.length; ) {
        let to = Math.min(from + 4, parts.length);
        while (to > from + 1 && !this.also.has(nameOf(parts.slice(from, to)))) to -= 1;
        const one = parts.slice(from, to);
        const text = one.map((part) => part.text).join(" ");
        joined.push({ ...partOf(text), meant: this.also.get(nameOf(one)) ?? [] });
        from = to;
      }
      return joined;
    }

    /** What has each part, the best first. @param {Part[]} parts @param {Entry[]} entries @param {Set<Entry>} named */
    full(parts, entries, named) {
      const scores = scored(parts, entries);
      const worst = (/** @type {Entry} */ entry) => (named.has(entry) ? WHOLE : (scores.get(entry)?.worst ?? 0));
      const fitting = entries.filter((entry) => worst(entry) > 0);
      const sure = fitting.filter((entry) => worst(entry) > SAID);
      const found = sure.length >= ENOUGH && sure.some(isCriterion) ? sure : fitting;
      const phrase = parts.map((part) => part.text).join(" ");
      const inTitle = (/** @type {Entry} */ entry) => parts.every((part) => met(entry.named, part) >= FORM);
      // Criteria stand first, unless another text is called so, or has the words where no criterion has them like that.
      const best = Math.max(0, ...found.filter(isCriterion).map(worst));
      const isBetter = (/** @type {Entry} */ entry) =>
        best < NUMBER && (inTitle(entry) || (worst(entry) >= FORM && worst(entry) > best));
      const group = (/** @type {Entry} */ entry) => {
        if (named.has(entry)) return 0;
        if (entry.isRest) return 6;
        if (isCriterion(entry)) return worst(entry) > SAID ? 2 : 4;
        if (isBetter(entry)) return 1;
        return worst(entry) >= MEANT ? 3 : 5;
      };
      return sorted(found, (entry) => [
        group(entry),
        ...(isCriterion(entry) ? [0, -worst(entry), 0] : [inTitle(entry) ? 0 : 1, kindRank(entry), -worst(entry)]),
        entry.own.text.includes(phrase) ? 0 : 1,
        -(scores.get(entry)?.score ?? 0),
      ]);
    }

    /** What has some of the parts, the best first. @param {Part[]} parts @param {Entry[]} entries @param {Entry[]} found What has all. */
    partial(parts, entries, found) {
      const scores = scored(parts, entries);
      const score = (/** @type {Entry} */ entry) => scores.get(entry)?.score ?? 0;
      const share = (/** @type {Entry} */ entry) => scores.get(entry)?.share ?? 0;
      const left = entries.filter((entry) => !entry.isRest && !found.includes(entry));
      const best = Math.max(...left.map(share));
      const some = left.filter((entry) => share(entry) > 0 && share(entry) >= best / 2);
      const quarters = (/** @type {Entry} */ entry) => Math.round(4 * share(entry));
      return sorted(some, (entry) => [-quarters(entry), kindRank(entry), -score(entry)]).slice(0, SOME);
    }

    /** What has this id, with or without prefix, hyphen and zeros, or this code. @param {Part[]} parts @returns {Set<Entry>} */
    named(parts) {
      const name = parts.map((part) => part.text).join(" ");
      const [, prefix = "", number] = /^(\p{L}*)[\s_-]*0*(\d+)$/u.exec(name) ?? [];
      const isNamed = (/** @type {Entry} */ entry) =>
        entry.document.kind === "level"
          ? entry.codes.includes(name)
          : number !== undefined && entry.number === number && (prefix === "" || entry.prefix === prefix);
      return new Set(this.entries.filter(isNamed));
    }

    /**
     * The parts, with the words that a mistyped one may have meant. Numbers and Han mean what they say.
     *
     * @param {Part[]} parts @param {Entry[]} entries
     * @returns {Part[]}
     */
    corrected(parts, entries) {
      const isWord = (/** @type {string} */ text) => /^[\p{L}']{5,}$/u.test(text) && !HAN.test(text);
      const isUnknown = (/** @type {Part} */ part) =>
        isWord(part.text) && part.meant.length === 0 && !entries.some((entry) => quality(entry, part) > 0);
      if (!parts.some(isUnknown)) return parts;
      const words = new Set(entries.flatMap((entry) => entry.own.text.match(WORD) ?? []));
      return parts.map((part) => {
        const most = part.text.length > 7 ? 2 : 1;
        const near = isUnknown(part) ? [...words].filter((word) => isNear(word, part.text, most)) : [];
        return { ...part, meant: [...part.meant, ...near.map(partOf)] };
      });
    }
  }

  /** The keys of parts that stand together. @param {Part[]} parts */
  const nameOf = (parts) => parts.flatMap(({ keys, text }) => (keys.length > 0 ? keys : [text])).join(" ");

  /** Whether a text has words that mean a part: one in any form, several as they are. @param {Field} field @param {Part} meant */
  const means = (field, meant) => met(field, meant) >= (meant.keys.length > 1 ? NUMBER : FORM);

  /** How well an entry meets a part of a query. A criterion meets the code of its level. @param {Entry} entry @param {Part} part */
  const quality = (entry, part) => {
    if (part.isLevel && isCriterion(entry) && entry.codes.includes(part.text)) return WHOLE;
    const own = met(entry.own, part);
    if (own > 0) return own;
    const fields = [entry.own, ...entry.others.map(({ field }) => field)];
    const isMeant = fields.some((field) => met(field, part) >= FORM || part.meant.some((meant) => means(field, meant)));
    return isMeant ? MEANT : met(entry.said, part) >= FORM ? SAID : 0;
  };

  /**
   * How well entries meet the parts: `worst` is how well that part is met which is met worst, `share` how much of the query
   * is met, and `score` the same by how often the words stand there, and how rare they are.
   *
   * @param {Part[]} parts @param {Entry[]} entries
   * @returns {Map<Entry, { worst: number, share: number, score: number }>}
   */
  const scored = (parts, entries) => {
    const scores = new Map(entries.map((entry) => [entry, { worst: WHOLE, share: 0, score: 0 }]));
    let whole = 0;
    for (const part of parts) {
      const qualities = entries.map((entry) => quality(entry, part));
      const rarity = Math.log(1 + entries.length / (1 + qualities.filter((one) => one > 0).length));
      whole += rarity;
      entries.forEach((entry, at) => {
        const result = /** @type {{ worst: number, share: number, score: number }} */ (scores.get(entry));
        result.worst = Math.min(result.worst, qualities[at]);
        if (qualities[at] === 0) return;
        const places = (/** @type {Folded} */ { text }) => [part, ...part.meant].flatMap((one) => placesOf(text, one.text)).length;
        const often = places(entry.text) + 2 * places(entry.title);
        result.share += rarity;
        result.score += qualities[at] * rarity * (1 + often / (often + 1 + entry.text.text.length / 200));
      });
    }
    for (const [entry, result] of scores) {
      result.share /= whole;
      if (parts.length > 1 && result.worst > APART && !isTogether(entry, parts)) result.worst = APART;
    }
    return scores;
  };

  /** Whether one line of an entry has all parts. @param {Entry} entry @param {Part[]} parts */
  const isTogether = (entry, parts) => {
    if (isCriterion(entry)) return true;
    const has = (/** @type {Field} */ field, /** @type {Part} */ part) =>
      met(field, part) > 0 || part.meant.some((meant) => means(field, meant));
    const left = parts.filter((part) => !has(entry.named, part));
    if (left.length === 0 || entry.others.some(({ field }) => left.every((part) => has(field, part)))) return true;
    entry.lines ??= entry.text.text.split("\n").map((text) => fieldOf([{ text, places: [] }]));
    return entry.lines.some((line) => left.every((part) => has(line, part)));
  };

  rungs.Finder = Finder;
  rungs.spansOf = spansOf;
  rungs.sentencesOf = sentencesOf;
}
