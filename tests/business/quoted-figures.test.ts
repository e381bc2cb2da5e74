import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { quotedFigures } from "#src/business/quoted-figures.js";

describe("the quoted figures", () => {
  it("come out of their own arithmetic as they were printed", () => {
    const shown = quotedFigures.map(({ value, format }) =>
      format === "percent" ? `${(100 * value).toFixed(2)}%` : value.toFixed(2),
    );
    assert.deepEqual(shown, ["289.69%", "56.76%", "13941532.17", "280665.00", "256.00%"]);
    for (const [at, { printed }] of quotedFigures.entries()) {
      const digits = shown[at]!.replace(/[.0%]+$/, "");
      assert.ok(printed.replaceAll(",", "").includes(digits), `${printed}: ${digits}`);
    }
  });

  it("are put right: against the rest, of all buyers, pro rata, net of what is spent already", () => {
    const corrected = quotedFigures.map((figure) => figure.corrected);
    assert.ok(corrected[0]! > quotedFigures[0]!.value);
    assert.ok(corrected[1]! < quotedFigures[1]!.value);
    // 1.12 million for 90 of 373 days, an error of 12 times.
    assert.ok(Math.abs(corrected[2]! - 1.1213e6) < 100, `${corrected[2]}`);
    assert.ok(Math.abs(quotedFigures[2]!.value / corrected[2]! - (3 * 373) / 90) < 1e-9);
    assert.ok(corrected[3]! < quotedFigures[3]!.value);
    assert.equal(corrected[4], 2.56 - 1);
  });
});
