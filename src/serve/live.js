// Keeps an open page as the content is: loads it again when it has changed, and shows what is wrong with the content
// over it. `rungs serve` adds this to the pages that it serves; no page that is built has it.

"use strict";

/**
 * @typedef {object} Place
 * @property {string} path
 * @property {number} [line] None for a file as a whole.
 * @property {number} [column]
 * @property {string} [before] The line in three parts, of which the second is meant.
 * @property {string} [marked]
 * @property {string} [after]
 * @property {string} label What is to be seen there.
 *
 * @typedef {object} Problem
 * @property {string} severity
 * @property {string | null} code
 * @property {string} message
 * @property {Place[]} places
 * @property {string | null} help
 */

(() => {
  /** How long to wait until a server is asked again that has answered something else. */
  const PATIENCE = 1000;

  /** How many problems are shown. */
  const MOST = 50;

  /** What is said of the rest. */
  const OTHERS = "All of them are printed in the terminal that runs rungs serve.";

  const STYLE = `
    :host { all: initial; color-scheme: inherit; }
    section {
      position: fixed; inset: auto 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 70vh; overflow: auto;
      padding: 1rem 1.25rem; border-top: 4px solid light-dark(#b3261e, #ff8a80);
      color: light-dark(#1a1d21, #e4e6e8); background: light-dark(#fff, #1f2327);
      box-shadow: 0 0 2rem #0006; font: 1rem/1.5 system-ui, sans-serif;
    }
    header { display: flex; gap: 1rem; align-items: start; justify-content: space-between; }
    h2, h3, p, ol, pre { margin: 0; font-size: 1rem; }
    ol { padding: 0; list-style: none; }
    li { padding-block: .75rem; border-top: 1px solid light-dark(#dcdfe3, #353b42); }
    h2 { margin-bottom: .75rem; }
    h3 { overflow-wrap: anywhere; }
    code, pre { font-family: ui-monospace, monospace; font-size: .875rem; }
    pre { padding: .5rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere; background: light-dark(#f0f1f3, #111416); }
    mark {
      color: inherit; background: light-dark(#ffd9d6, #5c1f1b);
      text-decoration: underline wavy light-dark(#b3261e, #ff8a80);
    }
    .quiet { color: light-dark(#545c65, #a5aeb7); }
    button {
      flex: none; min-width: 2rem; min-height: 2rem; padding: .25rem .75rem; border: 1px solid; border-radius: .25rem;
      color: inherit; background: none; font: inherit; cursor: pointer;
    }
    :focus-visible { outline: 3px solid light-dark(#14508c, #93c1ee); outline-offset: 2px; }
    @media print { section { display: none; } }
  `;

  // The page that was loaded: scripts of the site may change its address later.
  const mine = document.currentScript?.dataset.mark;
  const page = location.pathname;

  /** @type {EventSource | undefined} */
  let events;
  /** The problems that are shown or were closed, as they came. */
  let known = "[true,[]]";
  /** @type {HTMLElement | undefined} */
  let shown;

  // Only a page that is looked at listens: browsers allow few connections, and one for each tab would use them up. The
  // first thing it is then told makes up for what it has missed.
  function listen() {
    events?.close();
    if (document.visibilityState === "hidden") return;
    const source = new EventSource(`/__rungs/events?${page}`);
    source.onmessage = ({ data }) => {
      const { mark, isCurrent, problems } = JSON.parse(data);
      if (mark !== mine) location.reload();
      // What was wrong stays until it is known what is wrong now.
      else if (problems) show(problems, isCurrent);
    };
    source.onerror = () => {
      // By itself a browser tries again after a lost connection, but not after an answer that it did not expect.
      if (source === events && source.readyState === EventSource.CLOSED) setTimeout(listen, PATIENCE);
    };
    events = source;
  }

  /**
   * @param {Problem[]} problems
   * @param {boolean} isCurrent Whether the page is that of the present content.
   */
  function show(problems, isCurrent) {
    const told = JSON.stringify([isCurrent, problems]);
    if (told === known) return;
    known = told;
    close();
    if (problems.length === 0) return;
    shown = element("div", { lang: "en", dir: "ltr" });
    const root = shown.attachShadow({ mode: "open" });
    // A page's policy forbids style elements and not this.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(panel(problems, isCurrent));
    shown.addEventListener("keydown", (event) => event.key === "Escape" && close());
    document.body.append(shown);
  }

  function close() {
    shown?.remove();
    shown = undefined;
  }

  /**
   * @param {Problem[]} problems
   * @param {boolean} isCurrent
   */
  function panel(problems, isCurrent) {
    const errors = problems.length === 1 ? "1 error" : `${problems.length} errors`;
    const consequence = isCurrent ? "the site cannot be built" : "pages stay as they were";
    const title = element("h2", { id: "title" }, `${errors} to fix: ${consequence} until then`);
    const button = element("button", { type: "button" }, "Close");
    button.addEventListener("click", close);
    const header = element("header", {}, element("div", { role: "alert" }, title), button);
    const list = problems.slice(0, MOST).map((problem) => element("li", {}, ...described(problem)));
    if (problems.length > MOST) list.push(element("li", {}, OTHERS));
    return element("section", { "aria-labelledby": "title" }, header, element("ol", {}, ...list));
  }

  /** @param {Problem} problem */
  function* described({ message, code, places, help }) {
    yield element("h3", {}, message, ...(code ? [" ", element("code", { class: "quiet" }, code)] : []));
    for (const place of places) yield* located(place);
    if (help) yield element("p", { class: "help" }, element("strong", {}, "Help:"), " ", help);
  }

  /** @param {Place} place */
  function* located({ path, line, column, before = "", marked = "", after = "", label }) {
    const address = line ? `${path}:${line}:${column}` : path;
    yield element("p", {}, element("code", { class: "place" }, address), ...(label ? [" ", label] : []));
    if (line) {
      const number = element("span", { class: "quiet" }, `${line} | `);
      yield element("pre", {}, number, before, element("mark", {}, marked), after);
    }
  }

  /**
   * An element of texts and elements. Texts are put in as such: what stands in content is never read as HTML.
   *
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {(string | Node)[]} children
   */
  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  document.addEventListener("visibilitychange", listen);
  // A page that comes back from the browser's memory is as old as its connection.
  window.addEventListener("pageshow", ({ persisted }) => persisted && listen());
  listen();
})();
