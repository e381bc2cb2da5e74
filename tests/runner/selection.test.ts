import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { selectCycles } from "#src/runner/selection.js";

const names = ["00-plan", "01-describe", "03-features", "02-filter", "10-value"];

describe("selectCycles", () => {
  it("takes all when nothing is said", () => {
    assert.deepEqual(selectCycles(names, {}), names);
  });

  const chosen: [only: string, expected: string[]][] = [
    ["3", ["03-features"]],
    ["03", ["03-features"]],
    ["0", ["00-plan"]],
    ["02-filter", ["02-filter"]],
    ["02-filter.ipynb", ["02-filter"]],
    ["filter", ["02-filter"]],
    ["10, 1", ["01-describe", "10-value"]],
    ["1..2", ["01-describe", "03-features", "02-filter"]],
    ["describe..03,10", ["01-describe", "03-features", "10-value"]],
    ["..1", ["00-plan", "01-describe"]],
    ["2..", ["02-filter", "10-value"]],
    ["1,1..1,", ["01-describe"]],
  ];
  for (const [only, expected] of chosen)
    it(`reads "${only}" in the order of the run`, () => {
      assert.deepEqual(selectCycles(names, { only }), expected);
    });

  it("takes one and all that run after it", () => {
    assert.deepEqual(selectCycles(names, { from: "03" }), ["03-features", "02-filter", "10-value"]);
  });

  const refused: [selection: Parameters<typeof selectCycles>[1], message: RegExp][] = [
    [{ only: "4" }, /^Error: there is no notebook 4: there are 00-plan, 01-describe, /],
    [{ from: "plans" }, /there is no notebook plans/],
    [{ only: "" }, /names no notebook/],
    [{ only: "10..1" }, /10\.\.1 runs backwards: write 1\.\.10/],
    [{ only: "1", from: "1" }, /exclude each other/],
  ];
  for (const [selection, message] of refused)
    it(`refuses ${JSON.stringify(selection)} in one line`, () => {
      assert.throws(() => selectCycles(names, selection), message);
    });

  it("asks for the whole name where a number stands for two", () => {
    assert.throws(() => selectCycles(["01-a", "1-b"], { only: "1" }), /1 may be 01-a or 1-b/);
  });
});
