// @ts-check
"use strict";

// Makes a sheet of the form on the page. A file in Markdown is the truth: drafts are such files, too. They are read by the
// rules of `rungs worksheet`, and nothing that stands in one is lost. Nothing leaves the device.

{
  /**
   * @typedef {{ heading: string, id: string, lead: string, rating: string, evidence: string }} Answer
   * @typedef {{ bom: string, end: string, front: string[], preamble: string, answers: Answer[] }} Sheet
   * @typedef {HTMLElement & { answer?: Answer }} Item
   */

  /**
   * @type {{ site: string, ladder: string, level: string, edition: string, earlier: string[], locale: string,
   *   lead: string, preamble: string, ratings: string[][], labels: string[], words: Record<string, string> }}
   */
  const data = JSON.parse(document.getElementById("_worksheet")?.textContent ?? "");
  const { words } = data;

  /** @param {string} selector @param {ParentNode} [within] @returns {any[]} */
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  /** @param {string} selector @param {ParentNode} [within] @returns {any} */
  const one = (selector, within = document) => within.querySelector(selector);
  /** @param {string} text @param {Record<string, string | number>} values */
  const fill = (text, values) => text.replace(/%\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

  // The file

  const CITED = String.raw`([A-Z][A-Z\d]*-\d{3,}(?:@\d+(?:\.\d+)*)?)`;
  const BRACKETED = new RegExp(String.raw`^###[ \t]+\[${CITED}\](.*)`);
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

  /** @param {string} heading @param {string[]} body @returns {Answer} */
  const answerOf = (heading, body) => {
    const [, cited = ""] = BRACKETED.exec(heading) ?? BARE.exec(heading) ?? [];
    const [id] = cited.split("@");
    const text = trimmed(body).split("\n");
    const run = quotedIn(text);
    const isQuoted = isStatement(id, run);
    const rest = trimmed(text.slice(run.length)).split("\n");
    const rated = ratingIn(rest[0]);
    const own = isQuoted ? [] : run;
    const lines = trimmed(rated ? [trimmed(own), "", trimmed(rest.slice(1))] : text.slice(run.length - own.length)).split("\n");
    const marks = mistakable(lines, rated ? undefined : { id, isQuoted });
    const evidence = lines.map((line, at) => (marks[at] ? line.replace(/^\\/, "") : line)).join("\n");
    return { heading, id, lead: "", rating: "", ...rated, evidence };
  };

  /** @param {string} text @returns {Sheet} */
  const read = (text) => {
    const [, bom, rest] = /^(\uFEFF?)([^]*)$/.exec(text) ?? ["", "", ""];
    const end = /^[^\n]*\r\n/.test(rest) ? "\r\n" : "\n";
    const lines = rest.replaceAll("\r\n", "\n").split("\n");
    const closing = lines[0].trimEnd() === "---" ? lines.findIndex((line, at) => at && line.trimEnd() === "---") : -1;
    const front = lines.splice(0, closing + 1).slice(1, -1);
    const code = codeIn(lines);
    const starts = lines.flatMap((line, at) => (BRACKETED.test(line) || (!code[at] && BARE.test(line)) ? at : []));
    /** What stands up to an answer, but for the heading of its section. @param {number} from @param {number} [to] */
    const upTo = (from, to) => {
      const part = trimmed(lines.slice(from, to)).split("\n");
      return to !== undefined && SECTION.test(part.at(-1) ?? "") ? part.slice(0, -1) : part;
    };
    const answers = starts.map((start, at) => answerOf(lines[start], upTo(start + 1, starts[at + 1])));
    return { bom, end, front, preamble: trimmed(upTo(0, starts[0])), answers };
  };

  /** @param {string[]} front @param {string} key */
  const valueOf = (front, key) =>
    front.find((line) => line.startsWith(`${key}:`))?.slice(key.length + 1).trim().replace(/^(["'])(.*)\1$/, "$2") ?? "";

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
  /** What became of a criterion since an edition. @param {Item} item @param {string} edition */
  const since = (item, edition) => all(".since", item).filter(({ dataset }) => dataset.of.split(" ").includes(edition));


  /** Chooses a rating as it is written. One that the site does not have stands with the others. @param {Item} item @param {string} rating */
  const rate = (item, rating) => {
    const radios = all("input", item);
    for (const radio of radios) radio.checked = false;
    if (!rating) return;
    const isIt = (/** @type {string} */ word) => word.toLowerCase() === rating.toLowerCase();
    let radio = radios[data.ratings.findIndex((words) => words.some(isIt))];
    if (!radio) {
      radio = make("input", { type: "radio", name: `${item.id}-rating` });
      const label = make("label", {});
      label.append(radio, rating);
      one("button", item).before(label);
    }
    Object.assign(radio, { value: rating, checked: true });
  };

  /** Gives a criterion the fields of an answer. @param {Item} item */
  const open = (item) => {
    if (one("fieldset", item)) return;
    one("button", item)?.remove();
    item.append(one("#_controls").content.cloneNode(true));
    one(".id", item).id = `${item.id}-id`;
    one(".id + div", item).id = `${item.id}-text`;
    one("fieldset", item).setAttribute("aria-labelledby", `${item.id}-id ${item.id}-text`);
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
      else if (!one("fieldset, button", item)) {
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

  /** Shows what is answered. */
  const mark = () => {
    for (const item of items()) {
      item.classList.toggle("filled", Boolean(ratingOf(item) || evidenceOf(item).trim()));
      for (const clear of all("fieldset button", item)) clear.hidden = !ratingOf(item);
    }
  };

  /** Puts an answer at its criterion, or at the end of the page. @param {Answer} answer @param {string} edition */
  const place = (answer, edition) => {
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
    for (const change of since(item, edition)) {
      change.hidden = false;
      if (!change.dataset.rated || !rating) continue;
      evidence = trimmed([fill(change.dataset.rated, { rating, before: edition }), "", evidence]);
      rating = "";
    }
    rate(item, rating);
    one("textarea", item).value = evidence;
  };

  /** Puts a file on the page, in place of what is there. @param {Sheet} sheet */
  const show = ({ answers, ...rest }) => {
    around = rest;
    strange.replaceChildren();
    for (const hidden of all(".gone, .gone li, .since")) hidden.hidden = true;
    for (const item of items()) {
      delete item.answer;
      one("fieldset", item)?.remove();
    }
    prepare();
    for (const input of all(".person input")) input.value = valueOf(around.front, input.name);
    const locales = valueOf(around.front, "locales").split(/[,\s]+/);
    for (const box of all("[data-other]")) box.checked = locales.includes(box.dataset.other);
    showOthers();
    const edition = valueOf(around.front, "edition");
    const isKnown = edition === data.edition || data.earlier.includes(edition);
    for (const answer of answers) place(answer, edition);
    // What is asked anew concerns those who have answered all that was asked.
    const open = items().filter((item) => isOwn(item) && !item.answer);
    const isNew = (/** @type {Item} */ item) => since(item, edition).some(({ dataset }) => dataset.fate === "added");
    if (open.every(isNew)) for (const item of open) for (const change of since(item, edition)) change.hidden = false;
    for (const item of items()) item.toggleAttribute("data-kept", Boolean(item.answer && (!isKnown || item.parentElement === strange)));
    tell(edition, isKnown, answers.length);
    mark();
  };

  /** Says what became of the answers of another edition. @param {string} edition @param {boolean} isKnown @param {number} count */
  const tell = (edition, isKnown, count) => {
    const site = valueOf(around.front, "site");
    const changes = items().filter((item) => since(item, edition).some(({ hidden }) => !hidden));
    const key = !isKnown ? "unknown-edition" : changes.length ? "answered" : edition === data.edition ? "" : "answered-same";
    const lines = [site && site !== data.site ? "other-site" : "", key].filter(Boolean);
    carried.replaceChildren(...lines.map((key) => make("p", { textContent: fill(words[key], { site, edition, count }) })));
    for (const item of changes) carried.lastChild.append(" ", make("a", { href: `#${item.id}`, textContent: item.dataset.id }));
  };

  /** @typedef {{ id: string, section: string, heading: string, quotation: string[], lead: string, rating: string, evidence: string }} Written */

  /** The answers on the page. @param {boolean} onlyFilled @returns {Written[]} */
  const written = (onlyFilled) =>
    all(".answers").flatMap((list) => {
      /** @type {Item[]} */
      const shown = all(".answers > li", list.parentElement).filter((item) => item.matches(".filled") || (!onlyFilled && (isOwn(item) || item.answer)));
      return shown.map((item, at) => {
        const { id = "", label = id + (data.edition && `@${data.edition}`) } = item.dataset;
        const edition = label.split("@")[1];
        const heading = `[${label}](${data.site}${edition ? `e/${edition}/` : ""}c/${id.toLowerCase()}/)`;
        const kept = item.matches("[data-kept]") && item.answer?.heading.replace(BARE, "### [$1]$2");
        const texts = all(".id + div > p:not([hidden])", item).map((text) => statementOf(text).replace(/[\\`*_[\]<>&]/g, "\\$&"));
        return {
          id,
          section: at ? "" : list.dataset.section ?? "",
          heading: kept || `### ${heading}`,
          quotation: texts,
          lead: item.answer?.lead || data.lead,
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
    const line = (/** @type {string} */ key) => `${key}: ${values[key]}`.trim();
    const old = front.map((old) => {
      const key = keys.find((key) => old.startsWith(`${key}:`));
      return key && valueOf([old], key) !== values[key] ? line(key) : old;
    });
    const added = keys.filter((key) => !front.some((old) => old.startsWith(`${key}:`))).map(line);
    const lines = ["---", ...old, ...added, "---", "", preamble, ""];
    for (const { id, section, heading, quotation, lead, rating, evidence } of written(onlyFilled)) {
      if (section) lines.push(`## ${section}`, "");
      lines.push(heading, "");
      if (quotation.length) lines.push(`> ${quotation.join("\n>\n> ")}`, "");
      const isRated = rating || data.ratings.length;
      if (isRated) lines.push((lead + rating).trim(), "");
      if (evidence) lines.push(...guarded(evidence, isRated ? undefined : { id, isQuoted: quotation.length > 0 }), "");
    }
    return bom + `${lines.join("\n").trimEnd()}\n`.replaceAll("\n", end);
  };

  // Keeping

  const key = `rungs-review:${new URL(data.site).pathname}:${data.ladder}:${data.level}:`;

  /** Browsers may refuse to store anything. @template T @param {() => T} work */
  const attempt = (work) => {
    try {
      return work();
    } catch {
      return null;
    }
  };

  /** Keeps a draft in the tab, and in the browser if that is wanted. */
  const store = () => {
    const draft = JSON.stringify({ version, isUnsaved, text: markdown(false) });
    for (const room of keep.checked ? ["sessionStorage", "localStorage"] : ["sessionStorage"]) {
      attempt(() => /** @type {any} */ (window)[room].setItem(key + data.edition, draft));
    }
  };

  /** @param {Event} event */
  const ask = (event) => event.preventDefault();

  /** @param {boolean} unsaved @param {string} text */
  const say = (unsaved, text) => {
    isUnsaved = unsaved;
    status.textContent = text;
    window[unsaved ? "addEventListener" : "removeEventListener"]("beforeunload", ask);
    store();
  };

  const changed = () => {
    mark();
    say(true, words.unsaved);
  };

  const showOthers = () => {
    for (const box of all("[data-other]")) {
      for (const text of all(`.other[lang="${box.nextElementSibling.lang}"]`)) text.hidden = !box.checked;
    }
  };

  /** Brings back the last draft: of this edition, or else of the latest before it. */
  const restore = () => {
    for (const edition of [data.edition, ...data.earlier.reverse()]) {
      const here = attempt(() => localStorage.getItem(key + edition));
      const draft = attempt(() => sessionStorage.getItem(key + edition)) ?? here;
      if (!draft) continue;
      const { text, isUnsaved } = JSON.parse(draft);
      keep.checked = Boolean(here);
      show(read(text));
      return say(isUnsaved || edition !== data.edition, isUnsaved ? words.unsaved : words.restored);
    }
  };

  const save = () => {
    const file = `${data.level.toLowerCase()}${data.edition && `-${data.edition}`}.md`;
    const href = URL.createObjectURL(new Blob([markdown()], { type: "text/markdown" }));
    make("a", { href, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    say(false, fill(words.saved, { file }));
  };

  /** @param {File} file */
  const openFile = async (file) => {
    if (isUnsaved && !confirm(words.replace)) return;
    const sheet = read(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.arrayBuffer()));
    const its = valueOf(sheet.front, "rungs-worksheet");
    if ((its && its !== version) || !sheet.answers.length) {
      status.textContent = sheet.answers.length ? words.newer : words["not-a-worksheet"];
      return;
    }
    show(sheet);
    say(false, fill(words.opened, { file: file.name }));
  };

  const copy = () => {
    const html = (/** @type {string} */ text) => `<p>${make("p", { textContent: text.replace(/\\(?=\W)/g, "") }).innerHTML.replaceAll("\n", "<br>")}</p>`;
    const parts = written(true).map(({ heading, quotation, lead, rating, evidence }) => {
      const name = html(heading.slice(4)).replace(/\[(.*?)\]\((.*?)\)/, '<a href="$2">$1</a>').slice(3, -4);
      const own = [...(rating ? [lead + rating] : []), ...(evidence ? evidence.split(/\n\n+/) : [])];
      return `<h3>${name}</h3><blockquote>${quotation.map(html).join("")}</blockquote>${own.map(html).join("")}`;
    });
    rungs.copy({ "text/html": parts.join(""), "text/plain": markdown(true) }).then(
      () => (status.textContent = words.copied),
      () => (status.textContent = words["copy-failed"]),
    );
  };

  prepare();
  restore();
  document.addEventListener("input", ({ target }) => {
    if (/** @type {Element} */ (target).matches("[type=file], [data-filled], [data-keep]")) return;
    showOthers();
    changed();
  });
  filled.onchange = () => document.body.classList.toggle("only-filled", filled.checked);
  keep.onchange = () => (keep.checked ? store() : attempt(() => localStorage.removeItem(key + data.edition)));
  // Of two tabs, the one that wrote last keeps the draft in the browser.
  window.addEventListener("storage", (event) => {
    if (event.key !== key + data.edition || !event.newValue || !keep.checked) return;
    keep.checked = false;
    status.textContent = words["other-tab"];
  });
  one("[data-save]").onclick = save;
  one("[data-copy]").onclick = copy;
  const input = one("[type=file]");
  input.onchange = async () => {
    if (input.files[0]) await openFile(input.files[0]);
    input.value = "";
  };
}
