// Opens a built site as a reader would: in Debian's Chromium, from a server with Pages' rules, with an empty profile.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { chromium } from "playwright-core";

import { serve } from "./server.mjs";
import { SITES } from "./site.mjs";

/** `--no-sandbox`: a root user has no sandbox. The others keep the browser from asking for anything by itself. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * What a reader brings along.
 *
 * @typedef {object} Reader
 * @property {string} [language] What the browser asks for.
 * @property {"light" | "dark"} [colorScheme]
 * @property {number} [width] Of the window, in CSS pixels.
 * @property {number} [height]
 * @property {boolean} [touch] Whether the screen is touched and there is no pointer.
 * @property {boolean} [javaScript] Whether scripts run at all.
 * @property {boolean} [stays] Whether they stay where a page would lead on at once: without the site's own scripts and
 *   without refreshes. A test can still ask the page.
 * @property {keyof typeof SITES} [site] Which of the sites they read.
 * @property {string} [url] Where the site stands, if not where it is served for all tests of a file.
 */

/** Starts the browser, and a server for each site. Each test file has its own, on its own ports. */
export async function start() {
  const serving = Object.entries(SITES).map(async ([name, { folder, base }]) => [name, await serve({ folder, path: base.pathname })]);
  const servers = Object.fromEntries(await Promise.all(serving));
  const browser = await chromium.launch({ executablePath: findBrowser(), args: FLAGS });
  return {
    /** The address of the root page of the main site, with a slash at its end. */
    url: servers.main.url,
    /** The same of the site with a past. */
    past: servers.past.url,
    /** The same of the site with a look of its own. */
    themed: servers.themed.url,
    /** The same of the site of three ladders. */
    ladders: servers.ladders.url,
    open: (/** @type {Reader} */ { site = "main", url = servers[site].url, ...reader } = {}) => open(browser, url, reader),
    close: async () => {
      await browser.close();
      await Promise.all(Object.values(servers).map((server) => server.close()));
    },
  };
}

/** The path of the browser. */
export function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const places = (process.env.PATH ?? "").split(delimiter);
  const found = NAMES.flatMap((name) => places.map((place) => join(place, name))).find((path) => existsSync(path));
  if (!found) throw new Error(`none of ${NAMES.join(", ")} is on the PATH: install chromium or set CHROMIUM`);
  return found;
}

/**
 * A window with an empty profile.
 *
 * `trouble` collects what none of our pages may cause: messages on the console, uncaught errors, requests that fail
 * and requests to another host. A test ends by asserting that it is empty.
 */
async function open(browser, url, { language, colorScheme, width = 1280, height = 800, touch, javaScript, stays = false }) {
  const context = await browser.newContext({
    locale: language,
    colorScheme,
    viewport: { width, height },
    hasTouch: touch,
    isMobile: touch,
    javaScriptEnabled: javaScript,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const trouble = [];
  const host = new URL(url).host;
  page.on("console", (message) => {
    const { url: place } = message.location();
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()} (${place})`);
  });
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== "data:" && asked.host !== host) trouble.push(`another host: ${asked}`);
  });
  if (stays) {
    await page.route(/\.m?js$/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
    await page.route(/\/$/, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<meta http-equiv="refresh"[^>]*>/, "");
      await route.fulfill({ response, body });
    });
  }
  const visit = async (address, status = 200) => {
    const response = await page.goto(new URL(address, url).href);
    if (response && response.status() !== status) trouble.push(`status ${response.status()}: ${address}`);
    // The browser reports a page's own 404 on the console, which is what was asked for here.
    if (status === 404) trouble.splice(0, trouble.length, ...trouble.filter((line) => !line.includes("status of 404") || !line.includes(address)));
  };
  return { page, trouble, visit, close: () => context.close() };
}
