import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { installKernelspec, jupyterPath, kernelArgv } from "#src/runner/kernelspec.js";

describe("the kernelspec", () => {
  let prefix: string;
  beforeEach(() => {
    prefix = mkdtempSync(join(tmpdir(), "insiders-kernelspec-"));
  });
  afterEach(() => rmSync(prefix, { recursive: true }));

  const file = (): string => join(jupyterPath(prefix), "kernels", "tslab", "kernel.json");

  it("starts the project's launcher with this Node and lets Jupyter name the connection file", () => {
    installKernelspec("/project", prefix);
    assert.deepEqual(JSON.parse(readFileSync(file(), "utf8")), {
      argv: [
        process.execPath,
        "--disable-warning=ExperimentalWarning",
        "--no-force-async-hooks-checks",
        "/project/dist/runner/launcher.js",
        "--config-path={connection_file}",
      ],
      display_name: "TypeScript (Insiders)",
      language: "typescript",
      interrupt_mode: "message",
      metadata: { debugger: false },
    });
  });

  it("is written only when it has changed", () => {
    installKernelspec("/project", prefix);
    utimesSync(file(), 1, 1);
    installKernelspec("/project", prefix);
    assert.equal(statSync(file()).mtimeMs, 1000);
    installKernelspec("/moved", prefix);
    assert.match(readFileSync(file(), "utf8"), /\/moved\/dist/);
  });

  it("names the same program that the runner starts", () => {
    installKernelspec("/project/", prefix);
    const { argv } = JSON.parse(readFileSync(file(), "utf8")) as { argv: string[] };
    assert.deepEqual(argv, kernelArgv("/project"));
  });
});
