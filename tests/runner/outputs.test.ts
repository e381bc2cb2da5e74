import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createMessage } from "#src/runner/messages.js";
import { OutputCollector } from "#src/runner/outputs.js";

function collect(...messages: [type: string, content: Record<string, unknown>][]): OutputCollector {
  const collector = new OutputCollector();
  for (const [type, content] of messages) collector.add(createMessage(type, content, "session"));
  return collector;
}

describe("the outputs of a cell", () => {
  it("join neighbouring texts of one stream and keep the order of the others", () => {
    const { outputs } = collect(
      ["stream", { name: "stdout", text: "a" }],
      ["stream", { name: "stdout", text: "b\n" }],
      ["stream", { name: "stderr", text: "c" }],
      ["stream", { name: "stdout", text: "d" }],
    );
    assert.deepEqual(outputs, [
      { output_type: "stream", name: "stdout", text: "ab\n" },
      { output_type: "stream", name: "stderr", text: "c" },
      { output_type: "stream", name: "stdout", text: "d" },
    ]);
  });

  it("replace a display in place when it is updated", () => {
    const { outputs } = collect(
      ["display_data", { data: { "text/plain": "1" }, metadata: {}, transient: { display_id: "x" } }],
      ["stream", { name: "stdout", text: "between" }],
      ["update_display_data", { data: { "text/plain": "2" }, transient: { display_id: "x" } }],
      ["update_display_data", { data: { "text/plain": "3" }, transient: { display_id: "unknown" } }],
    );
    assert.equal(outputs.length, 2);
    assert.deepEqual(outputs[0], {
      output_type: "display_data",
      data: { "text/plain": "2" },
      metadata: {},
    });
  });

  it("are cleared at once, or before the next output when the cell asks to wait", () => {
    const stream: [string, Record<string, unknown>] = ["stream", { name: "stdout", text: "x" }];
    assert.deepEqual(collect(stream, ["clear_output", { wait: false }]).outputs, []);
    assert.equal(collect(stream, ["clear_output", { wait: true }]).outputs.length, 1);
    const waited = collect(
      stream,
      ["clear_output", { wait: true }],
      ["stream", { name: "stdout", text: "y" }],
    );
    assert.deepEqual(waited.outputs, [{ output_type: "stream", name: "stdout", text: "y" }]);
  });

  it("hold errors and results, and the count of the input", () => {
    const { outputs, executionCount } = collect(
      ["execute_input", { code: "1", execution_count: 7 }],
      ["execute_result", { execution_count: 7, data: { "text/plain": "1" }, metadata: {} }],
      ["error", { ename: "RangeError", evalue: "no", traceback: ["RangeError: no"] }],
    );
    assert.equal(executionCount, 7);
    assert.deepEqual(
      outputs.map((output) => output.output_type),
      ["execute_result", "error"],
    );
  });
});
