// Runs the program as a person does who writes a ladder.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

/** The program under test: `RUNGS_BINARY`, or what `cargo build` makes. */
const BINARY = resolve(process.env.RUNGS_BINARY ?? resolve(import.meta.dirname, "../../target/debug/rungs"));

/**
 * Starts the program on a content folder, and waits for the address that it prints.
 *
 * @param {string} content
 * @param {string} base Where the site says it stands.
 * @param {number | string} port A free one, unless it is given.
 * @returns {Promise<{ url: string, close: () => Promise<number> }>} `close` interrupts it and gives its exit status.
 */
export async function run(content, base, port = 0) {
  const options = ["serve", content, "--port", `${port}`, "--base-url", base];
  const program = spawn(BINARY, options, {
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(program, "exit");
  const lines = createInterface({ input: program.stdout });
  const url = await new Promise((found, failed) => {
    lines.on("line", (line) => line.startsWith("http://") && found(line.split(" ")[0]));
    ended.then(([status]) => failed(new Error(`${BINARY} ended with ${status}`)), failed);
  });
  return {
    url,
    close: async () => {
      program.kill("SIGINT");
      return (await ended)[0];
    },
  };
}

/**
 * Returns what the program prints, without the last line end.
 *
 * @param {string[]} options
 */
export function printed(options) {
  return execFileSync(BINARY, options, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).replace(/\n$/, "");
}
