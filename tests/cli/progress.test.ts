import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, it } from "node:test";
import { consoleProgress, stepProgress } from "#src/cli/progress.js";

/** What a stream of this kind is shown of one cell. */
function shown(kind: { isTTY?: boolean; columns?: number }): string {
  const stream = Object.assign(new PassThrough(), kind);
  const { onCell } = consoleProgress(stream as unknown as NodeJS.WriteStream);
  onCell({ cell: "load-invoices", position: 4, count: 26, state: "running" });
  onCell({ cell: "load-invoices", position: 4, count: 26, state: "completed", durationSeconds: 0.3 });
  return String(stream.read());
}

describe("the progress of a run", () => {
  it("is a line per cell in a log", () => {
    assert.equal(shown({}), "        cell 4/26 load-invoices 0.3 s\n");
  });

  it("says why a notebook is not run", () => {
    const stream = new PassThrough();
    const { onNotebook } = consoleProgress(stream as unknown as NodeJS.WriteStream);
    const step = { position: 2, count: 3 };
    onNotebook({ ...step, name: "02-a", state: "cached", startedAt: "2026-11-22T06:38:53.000Z" });
    onNotebook({ ...step, name: "03-b", state: "pending", waitsFor: ["01-x", "02-y"] });
    onNotebook({ ...step, name: "04-c", state: "running" });
    onNotebook({ ...step, name: "04-c", state: "failed", durationSeconds: 2 });
    assert.equal(
      String(stream.read()),
      [
        "[2/3] 02-a\n        unchanged since 22 Nov 2026, 06:38 UTC\n",
        "[2/3] 03-b\n        waits for 01-x and 02-y\n",
        "[2/3] 04-c\n        failed in 2.0 s\n",
      ].join(""),
    );
  });

  it("is rewritten in place on a terminal, cut to its width", () => {
    assert.match(shown({ isTTY: true, columns: 20 }), /cell 4\/26 lo$/);
  });

  it("is shown on a terminal that does not tell its width", () => {
    assert.match(shown({ isTTY: true, columns: 0 }), /cell 4\/26 load-invoices 0\.3 s$/);
  });
});

describe("the progress of a short command", () => {
  const shownSteps = (kind: { isTTY?: boolean; columns?: number }): string => {
    const stream = Object.assign(new PassThrough(), kind);
    const step = stepProgress(stream as unknown as NodeJS.WriteStream);
    for (const text of ["reading", "cleaning", ""]) step(text);
    return String(stream.read() ?? "");
  };

  it("is one line of a terminal, which it leaves empty", () => {
    const clear = "\u001b[2K\u001b[1G";
    assert.equal(shownSteps({ isTTY: true, columns: 40 }), `${clear}reading …${clear}cleaning …${clear}`);
  });

  it("is nothing in a log", () => {
    assert.equal(shownSteps({}), "");
  });
});
