import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failureOf } from "#src/cli/report.js";
import type { StopState } from "#src/cli/signals.js";
import type { RunFailure } from "#src/runner/execute.js";
import type { NotebookReport } from "#src/runner/report.js";

const unstopped: StopState = { received: null, exitCode: () => 128 };
const stopped: StopState = { received: "SIGTERM", exitCode: () => 143 };
const failed = (name: string, kind: RunFailure["kind"]): NotebookReport => ({
  name,
  status: "failed",
  durationSeconds: 1,
  failure: { cell: "fit", reason: "Error: no", kind },
});
const completed: NotebookReport = { name: "00-a", status: "completed", durationSeconds: 1 };

describe("the end of a report run", () => {
  it("is no failure when all completed", () => {
    assert.equal(failureOf({ status: "completed", reports: [completed] }, unstopped), null);
  });

  it("names notebook, cell and reason of the first failure, and exits with 1", () => {
    const reports = [completed, failed("01-b", "cell"), failed("02-c", "timeout")];
    const { message, exitCode } = failureOf({ status: "failed", reports }, unstopped)!;
    assert.deepEqual([message, exitCode], ["01-b, cell fit: Error: no", 1]);
  });

  it("exits with 138 when a kernel died", () => {
    const reports = [failed("01-b", "cell"), failed("02-c", "kernel-died")];
    assert.equal(failureOf({ status: "failed", reports }, unstopped)!.exitCode, 138);
  });

  it("exits as the signal says, also between notebooks", () => {
    const reports = [failed("01-b", "interrupted")];
    assert.equal(failureOf({ status: "interrupted", reports }, stopped)!.exitCode, 143);
    const between = failureOf({ status: "interrupted", reports: [completed] }, stopped)!;
    assert.deepEqual([between.message, between.exitCode], ["stopped by SIGTERM", 143]);
  });
});
