import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { record } from "#src/notebook/record.js";
import { RECORD_MIME } from "#src/types.js";
import { captureOutputs, part } from "./outputs.js";

describe("record", () => {
  it("emits one output that the runner can read", () => {
    const outputs = captureOutputs(() => record("netRevenue", 9747747.93, "GBP"));
    assert.equal(outputs.length, 1);
    assert.deepEqual(outputs[0]!.data[RECORD_MIME], { name: "netRevenue", value: 9747747.93, unit: "GBP" });
  });

  it("shows the value as a key figure", () => {
    const [output] = captureOutputs(() => record("topCountry", "<b>EIRE</b>"));
    assert.match(
      part(output, "text/html"),
      /<span>Top country<\/span> <strong>&lt;b&gt;EIRE&lt;\/b&gt;<\/strong>/,
    );
    assert.equal(part(output, "text/plain"), "Top country: <b>EIRE</b>");
  });

  it("refuses what JSON cannot carry", () => {
    assert.throws(() => record("silhouette", Number.NaN), /finite, got NaN for "silhouette"/);
  });
});
