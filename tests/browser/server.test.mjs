import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { serve } from "./server.mjs";

describe("the server keeps GitHub Pages' rules", () => {
  let folder;
  let server;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "rungs-server-"));
    await mkdir(join(folder, "site/en/empty"), { recursive: true });
    await writeFile(join(folder, "secret.txt"), "outside");
    await symlink(join(folder, "secret.txt"), join(folder, "site/link.txt"));
    await writeFile(join(folder, "site/404.html"), "not here");
    await writeFile(join(folder, "site/en/index.html"), "<p>四級");
    await writeFile(join(folder, "site/en/page.html"), "a page");
    server = await serve({ folder: join(folder, "site") });
  });

  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  // `fetch` would fix paths such as `..` before they are sent.
  const get = (path) =>
    new Promise((done, failed) => {
      request(new URL(server.url).origin, { path, agent: false }, async (response) => {
        let body = "";
        for await (const chunk of response.setEncoding("utf8")) body += chunk;
        done({ status: response.statusCode, headers: response.headers, body });
      })
        .on("error", failed)
        .end();
    });

  test("a folder is its index", async () => {
    const { status, headers, body } = await get("/rungs/en/");
    assert.deepEqual([status, headers["content-type"], body], [200, "text/html; charset=utf-8", "<p>四級"]);
  });

  test("a folder without its slash is sent on, with its query", async () => {
    const { status, headers } = await get("/rungs/en?q=maps");
    assert.deepEqual([status, headers.location], [301, "/rungs/en/?q=maps"]);
  });

  test("a page is found without its ending", async () => {
    assert.equal((await get("/rungs/en/page")).body, "a page");
  });

  for (const path of [
    "/",
    "/en/",
    "/rungs/nowhere",
    "/rungs/en/empty/",
    "/rungs/en/empty",
    "/rungs/EN/",
    "/rungs/link.txt",
    "/rungs/../secret.txt",
    "/rungs/%2e%2e/secret.txt",
    "/rungs/..%2fsecret.txt",
    "/rungs/%00",
    "/rungs/%ff",
  ]) {
    test(`${path} is not found`, async () => {
      const { status, body } = await get(path);
      assert.deepEqual([status, body], [404, "not here"]);
    });
  }
});
