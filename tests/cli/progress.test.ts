import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, it } from "node:test";
import { consoleProgress } from "#src/cli/progress.js";

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

  it("is rewritten in place on a terminal, cut to its width", () => {
    assert.match(shown({ isTTY: true, columns: 20 }), /cell 4\/26 lo$/);
  });

  it("is shown on a terminal that does not tell its width", () => {
    assert.match(shown({ isTTY: true, columns: 0 }), /cell 4\/26 load-invoices 0\.3 s$/);
  });
});
