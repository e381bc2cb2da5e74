import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Command } from "commander";
import { addExecuteCommand } from "#src/cli/execute-command.js";

describe("the seconds of insiders execute", () => {
  it("stay within what a timer can wait for: beyond that it would not wait at all", () => {
    const command = addExecuteCommand(new Command(), "1.0.0");
    for (const [given, taken] of [
      ["0", 0],
      ["90", 90],
      ["99999999999", 2147483],
    ] as const) {
      command.parseOptions(["--autosave-cell-every", given, "--execution-timeout", given]);
      const { autosaveCellEvery, executionTimeout } = command.opts();
      assert.deepEqual([autosaveCellEvery, executionTimeout], [taken, taken]);
    }
  });
});
