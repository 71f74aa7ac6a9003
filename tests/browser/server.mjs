// A static server with GitHub Pages' rules, for tests and for looking at a built site by hand:
//
//     npm run serve -- [FOLDER] [--path /rungs/] [--port 8080]

import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/vnd.microsoft.icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
  ".xml": "application/xml",
};

/**
 * Serves a folder below a sub-path on the loopback interface, on a free port unless one is given.
 *
 * @param {{ folder: string, path?: string, port?: number }} options `path` begins and ends with a slash.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} The address of the folder, with a slash at its end.
 */
export async function serve({ folder, path = "/rungs/", port = 0 }) {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    answer(root, path, request, response).catch((error) => {
      console.error(error);
      response.destroy(error);
    });
  });
  await new Promise((ready, failed) => server.once("error", failed).listen(port, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}${path}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(root, path, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const url = new URL(request.url, "http://localhost");
  const found = url.pathname.startsWith(path) ? await find(root, url.pathname.slice(path.length)) : {};
  if (found.redirect) {
    response.writeHead(301, { location: `${url.pathname}/${url.search}` }).end();
  } else if (found.file) {
    send(request, response, 200, found.file);
  } else {
    const page = await fileAt(root, join(root, "404.html"));
    if (page) send(request, response, 404, page);
    else response.writeHead(404, { "content-type": TYPES[".txt"] }).end("404: nothing here\n");
  }
}

/** What Pages does with a path: the file, the page of that name, the folder's index, or the way to the folder. */
async function find(root, encoded) {
  let path;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return {};
  }
  if (path.includes("\0")) return {};
  const target = join(root, path);
  if (path === "" || path.endsWith("/")) return { file: await fileAt(root, join(target, "index.html")) };
  const file = (await fileAt(root, target)) ?? (await fileAt(root, `${target}.html`));
  return file ? { file } : { redirect: (await fileAt(root, join(target, "index.html"))) !== undefined };
}

/** The real path of a file below the root. Neither `..` nor a symbolic link leads out of it. */
async function fileAt(root, path) {
  try {
    const real = await realpath(path);
    return real.startsWith(root + sep) && (await stat(real)).isFile() ? real : undefined;
  } catch {
    return undefined;
  }
}

function send(request, response, status, file) {
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  const squeeze = /^text|json|xml/.test(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "max-age=600",
    vary: "accept-encoding",
    ...(squeeze && { "content-encoding": "gzip" }),
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const body = createReadStream(file).on("error", (error) => response.destroy(error));
  (squeeze ? body.pipe(createGzip()) : body).pipe(response);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { path: { type: "string", default: "/rungs/" }, port: { type: "string", default: "8080" } },
  });
  const folder = positionals[0] ?? resolve(import.meta.dirname, "../../public");
  const { url } = await serve({ folder, path: values.path, port: Number(values.port) });
  console.log(url);
}
