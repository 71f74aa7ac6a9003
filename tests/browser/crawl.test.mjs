// Follows every address that the built site names, on disk: pages, anchors, resources, and those for machines.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { readDocument } from "./document.mjs";
import { KINDS, examples, kindOf } from "./pages.mjs";
import { addressOf, addresses, base, fileOf, files, text } from "./site.mjs";

const pages = new Map(addresses().map((address) => [address, readDocument(text(fileOf(address)))]));

/** Schemes that content may use besides the addresses of the web. */
const OTHER_SCHEMES = ["mailto:"];

/**
 * Where a page can be read. Pages answers every unknown address with 404.html, at whatever depth, so what that page
 * names has to be found from everywhere.
 */
function places(address) {
  return address === "404.html" ? ["404.html", "no/such/page/"] : [address];
}

/** What an address names: a file of the site with a fragment, another site, or a fault. */
function resolve(target, from, document) {
  let url;
  try {
    url = new URL(target, new URL(document.base ?? "", new URL(from, base)));
  } catch {
    return { fault: "is no address" };
  }
  if (!/^https?:$/.test(url.protocol)) {
    return OTHER_SCHEMES.includes(url.protocol) ? {} : { fault: `has the scheme ${url.protocol}` };
  }
  if (url.origin !== base.origin) return { elsewhere: true };
  if (!url.pathname.startsWith(base.pathname)) return { fault: `leads out of ${base.pathname}` };
  const path = decodeURIComponent(url.pathname.slice(base.pathname.length));
  const file = fileOf(path);
  if (!files.has(file)) return { fault: files.has(`${path}/index.html`) ? "lacks the slash at its end" : "leads to nothing" };
  return { file, address: file.endsWith(".html") ? addressOf(file) : undefined, fragment: url.hash.slice(1) };
}

function faultOf({ target, kind }, from, address) {
  const document = pages.get(address);
  const found = resolve(target, from, document);
  if (found.fault) return found.fault;
  if (found.elsewhere) return kind === "resource" ? "is loaded from another host" : undefined;
  const mustBeRelative = kind !== "absolute" && address !== "404.html";
  if (mustBeRelative && found.file && /^(https?:|\/)/i.test(target)) return "is absolute: the site would not work elsewhere";
  return found.fragment && found.address !== undefined ? faultOfFragment(found) : undefined;
}

function faultOfFragment({ address, fragment }) {
  const id = decodeURIComponent(fragment);
  return id === "top" || pages.get(address).ids.includes(id) ? undefined : `names an anchor that ${address || "the root page"} does not have`;
}

/** Addresses that can be reached from one by links alone. */
function reachableFrom(start) {
  const reached = new Set([start]);
  for (const address of reached) {
    const document = pages.get(address);
    for (const { target, kind } of document.references) {
      const next = kind === "link" ? resolve(target, address, document).address : undefined;
      if (next !== undefined && pages.has(next)) reached.add(next);
    }
  }
  return reached;
}

describe("crawl", () => {
  test("the base address is that of a folder", () => {
    assert.match(base.href, /^https?:.*\/$/);
  });

  test("every page is of a kind that the tests know", () => {
    assert.deepEqual([...pages.keys()].filter((address) => !kindOf(address)), []);
  });

  test("every kind of page has its examples in the site", () => {
    assert.deepEqual(examples().filter(({ address }) => !pages.has(address)).map(({ name }) => name), []);
    const kinds = new Set([...pages.keys()].map(kindOf));
    assert.deepEqual(KINDS.filter(({ kind }) => !kinds.has(kind)).map(({ kind }) => kind), []);
  });

  test("every address of every page leads to something", () => {
    const faults = [];
    for (const [address, document] of pages) {
      for (const from of places(address)) {
        for (const reference of document.references) {
          const fault = faultOf(reference, from, address);
          if (fault) faults.push(`${from || "the root page"}: ${reference.where} "${reference.target}" ${fault}`);
        }
      }
    }
    assert.deepEqual([...new Set(faults)], []);
  });

  test("every file that a style sheet names is there", () => {
    const faults = [];
    for (const file of [...files].filter((name) => name.endsWith(".css"))) {
      for (const [, target] of text(file).matchAll(/url\(\s*['"]?([^'")]+)/g)) {
        if (target.startsWith("data:") || target.startsWith("#")) continue;
        const { fault, elsewhere } = resolve(target, file, {});
        if (fault || elsewhere) faults.push(`${file}: "${target}" ${fault ?? "is loaded from another host"}`);
      }
    }
    assert.deepEqual(faults, []);
  });

  test("no id stands twice on a page", () => {
    const faults = [];
    for (const [address, { ids }] of pages) {
      const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
      if (twice.length > 0) faults.push(`${address}: ${twice.join(", ")}`);
    }
    assert.deepEqual(faults, []);
  });

  test("every page can be reached from the root", () => {
    const reached = reachableFrom("");
    assert.deepEqual([...pages.keys()].filter((address) => !reached.has(address) && address !== "404.html"), []);
  });

  test("every page says where it stands", () => {
    const faults = [...pages].filter(([address, { canonical }]) => address !== "404.html" && !canonical?.startsWith(base.href));
    assert.deepEqual(faults.map(([address]) => address), []);
  });

  test("pages in several languages name each other", () => {
    const faults = [];
    for (const [address, document] of pages) {
      const own = JSON.stringify([...document.alternates].sort());
      for (const [language, target] of document.alternates) {
        const other = pages.get(resolve(target, address, document).address);
        if (other && JSON.stringify([...other.alternates].sort()) !== own) faults.push(`${address} and its ${language}`);
      }
    }
    assert.deepEqual(faults, []);
  });

  test("the sitemap names every page for search engines, and only such", () => {
    const sitemap = text("sitemap.xml");
    const named = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, target]) => target);
    const expected = [...pages]
      .filter(([address, { canonical, indexed }]) => address !== "404.html" && indexed && canonical === new URL(address, base).href)
      .map(([, { canonical }]) => canonical);
    assert.deepEqual([...named].sort(), expected.sort());
    const alternates = [...sitemap.matchAll(/<xhtml:link[^>]*href="([^"]*)"/g)].map(([, target]) => target);
    assert.deepEqual(alternates.filter((target) => resolve(target, "", {}).address === undefined), []);
  });

  test("robots.txt names the sitemap", () => {
    assert.ok(text("robots.txt").split("\n").includes(`Sitemap: ${base}sitemap.xml`));
  });
});
