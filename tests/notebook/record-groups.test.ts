import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { recordGroups } from "#src/notebook/record-groups.js";
import type { Notebook } from "#src/runner/nbformat.js";
import { recordedGroups, recordedValues } from "#src/runner/records.js";
import { RECORD_MIME } from "#src/types.js";
import { captureOutputs, part } from "./outputs.js";

describe("recordGroups", () => {
  it("emits ids as text by label, both in order, whatever order they came in", () => {
    const [output] = captureOutputs(() => recordGroups("segments", [9, "12", 101, 7], ["b", "a", "b", "a"]));
    assert.equal(
      JSON.stringify(output!.data[RECORD_MIME]),
      '{"name":"segments","groups":{"a":["7","12"],"b":["9","101"]}}',
    );
  });

  it("shows the size of each group", () => {
    const [output] = captureOutputs(() => recordGroups("segments", [1, 2, 3], ["<i>", "low", "low"]));
    assert.match(part(output, "text/html"), /&lt;i&gt;<\/th><td class="insiders-number">1</);
    assert.match(part(output, "text/plain"), /^Segments\n.*\n.*\n<i> +1\nlow +2$/);
  });

  it("takes labels that objects have by birth", () => {
    const [output] = captureOutputs(() => recordGroups("g", [1, 2], ["__proto__", "constructor"]));
    assert.equal(
      JSON.stringify(output!.data[RECORD_MIME]),
      '{"name":"g","groups":{"__proto__":["1"],"constructor":["2"]}}',
    );
  });

  it("refuses lists of different length and an id that comes twice, also as a text", () => {
    assert.throws(() => recordGroups("g", [1, 2], ["a"]), /got 2 ids and 1 labels for "g"/);
    assert.throws(() => recordGroups("g", [1, "1"], ["a", "b"]), /"1" is twice in "g"/);
  });

  it("stays small: 4,300 customers take less than 50 kB", () => {
    const ids = Array.from({ length: 4300 }, (_, at) => 12346 + at);
    const labels = ids.map((id) => `segment ${id % 8}`);
    const [output] = captureOutputs(() => recordGroups("segments", ids, labels));
    assert.ok(JSON.stringify(output).length < 50_000, String(JSON.stringify(output).length));
  });
});

describe("recordedGroups", () => {
  it("finds groups and leaves values to recordedValues; the last of a name counts", () => {
    const payloads = [
      { name: "g", groups: { a: ["1"] } },
      { name: "rows", value: 3, unit: "" },
      { name: "g", groups: { a: ["1", "2"] } },
    ];
    const notebook: Notebook = {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [
        {
          cell_type: "code",
          id: "a",
          metadata: {},
          source: "",
          execution_count: 1,
          outputs: payloads.map((payload) => ({
            output_type: "display_data",
            data: { [RECORD_MIME]: payload },
            metadata: {},
          })),
        },
      ],
    };
    assert.deepEqual(recordedGroups(notebook), [payloads[2]]);
    assert.deepEqual(recordedValues(notebook), [payloads[1]]);
  });
});
