import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { type DataFrameLike, dataFrameGrid, isDataFrame } from "#src/notebook/data-frame.js";

const danfo = createRequire(import.meta.url)("danfojs-node") as {
  DataFrame: new (columns: object, options?: object) => DataFrameLike & Record<string, DataFrameLike>;
};

describe("data frames", () => {
  const frame = new danfo.DataFrame({ units: [1, 2, Number.NaN], name: ["x", "<b>", null] });

  it("are known by their shape", () => {
    assert.ok(isDataFrame(frame));
    assert.ok(isDataFrame(frame["units"]));
    assert.equal(isDataFrame([]), false);
    assert.equal(isDataFrame({ columns: [], values: 1, index: [], shape: [] }), false);
    assert.equal(isDataFrame(null), false);
  });

  it("become grids in which what is missing is null", () => {
    assert.deepEqual(dataFrameGrid(frame), {
      columns: ["units", "name"],
      rows: [
        [1, "x"],
        [2, "<b>"],
        [null, null],
      ],
    });
  });

  it("keep an index that says something", () => {
    const named = new danfo.DataFrame({ units: [1, 2] }, { index: ["UK", "FR"] });
    assert.deepEqual(dataFrameGrid(named), {
      columns: ["", "units"],
      rows: [
        ["UK", 1],
        ["FR", 2],
      ],
    });
  });

  it("may be series", () => {
    assert.deepEqual(dataFrameGrid(frame["name"]!), { columns: ["name"], rows: [["x"], ["<b>"], [null]] });
  });
});
