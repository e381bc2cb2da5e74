import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { StreamBatch } from "#src/runner/stream-batch.js";

function batch(): { sent: [string, string][]; batch: StreamBatch } {
  const sent: [string, string][] = [];
  return { sent, batch: new StreamBatch((name, text) => sent.push([name, text])) };
}

describe("printed text", () => {
  it("goes out at once after a pause, and joined while more comes", async () => {
    const { sent, batch: printed } = batch();
    printed.add("stdout", "a", 1000);
    assert.deepEqual(sent, [["stdout", "a"]]);
    printed.add("stdout", "b", 1001);
    printed.add("stdout", "c", 1002);
    assert.equal(sent.length, 1);
    await sleep(80);
    assert.deepEqual(sent.slice(1), [["stdout", "bc"]]);
  });

  it("keeps the order of the two streams", () => {
    const { sent, batch: printed } = batch();
    printed.add("stdout", "a", 1000);
    printed.add("stdout", "b", 1001);
    printed.add("stderr", "c", 1002);
    printed.flush(1003);
    assert.deepEqual(sent, [
      ["stdout", "a"],
      ["stdout", "b"],
      ["stderr", "c"],
    ]);
  });

  it("goes out in pieces that are not too small, and whole", () => {
    const { sent, batch: printed } = batch();
    for (let i = 0; i < 20_000; i++) printed.add("stdout", `line ${i}\n`, 1000);
    printed.flush(1000);
    assert.ok(sent.length < 30, `${sent.length} messages`);
    assert.equal(
      sent
        .map(([, text]) => text)
        .join("")
        .split("\n").length,
      20_001,
    );
  });

  it("is not sent where there is none", () => {
    const { sent, batch: printed } = batch();
    printed.flush(1000);
    printed.add("stdout", "a", 1000);
    printed.flush(1000);
    assert.equal(sent.length, 1);
  });
});
