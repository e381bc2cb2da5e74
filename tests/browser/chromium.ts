import { findProgram } from "#src/runner/processes.js";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** A Chromium for tests: the one that CHROMIUM names, or one on the PATH. */
export const chromiumPath: string | undefined = [process.env["CHROMIUM"] ?? "", ...NAMES]
  .map((name) => (name === "" ? undefined : findProgram(name, process.env)))
  .find((path) => path);

/** Why tests that need a browser are skipped. */
export const NO_CHROMIUM = "there is no Chromium: install it or name it in CHROMIUM";

/** It runs as root and asks nobody on the network. */
export const CHROMIUM_FLAGS: string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
