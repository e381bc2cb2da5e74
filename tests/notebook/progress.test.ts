import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Bundle } from "#src/notebook/display.js";
import { showProgress } from "#src/notebook/progress.js";
import { part } from "./outputs.js";

const DISPLAY = Symbol.for("jupyter.display");

/** What reaches the notebook, with whether it replaces what was there. */
function watch(run: () => void): [Bundle, boolean][] {
  const sent: [Bundle, boolean][] = [];
  const scope = globalThis as Record<symbol, unknown>;
  scope[DISPLAY] = (bundle: Bundle, isUpdate: boolean) => sent.push([bundle, isUpdate]);
  try {
    run();
  } finally {
    delete scope[DISPLAY];
  }
  return sent;
}

describe("showProgress", () => {
  it("shows one line that changes in place, and says when it is done", () => {
    const sent = watch(() => {
      const onProgress = showProgress("t-SNE <fast>");
      onProgress(500, 1000);
      onProgress(1000, 1000);
    });
    assert.deepEqual(
      sent.map(([, isUpdate]) => isUpdate),
      [false, true, true],
    );
    assert.equal(new Set(sent.map(([{ transient }]) => transient?.display_id)).size, 1);
    assert.match(part(sent[1]![0], "text/plain"), /^t-SNE <fast>: 50%, about [\d.]+ s left$/);
    assert.match(part(sent[1]![0], "text/html"), /t-SNE &lt;fast&gt;: <progress max="1" value="0.500">/);
    assert.equal(part(sent[2]![0], "text/plain"), "t-SNE <fast>: done, 1,000 steps");
  });

  it("does not send every step, but always the last, and nothing after it", () => {
    const sent = watch(() => {
      const onProgress = showProgress("UMAP");
      for (let step = 1; step <= 10_000; step++) onProgress(step, 10_000);
      onProgress(10_000, 10_000);
    });
    assert.ok(sent.length < 20, `${sent.length}`);
    assert.match(part(sent.at(-1)![0], "text/plain"), /done/);
  });

  it("prints its first line only where there is no notebook", (context) => {
    const log = context.mock.method(console, "log", () => {});
    showProgress("forest")(1, 2);
    assert.deepEqual(
      log.mock.calls.map(({ arguments: [text] }) => text),
      ["forest: 0%"],
    );
  });
});
