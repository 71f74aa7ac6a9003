// What the HTML of one page says: its ids, and every address it names.

import { parse } from "parse5";

/** The attributes that hold an address, by element. */
const ADDRESSES = {
  a: ["href"],
  area: ["href"],
  audio: ["src"],
  embed: ["src"],
  form: ["action"],
  iframe: ["src"],
  image: ["href"],
  img: ["src", "srcset"],
  link: ["href"],
  object: ["data"],
  script: ["src"],
  source: ["src", "srcset"],
  track: ["src"],
  use: ["href"],
  video: ["src", "poster"],
};

/**
 * @typedef {object} Reference
 * @property {string} where What holds it, for messages: `a[href]`.
 * @property {string} target The address as written.
 * @property {"link" | "resource" | "absolute"} kind Whether a reader follows it, the browser loads it, or it is one of
 *   those for machines that are absolute: canonical and alternate links, Open Graph, JSON-LD.
 *
 * @typedef {object} Document
 * @property {string | undefined} kind What its template is called, by the class of its body.
 * @property {string[]} ids All ids, in order, repeated if they repeat.
 * @property {Reference[]} references
 * @property {string | undefined} base What `<base href>` says.
 * @property {string | undefined} canonical
 * @property {Map<string, string>} alternates Absolute addresses by `hreflang`.
 * @property {boolean} indexed Whether search engines may list the page.
 */

/** @returns {Document} */
export function readDocument(html) {
  const document = { kind: undefined, ids: [], references: [], base: undefined, canonical: undefined, alternates: new Map(), indexed: true };
  for (const element of elements(parse(html))) {
    const attributes = Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));
    if (attributes.id !== undefined) document.ids.push(attributes.id);
    readAddresses(document, element.tagName, attributes);
    if (element.tagName === "body") document.kind = /\bpage-([\w-]+)/.exec(attributes.class ?? "")?.[1];
    if (element.tagName === "base") document.base = attributes.href;
    if (element.tagName === "meta") readMeta(document, attributes);
    if (element.tagName === "script" && attributes.type === "application/ld+json") readJsonLd(document, element);
  }
  return document;
}

function* elements(node) {
  for (const child of node.childNodes ?? []) {
    if (child.tagName) yield child;
    yield* elements(child);
  }
  if (node.content) yield* elements(node.content);
}

function readAddresses(document, tag, attributes) {
  for (const name of ADDRESSES[tag] ?? []) {
    if (attributes[name] === undefined) continue;
    const targets = name === "srcset" ? attributes[name].split(",").map((part) => part.trim().split(/\s/)[0]) : [attributes[name]];
    const rel = tag === "link" ? (attributes.rel ?? "").split(/\s+/) : [];
    const isAlternate = rel.includes("alternate") && attributes.hreflang !== undefined;
    if (rel.includes("canonical")) document.canonical = attributes.href;
    if (isAlternate) document.alternates.set(attributes.hreflang, attributes.href);
    const kind = rel.includes("canonical") || isAlternate ? "absolute" : isLink(tag, rel) ? "link" : "resource";
    document.references.push(...targets.map((target) => ({ where: `${tag}[${name}]`, target, kind })));
  }
}

/** Of the `<link>` elements, these make the browser load something; the others name a page. */
function isLink(tag, rel) {
  const loads = ["stylesheet", "icon", "manifest", "preload", "modulepreload", "prefetch", "mask-icon", "apple-touch-icon"];
  return ["a", "area", "form"].includes(tag) || (tag === "link" && !rel.some((word) => loads.includes(word)));
}

function readMeta(document, { "http-equiv": pragma = "", property = "", name = "", content = "" }) {
  if (pragma.toLowerCase() === "refresh") {
    const target = /url\s*=\s*['"]?([^'"]*)/i.exec(content)?.[1];
    if (target) document.references.push({ where: "meta[http-equiv=refresh]", target, kind: "link" });
  }
  const label = property || name;
  if (/^(og|twitter):/.test(label) && /^https?:/.test(content)) {
    document.references.push({ where: `meta[${label}]`, target: content, kind: "absolute" });
  }
  if (name === "robots" && content.includes("noindex")) document.indexed = false;
}

/** Every text of the data that is an address and no identifier of a vocabulary. A broken one throws. */
function readJsonLd(document, element) {
  const data = JSON.parse(element.childNodes.map((node) => node.value).join(""));
  const visit = (value) => {
    if (typeof value === "string" && /^https?:/.test(value)) {
      document.references.push({ where: "JSON-LD", target: value, kind: "absolute" });
    } else if (typeof value === "object" && value !== null) {
      Object.entries(value).forEach(([key, inner]) => key === "@context" || visit(inner));
    }
  };
  visit(data);
}
