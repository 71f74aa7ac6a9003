// Follows every address that a built site names, on disk: pages, anchors, resources, and those for machines.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { readDocument } from "./document.mjs";
import { KINDS, examples } from "./pages.mjs";
import { SITES, addressOf, fileOf } from "./site.mjs";

/** Schemes that content may use besides the addresses of the web. */
const OTHER_SCHEMES = ["mailto:"];

/**
 * Where a page can be read. Pages answers every unknown address with 404.html, at whatever depth, so what that page
 * names has to be found from everywhere.
 */
function places(address) {
  return address === "404.html" ? ["404.html", "no/such/page/"] : [address];
}

/** The pages of a site, and what leads from one to another. */
class Crawl {
  constructor(site) {
    this.site = site;
    this.pages = new Map(site.addresses().map((address) => [address, readDocument(site.text(fileOf(address)))]));
  }

  /** What an address names: a file of the site with a fragment, another site, or a fault. */
  resolve(target, from, document) {
    let url;
    try {
      url = new URL(target, new URL(document.base ?? "", new URL(from, this.site.base)));
    } catch {
      return { fault: "is no address" };
    }
    if (!/^https?:$/.test(url.protocol)) {
      return OTHER_SCHEMES.includes(url.protocol) ? {} : { fault: `has the scheme ${url.protocol}` };
    }
    if (url.origin !== this.site.base.origin) return { elsewhere: true };
    if (!url.pathname.startsWith(this.site.base.pathname)) return { fault: `leads out of ${this.site.base.pathname}` };
    const path = decodeURIComponent(url.pathname.slice(this.site.base.pathname.length));
    const file = fileOf(path);
    if (!this.site.files.has(file)) return { fault: this.site.files.has(`${path}/index.html`) ? "lacks the slash at its end" : "leads to nothing" };
    return { file, address: file.endsWith(".html") ? addressOf(file) : undefined, fragment: url.hash.slice(1) };
  }

  faultOf({ target, kind }, from, address) {
    const document = this.pages.get(address);
    const found = this.resolve(target, from, document);
    if (found.fault) return found.fault;
    if (found.elsewhere) return kind === "resource" ? "is loaded from another host" : undefined;
    const mustBeRelative = kind !== "absolute" && address !== "404.html";
    if (mustBeRelative && found.file && /^(https?:|\/)/i.test(target)) return "is absolute: the site would not work elsewhere";
    return found.fragment && found.address !== undefined ? this.faultOfFragment(found) : undefined;
  }

  faultOfFragment({ address, fragment }) {
    const id = decodeURIComponent(fragment);
    return id === "top" || this.pages.get(address).ids.includes(id) ? undefined : `names an anchor that ${address || "the root page"} does not have`;
  }

  /** Addresses that can be reached from one by links alone. */
  reachableFrom(start) {
    const reached = new Set([start]);
    for (const address of reached) {
      const document = this.pages.get(address);
      for (const { target, kind } of document.references) {
        const next = kind === "link" ? this.resolve(target, address, document).address : undefined;
        if (next !== undefined && this.pages.has(next)) reached.add(next);
      }
    }
    return reached;
  }
}

for (const [name, site] of Object.entries(SITES)) {
  const crawl = new Crawl(site);
  const { pages } = crawl;
  const own = examples().filter(({ reader }) => reader.site === name);

  describe(`crawl of the site ${name}`, () => {
    test("the base address is that of a folder", () => {
      assert.match(site.base.href, /^https?:.*\/$/);
    });

    test("every page is of a kind that the tests know", () => {
      assert.deepEqual([...pages.keys()].filter((address) => !KINDS.some(({ kind }) => kind === pages.get(address).kind)), []);
    });

    test("every kind of page has its examples in the site", () => {
      assert.deepEqual(own.filter(({ address, kind }) => pages.get(address)?.kind !== kind).map(({ name }) => name), []);
    });

    test("every address of every page leads to something", () => {
      const faults = [];
      for (const [address, document] of pages) {
        for (const from of places(address)) {
          for (const reference of document.references) {
            const fault = crawl.faultOf(reference, from, address);
            if (fault) faults.push(`${from || "the root page"}: ${reference.where} "${reference.target}" ${fault}`);
          }
        }
      }
      assert.deepEqual([...new Set(faults)], []);
    });

    test("every file that a style sheet names is there", () => {
      const faults = [];
      for (const file of [...site.files].filter((name) => name.endsWith(".css"))) {
        for (const [, target] of site.text(file).matchAll(/url\(\s*['"]?([^'")]+)/g)) {
          if (target.startsWith("data:") || target.startsWith("#")) continue;
          const { fault, elsewhere } = crawl.resolve(target, file, {});
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

    test("every page that is not a former one can be reached from the root", () => {
      const reached = crawl.reachableFrom("");
      const unlinked = [...pages].filter(([address, { kind }]) => !reached.has(address) && !["not-found", "former"].includes(kind));
      assert.deepEqual(unlinked.map(([address]) => address), []);
    });

    test("every page says where it stands", () => {
      const faults = [...pages].filter(([address, { canonical }]) => address !== "404.html" && !canonical?.startsWith(site.base.href));
      assert.deepEqual(faults.map(([address]) => address), []);
    });

    test("pages in several languages name each other", () => {
      const faults = [];
      for (const [address, document] of pages) {
        const own = JSON.stringify([...document.alternates].sort());
        for (const [language, target] of document.alternates) {
          const other = pages.get(crawl.resolve(target, address, document).address);
          if (other && JSON.stringify([...other.alternates].sort()) !== own) faults.push(`${address} and its ${language}`);
        }
      }
      assert.deepEqual(faults, []);
    });

    test("the sitemap names every page for search engines, and only such", () => {
      const sitemap = site.text("sitemap.xml");
      const named = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, target]) => target);
      const expected = [...pages]
        .filter(([address, { canonical, indexed }]) => address !== "404.html" && indexed && canonical === new URL(address, site.base).href)
        .map(([, { canonical }]) => canonical);
      assert.deepEqual([...named].sort(), expected.sort());
    });

    test("robots.txt names the sitemap", () => {
      assert.ok(site.text("robots.txt").split("\n").includes(`Sitemap: ${site.base}sitemap.xml`));
    });
  });
}
