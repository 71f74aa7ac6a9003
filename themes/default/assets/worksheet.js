// @ts-check
"use strict";

// Makes a sheet of the form on the page. A file in Markdown is the truth: drafts are such files, too. They are read by the
// rules of `rungs worksheet`, and nothing that stands in one is lost. Nothing leaves the device.

{
  /**
   * @typedef {{ section: string, heading: string, id: string, edition: string, rest: string, quotation: string[], lead: string,
   *   rating: string, evidence: string }} Answer
   * @typedef {{ bom: string, end: string, front: string[], preamble: string, answers: Answer[] }} Sheet
   * @typedef {HTMLElement & { answer?: Answer }} Item
   */

  /**
   * @type {{ site: string, ladder: string, level: string, edition: string, earlier: string[], locale: string,
   *   lead: string, preamble: string, ratings: string[][], labels: string[], sections: string[], words: Record<string, string> }}
   */
  const data = JSON.parse(document.getElementById("_worksheet")?.textContent ?? "");
  const { words } = data;

  /** @param {string} selector @param {ParentNode} [within] @returns {any[]} */
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  /** @param {string} selector @param {ParentNode} [within] @returns {any} */
  const one = (selector, within = document) => within.querySelector(selector);
  /** @param {string} text @param {Record<string, string | number>} values */
  const fill = (text, values) => text.replace(/%\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

  /** Browsers may refuse to store anything, and files may hold anything. @template T @param {() => T} work */
  const attempt = (work) => {
    try {
      return work();
    } catch {
      return null;
    }
  };

  // The file

  const CITED = String.raw`([A-Z][A-Z\d]*(?:\\?-|[‐‑‒–−﹣－])\d{3,})(?:@(\d+(?:\.\d+)*))?`;
  const BRACKETED = new RegExp(String.raw`^###[ \t]+\[${CITED}\](?:\([^()\s]*\))?(.*)`);
  const BARE = new RegExp(String.raw`^###[ \t]+${CITED}(?![\w@-]|\.\d)(.*)`);
  const SECTION = /^##([ \t]|$)/;

  /** @param {string} line */
  const unescaped = (line) => line.replace(/^\\+/, "");
  /** Without blank lines at both ends. @param {string[]} lines */
  const trimmed = (lines) => lines.join("\n").replace(/^([ \t]*\n)+|(\n[ \t]*)+$/g, "").replace(/^[ \t]+$/, "");

  /** Which lines are code. A fence that is not closed before a heading in brackets is none. @param {string[]} lines */
  const codeIn = (lines) => {
    const code = lines.map(() => false);
    for (let at = 0; at < lines.length; at++) {
      const [, sign] = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(lines[at]) ?? [];
      if (!sign) continue;
      const closing = new RegExp(`^ {0,3}${sign}${sign[0]}*[ \\t]*$`);
      const end = lines.findIndex((line, place) => place > at && (BRACKETED.test(line) || closing.test(line)));
      if (end > 0 && closing.test(lines[end])) code.fill(true, at, (at = end) + 1);
    }
    return code;
  };

  /** The rating on a line, if its label is the word for it, and what stands before. @param {string} line */
  const ratingIn = (line = "") => {
    const [, label = "", behind] = /^([^:：]*)[:：](.*)/.exec(line) ?? [];
    if (!data.labels.includes(label.replace(/^[ \t*_]+|[ \t*_]+$/g, "").toLowerCase())) return null;
    const isBold = /^[ \t]*(\*\*|__)/.test(label);
    const rating = (isBold ? behind.replace(/^[ \t]*(\*\*|__)|(\*\*|__)[ \t]*$/g, "") : behind).trim();
    return { rating, lead: isBold || !rating ? "" : line.slice(0, line.lastIndexOf(rating)) };
  };

  /** What of a text does not depend on how it is written. @param {string} text */
  const folded = (text) => text.replace(/&\w+;/g, "").replace(/[^\p{L}\p{N}]+/gu, "");
  /** The lines at the beginning that are quoted. @param {string[]} lines */
  const quotedIn = (lines) => lines.slice(0, [...lines, ""].findIndex((line) => !line.startsWith(">")));

  /** Whether quoted lines are statements of a criterion, as it reads or read. @param {string} id @param {string[]} lines */
  const isStatement = (id, lines) => {
    const criteria = all(".answers > li").filter(({ dataset }) => dataset.id === id);
    const said = criteria.flatMap((item) => [...all(".id + div > p", item).map(statementOf), ...all("[data-said]", item).flatMap(({ dataset }) => dataset.said.split("\n"))]);
    const paragraphs = lines.join("\n").split(/^>[ \t]*$/m).filter((text) => text.trim());
    return paragraphs.length > 0 && paragraphs.every((text) => said.map(folded).includes(folded(text)));
  };

  /**
   * Which lines of evidence could be taken for something else, and have a backslash before them. Those that only its
   * beginning could be taken for are looked for where nothing stands before it.
   *
   * @param {string[]} lines @param {{ id: string, isQuoted: boolean }} [unrated]
   */
  const mistakable = (lines, unrated) => {
    const code = codeIn(lines);
    const marks = lines.map((line, at) => {
      const bare = unescaped(line);
      return BRACKETED.test(bare) || (!code[at] && BARE.test(bare)) || (at === lines.length - 1 && SECTION.test(bare));
    });
    if (unrated) {
      const run = unrated.isQuoted ? [] : quotedIn([unescaped(lines[0]), ...lines.slice(1)]);
      const from = lines[0].startsWith(">") ? run.length : 0;
      const first = isStatement(unrated.id, run) ? 0 : lines.findIndex((line, at) => at >= from && line.trim() && ratingIn(unescaped(line)));
      const isFirst = first === 0 || lines.slice(from, first).every((line) => !line.trim());
      if (first >= 0 && isFirst) marks[first] = true;
    }
    return marks;
  };

  /** The statement of a paragraph, without its detail. @param {HTMLElement} paragraph */
  const statementOf = (paragraph) => paragraph.firstChild?.textContent ?? "";

  /** Evidence as it is written. @param {string} evidence @param {{ id: string, isQuoted: boolean }} [unrated] */
  const guarded = (evidence, unrated) => {
    const lines = evidence.split("\n");
    const marks = mistakable(lines, unrated);
    return lines.map((line, at) => (marks[at] ? `\\${line}` : line));
  };

  /** @param {string} section @param {string} heading @param {string[]} body @returns {Answer} */
  const answerOf = (section, heading, body) => {
    const [, cited = "", edition = "", rest = ""] = BRACKETED.exec(heading) ?? BARE.exec(heading) ?? [];
    // Word processors and other programs write hyphens of their own.
    const id = cited.replace(/\D+(?=\d+$)/, (prefix) => prefix.replace(/\W+$/, "-"));
    heading = heading.replace(cited, id);
    const text = trimmed(body).split("\n");
    const run = quotedIn(text);
    const isQuoted = isStatement(id, run);
    const behind = trimmed(text.slice(run.length)).split("\n");
    const rated = ratingIn(behind[0]);
    const own = isQuoted ? [] : run;
    const lines = trimmed(rated ? [trimmed(own), "", trimmed(behind.slice(1))] : text.slice(run.length - own.length)).split("\n");
    const marks = mistakable(lines, rated ? undefined : { id, isQuoted });
    const evidence = lines.map((line, at) => (marks[at] ? line.replace(/^\\/, "") : line)).join("\n");
    return { section, heading, id, edition, rest, quotation: isQuoted ? run : [], lead: "", rating: "", ...rated, evidence };
  };

  /** @param {string} text @returns {Sheet} */
  const read = (text) => {
    const [, bom, rest] = /^(\uFEFF?)(?:[ \t\r]*\n)*([^]*)$/.exec(text) ?? ["", "", ""];
    const end = /^[^\n]*\r\n/.test(rest) ? "\r\n" : "\n";
    const lines = rest.replaceAll("\r\n", "\n").split("\n");
    const closing = lines[0].trimEnd() === "---" ? lines.findIndex((line, at) => at && line.trimEnd() === "---") : -1;
    const front = lines.splice(0, closing + 1).slice(1, -1);
    const code = codeIn(lines);
    const starts = lines.flatMap((line, at) => (BRACKETED.test(line) || (!code[at] && BARE.test(line)) ? at : []));
    // What stands before each answer and behind the last one. The heading of a section belongs to the answer below it.
    const parts = [0, ...starts.map((start) => start + 1)].map((from, at) => trimmed(lines.slice(from, starts[at])).split("\n"));
    const sections = parts.slice(0, -1).map((part) => (SECTION.test(part.at(-1) ?? "") ? part.pop() ?? "" : ""));
    const answers = starts.map((start, at) => answerOf(sections[at].slice(2).trim(), lines[start], parts[at + 1]));
    return { bom, end, front, preamble: trimmed(parts[0]), answers };
  };

  /** A value of the front matter that stands on one line. @param {string[]} front @param {string} key */
  const valueOf = (front, key) => {
    const value = front.find((line) => line.startsWith(`${key}:`))?.slice(key.length + 1).trim() ?? "";
    if (/^[|>]/.test(value)) return "";
    return /^".*"$/.test(value) ? attempt(() => JSON.parse(value)) ?? value : value.replace(/^'(.*)'$/, "$1");
  };

  /** A value that means itself in YAML. @param {string} value */
  const yaml = (value) => (/^[\s"'@`&*!|>%#{}[\],?:-]|: | #|[:\s]$/.test(value) ? JSON.stringify(value) : value);

  // The page

  const status = one("[data-state]");
  const carried = one(".carried");
  const strange = one("#_strange ol");
  const keep = one("[data-keep]");
  const filled = one("[data-filled]");
  const version = "1";
  /** What the file has around its answers. @type {Omit<Sheet, "answers">} */
  let around = { bom: "", end: "\n", front: [], preamble: data.preamble };
  let isUnsaved = false;

  /** @returns {Item[]} */
  const items = () => all(".answers > li");
  /** @param {Item} item */
  const isOwn = (item) => item.parentElement?.matches("[data-own]");
  /** @param {Item} item */
  const ratingOf = (item) => one(":checked", item)?.value ?? "";
  /** @param {Item} item */
  const evidenceOf = (item) => one("textarea", item)?.value ?? "";
  /** @param {string} name @param {object} properties */
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  /** The edition of an answer: that of its heading, or else of its file. @param {Item} item */
  const editionOf = ({ answer }) => answer?.edition || valueOf(around.front, "edition") || data.edition;
  /** What became of a criterion since an edition. @param {Item} item @param {string} [edition] */
  const since = (item, edition = editionOf(item)) => all(".since", item).filter(({ dataset }) => dataset.of.split(" ").includes(edition));
  /** Whether an answer is of an edition or a site that the page does not know, and stays as it is. @param {Item} item */
  const isKept = (item) => {
    const site = valueOf(around.front, "site") || data.site;
    const isKnown = site === data.site && [data.edition, ...data.earlier].includes(editionOf(item));
    return Boolean(item.answer) && (!isKnown || item.parentElement === strange);
  };

  /** Chooses a rating as it is written. One that the site does not have stands with the others. @param {Item} item @param {string} rating */
  const rate = (item, rating) => {
    const radios = all("input", item);
    for (const radio of radios) radio.checked = false;
    if (!rating) return;
    // It may be in bold or between quotation marks, and a full stop may follow it.
    const bare = (/** @type {string} */ word) => word.replace(/^[\s*_`"'“”„«»‹›‘’「」『』]+|[\s*_`"'“”„«»‹›‘’「」『』.。．]+$/g, "").toLowerCase();
    const isIt = (/** @type {string} */ word) => bare(word) === bare(rating);
    let radio = radios[data.ratings.findIndex((words) => words.some(isIt))];
    if (!radio) {
      radio = make("input", { type: "radio", name: `${item.id}-rating` });
      const label = make("label", {});
      label.append(radio, rating);
      one(".ratings", item).append(label);
    }
    Object.assign(radio, { value: rating, checked: true });
  };

  /** Gives a criterion the fields of an answer. @param {Item} item */
  const open = (item) => {
    if (one(".fields", item)) return;
    one("button", item)?.remove();
    item.append(one("#_controls").content.cloneNode(true));
    one(".id", item).id = `${item.id}-id`;
    one(".id + div", item).id = `${item.id}-text`;
    one(".fields", item).setAttribute("aria-labelledby", `${item.id}-id ${item.id}-text`);
    for (const radio of all("input", item)) radio.name = `${item.id}-rating`;
    one("button", item).onclick = () => {
      rate(item, "");
      one("input", item).focus();
      changed();
    };
  };

  /** What the level asks itself can be answered at once, and all else on request. */
  const prepare = () => {
    for (const item of items()) {
      if (isOwn(item)) open(item);
      else if (!one(".fields, button", item)) {
        const button = make("button", { type: "button", className: "answer", textContent: words.answer });
        button.setAttribute("aria-label", `${words.answer}: ${item.dataset.id}`);
        button.onclick = () => {
          open(item);
          one("input, textarea", item).focus();
        };
        item.append(button);
      }
    }
  };

  /** Shows what is answered. On paper a text can be broken where a field cannot. */
  const mark = () => {
    for (const item of items()) {
      item.classList.toggle("filled", Boolean(ratingOf(item) || evidenceOf(item).trim()));
      for (const clear of all(".fields button", item)) clear.hidden = !ratingOf(item);
      for (const text of all(".on-paper", item)) text.textContent = evidenceOf(item);
    }
  };

  /** Puts an answer at its criterion, or at the end of the page. @param {Answer} answer */
  const place = (answer) => {
    let item = items().find((item) => item.dataset.id === answer.id && !item.answer);
    if (!item) {
      item = make("li", { id: `_strange-${strange.children.length}` });
      item.dataset.id = answer.id;
      item.append(make("span", { className: "id", textContent: answer.id }), make("div", {}));
      strange.append(item);
    }
    item.answer = answer;
    open(item);
    item.hidden = false;
    const section = item.closest("section");
    if (section) section.hidden = false;
    for (const lower of all("details:not([open])")) lower.open ||= lower.contains(item);
    let { rating, evidence } = answer;
    for (const change of isKept(item) ? [] : since(item)) {
      change.hidden = false;
      if (!change.dataset.rated || !rating) continue;
      evidence = trimmed([fill(change.dataset.rated, { rating, before: editionOf(item) }), "", evidence]);
      rating = "";
    }
    rate(item, rating);
    one("textarea", item).value = evidence;
  };

  /** Puts a file on the page, in place of what is there. Returns whether it changed on the way. @param {Sheet} sheet */
  const show = ({ answers, ...rest }) => {
    around = rest;
    strange.replaceChildren();
    for (const hidden of all(".gone, .gone li, .since")) hidden.hidden = true;
    for (const item of items()) {
      delete item.answer;
      one(".fields", item)?.remove();
    }
    prepare();
    for (const input of all(".person input")) input.value = valueOf(around.front, input.name);
    const locales = valueOf(around.front, "locales").split(/[,\s]+/);
    for (const box of all("[data-other]")) box.checked = locales.length > 1 && locales.includes(box.dataset.other);
    showOthers();
    answers.forEach(place);
    // What is asked anew concerns those who have answered all that was asked.
    const open = items().filter((item) => isOwn(item) && !item.answer);
    const added = open.map((item) => since(item, answers[0]?.edition).filter(({ dataset }) => dataset.fate === "added"));
    if (added.every((changes) => changes.length)) for (const change of added.flat()) change.hidden = false;
    mark();
    return tell();
  };

  /** Says what became of answers that were written elsewhere. */
  const tell = () => {
    const [site, level, ladder] = ["site", "level", "ladder"].map((key) => valueOf(around.front, key));
    const answered = items().filter((item) => item.answer && item.matches(".filled"));
    /** @param {string} key @param {object} [values] @param {Item[]} [changes] */
    const line = (key, values = {}, changes = []) => {
      const text = make("p", { textContent: fill(words[key], { site, level, ...values }) });
      for (const { id, dataset } of changes) text.append(" ", make("a", { href: `#${id}`, textContent: dataset.id }));
      return text;
    };
    const lines = [];
    if (site && site !== data.site) lines.push(line("other-site"));
    else if (level && (level !== data.level || ladder !== data.ladder)) lines.push(line("other-level"));
    const editions = [...new Set(answered.map(editionOf))].filter((edition) => edition !== data.edition && (!site || site === data.site));
    for (const edition of editions) {
      const its = answered.filter((item) => editionOf(item) === edition);
      const changes = its.filter((item) => since(item).some(({ hidden }) => !hidden));
      const key = !data.earlier.includes(edition) ? "unknown-edition" : changes.length ? "answered" : "answered-same";
      lines.push(line(key, { edition, count: its.length }, changes));
    }
    carried.replaceChildren(...lines);
    return editions.some((edition) => data.earlier.includes(edition));
  };

  /** @typedef {{ id: string, section: string, heading: string, quotation: string[], lead: string, rating: string, evidence: string }} Written */

  /** The answers on the page. @param {boolean} onlyFilled @returns {Written[]} */
  const written = (onlyFilled) =>
    all(".answers").flatMap((list) => {
      /** @type {Item[]} */
      const shown = all(".answers > li", list.parentElement).filter((item) => item.matches(".filled") || (!onlyFilled && (isOwn(item) || item.answer)));
      return shown.map((item, at) => {
        const { answer } = item;
        const { id = "", label = id + (data.edition && `@${data.edition}`) } = item.dataset;
        const edition = label.split("@")[1];
        const heading = `### [${label}](${data.site}${edition ? `e/${edition}/` : ""}c/${id.toLowerCase()}/)${answer?.rest ?? ""}`;
        const texts = all(".id + div > p:not([hidden])", item).map((text) => `> ${statementOf(text).replace(/[\\`*_[\]<>&]/g, "\\$&")}`);
        const isOurs = !answer?.section || data.sections.includes(answer.section);
        return {
          id,
          section: isOurs ? (at ? "" : list.dataset.section ?? "") : answer.section,
          heading: answer && isKept(item) ? answer.heading.replace(/^###[ \t]+(?!\[)([A-Z\d-]+(?:@[\d.]*\d)?)/, "### [$1]") : heading,
          quotation: answer && isKept(item) ? answer.quotation : texts.flatMap((text, place) => (place ? [">", text] : text)),
          lead: answer?.lead || data.lead,
          rating: ratingOf(item),
          evidence: evidenceOf(item),
        };
      });
    });

  /** The page as a file. */
  const markdown = (onlyFilled = filled.checked) => {
    const locales = [data.locale, ...all("[data-other]:checked").map(({ dataset }) => dataset.other)].join(", ");
    const { site, ladder, level, edition } = data;
    const edited = all(".person input").map(({ name, value }) => [name, value]);
    const values = Object.fromEntries([["rungs-worksheet", version], ...Object.entries({ site, ladder, level, edition, locales }), ...edited]);
    const { bom, end, front, preamble } = around;
    const keys = Object.keys(values);
    const line = (/** @type {string} */ key) => `${key}: ${yaml(values[key])}`.trim();
    const old = front.map((old) => {
      const key = keys.find((key) => old.startsWith(`${key}:`));
      return key && valueOf([old], key) !== values[key] ? line(key) : old;
    });
    const added = keys.filter((key) => !front.some((old) => old.startsWith(`${key}:`))).map(line);
    const lines = ["---", ...old, ...added, "---", "", preamble, ""];
    for (const { id, section, heading, quotation, lead, rating, evidence } of written(onlyFilled)) {
      if (section) lines.push(`## ${section}`, "");
      lines.push(heading, "");
      if (quotation.length) lines.push(...quotation, "");
      const isRated = rating || data.ratings.length;
      if (isRated) lines.push((lead + rating).trim(), "");
      if (evidence) lines.push(...guarded(evidence, isRated ? undefined : { id, isQuoted: quotation.length > 0 }), "");
    }
    return bom + `${lines.join("\n").trimEnd()}\n`.replaceAll("\n", end);
  };

  // Keeping

  const key = `rungs-review:${new URL(data.site).pathname}:${data.ladder}:${data.level}:`;

  /** Keeps a draft in the tab, and in the browser if that is wanted. */
  const store = () => {
    const draft = JSON.stringify({ version, at: Date.now(), isKept: keep.checked, isUnsaved, text: markdown(false) });
    const put = (/** @type {Storage} */ room) => void room.setItem(key + data.edition, draft);
    const isStored = attempt(() => (put(sessionStorage), keep.checked && put(localStorage), true));
    if (isUnsaved) status.textContent = isStored ? words.unsaved : words["not-kept"];
  };

  /** @param {Event} event */
  const ask = (event) => event.preventDefault();

  /** @param {boolean} unsaved @param {string} text */
  const say = (unsaved, text) => {
    isUnsaved = unsaved;
    status.textContent = text;
    window[unsaved ? "addEventListener" : "removeEventListener"]("beforeunload", ask);
  };

  const changed = () => {
    mark();
    say(true, words.unsaved);
    store();
  };

  const showOthers = () => {
    for (const box of all("[data-other]")) {
      for (const text of all(`.other[lang="${box.nextElementSibling.lang}"]`)) text.hidden = !box.checked;
    }
  };

  /** Brings back the last draft: of this edition, or else of the latest before it. What the tab does not keep in the browser is its own. */
  const restore = () => {
    for (const edition of [data.edition, ...[...data.earlier].reverse()]) {
      const draftIn = (/** @type {Storage} */ room) => JSON.parse(room.getItem(key + edition) ?? "null");
      const [own, kept] = [attempt(() => draftIn(sessionStorage)), attempt(() => draftIn(localStorage))];
      const draft = own && (!own.isKept || !kept || own.at >= kept.at) ? own : kept;
      if (!draft?.text) continue;
      keep.checked = Boolean(draft.isKept);
      const isChanged = show(read(draft.text)) && edition !== data.edition;
      return say(draft.isUnsaved || isChanged, draft.isUnsaved || isChanged ? words.unsaved : words.restored);
    }
  };

  const save = () => {
    const file = `${data.level.toLowerCase()}${data.edition && `-${data.edition}`}.md`;
    const href = URL.createObjectURL(new Blob([markdown()], { type: "text/markdown" }));
    make("a", { href, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    say(false, fill(words.saved, { file }));
    store();
  };

  /** @param {Sheet} sheet @param {string} text */
  const replace = (sheet, text) => {
    const isChanged = show(sheet);
    say(isChanged, isChanged ? words.unsaved : text);
    rungs.say(text);
    store();
  };

  /** @param {File} file */
  const openFile = async (file) => {
    if (isUnsaved && !confirm(words.replace)) return;
    const bytes = await file.arrayBuffer();
    const text = attempt(() => new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes));
    const sheet = read(text ?? "");
    if (text === null) rungs.say(words.encoding);
    else if (parseFloat(valueOf(sheet.front, "rungs-worksheet")) > 1) rungs.say(words.newer);
    else if (!sheet.answers.length) rungs.say(words["not-a-worksheet"]);
    else replace(sheet, fill(words.opened, { file: file.name }));
  };

  const copy = () => {
    const answers = written(true);
    if (!answers.length) return rungs.say(words.blank);
    const html = (/** @type {string} */ text) => make("p", { textContent: text }).innerHTML.replaceAll("\n", "<br>");
    const linked = (/** @type {string} */ text) => html(text.replace(/\\([\\`*_[\]<>&])/g, "$1")).replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>');
    const [title, ...preamble] = around.preamble.split(/\n\n+/).map(linked);
    const parts = answers.map(({ heading, quotation, lead, rating, evidence }) => {
      const quoted = quotation.join("\n").split("\n>\n").filter(Boolean).map((text) => `<p>${linked(text.slice(2))}</p>`);
      const own = [...(rating ? [lead + rating] : []), ...(evidence ? evidence.split(/\n\n+/) : [])];
      return `<h3>${linked(heading.slice(4))}</h3><blockquote>${quoted.join("")}</blockquote>${own.map((text) => `<p>${html(text)}</p>`).join("")}`;
    });
    const before = `<h2>${title.replace(/^# /, "")}</h2>${preamble.map((text) => `<p>${text}</p>`).join("")}`;
    const say = (/** @type {string} */ text) => () => rungs.say(text);
    rungs.copy({ "text/html": before + parts.join(""), "text/plain": markdown(true) }).then(say(words.copied), say(words["copy-failed"]));
  };

  // Some browsers bring back what was ticked, by themselves.
  for (const box of all("[type=checkbox]")) box.checked = false;
  prepare();
  attempt(restore);
  document.addEventListener("input", ({ target }) => {
    if (!(/** @type {Element} */ (target).matches(".person input, .answers *"))) return;
    changed();
  });
  for (const box of all("[data-other]")) {
    box.onchange = () => {
      showOthers();
      store();
    };
  }
  filled.onchange = () => document.body.classList.toggle("only-filled", filled.checked);
  keep.onchange = () => {
    if (!keep.checked) for (const edition of [data.edition, ...data.earlier]) attempt(() => localStorage.removeItem(key + edition));
    store();
  };
  // Of two tabs, the one that wrote last keeps the draft in the browser.
  window.addEventListener("storage", (event) => {
    if (event.key !== key + data.edition || !event.newValue || !keep.checked) return;
    keep.checked = false;
    rungs.say(words["other-tab"]);
  });
  // The draft is there in the other language, too.
  for (const link of all("[data-language-switch] a")) link.addEventListener("click", () => window.removeEventListener("beforeunload", ask));
  new ResizeObserver(([bar]) => {
    document.documentElement.style.scrollPaddingBottom = `${bar.target.getBoundingClientRect().height + 8}px`;
  }).observe(one(".keeping"));
  one("[data-new]").onclick = () => {
    if (isUnsaved && !confirm(words.discard)) return;
    replace({ bom: "", end: "\n", front: [], preamble: data.preamble, answers: [] }, words.blank);
  };
  one("[data-save]").onclick = save;
  one("[data-copy]").onclick = copy;
  const input = one("[type=file]");
  input.onchange = async () => {
    if (input.files[0]) await openFile(input.files[0]);
    input.value = "";
  };
}
