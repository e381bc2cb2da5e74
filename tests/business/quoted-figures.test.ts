import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { publishedSegments, quotedFigures } from "#src/business/quoted-figures.js";

const written = (value: number, format: "percent" | "money"): string =>
  format === "percent" ? `${(100 * value).toFixed(2)}%` : value.toFixed(2);

/** The result of a sum as it is written: "(4,154.64 - 864.16) / 864.16"; null where words take part. */
function resultOf(text: string): number | null {
  const sum = text.replaceAll(",", "").replaceAll(" x ", " * ").replaceAll("%", " / 100");
  return /^[\d. ()*/-]+$/.test(sum) ? (new Function(`return ${sum}`)() as number) : null;
}

describe("the quoted figures", () => {
  it("come out of their own arithmetic as they were printed", () => {
    const shown = quotedFigures.map(({ value, format }) => written(value, format));
    assert.deepEqual(shown, [
      "289.69%",
      "56.76%",
      "55.38%",
      "13941532.17",
      "280665.00",
      "256.00%",
      "155.88%",
      "50.00%",
    ]);
    for (const [at, { printed }] of quotedFigures.entries()) {
      // "155%" was cut off, not rounded.
      const digits = shown[at]!.replace("155.88", "155").replace(/\.?0*%?$/, "");
      assert.ok(printed.replaceAll(",", "").includes(digits), `${printed}: ${digits}`);
    }
  });

  it("and what is put right are the sums that are written beside them", () => {
    let counted = 0;
    for (const { arithmetic, value, correction, corrected, format } of quotedFigures)
      for (const [text, number] of [
        [arithmetic, value],
        [correction, corrected],
      ] as const) {
        const result = resultOf(text.replace(/^(.*) of (.*) choices$/, "$1 / $2"));
        if (result === null) continue;
        counted++;
        const near = format === "percent" ? 5e-5 : 1;
        assert.ok(Math.abs(result - number) < near, `${text} is ${result}, not ${number}`);
      }
    assert.equal(counted, 10);
  });

  it("are put right: against the rest, of all buyers, pro rata, net of what is spent already", () => {
    const corrected = quotedFigures.map((figure) => written(figure.corrected, figure.format));
    assert.deepEqual(corrected, [
      "380.77%",
      "46.00%",
      "48.41%",
      "1121302.86",
      "170977.00",
      "156.00%",
      "354.09%",
      "76.23%",
    ]);
  });
});

describe("the published segments", () => {
  it("each brought less than as many customers by revenue", () => {
    const beaten = publishedSegments.filter(
      ({ share, sortShare }) => sortShare !== null && share < sortShare,
    );
    assert.equal(beaten.length, publishedSegments.length - 1);
    for (const { customers, base } of publishedSegments) assert.ok(customers < base);
  });
});
