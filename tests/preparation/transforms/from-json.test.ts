import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fitBoxCox } from "#src/preparation/transforms/box-cox.js";
import type { FittedTransform } from "#src/preparation/transforms/fitted-transform.js";
import { transformFromJson, transformToJson } from "#src/preparation/transforms/from-json.js";
import { fitLog1p } from "#src/preparation/transforms/log1p.js";
import { fitMinMax } from "#src/preparation/transforms/min-max.js";
import { fitQuantile } from "#src/preparation/transforms/quantile.js";
import { fitRobust } from "#src/preparation/transforms/robust.js";
import { fitStandard } from "#src/preparation/transforms/standard.js";
import { fitYeoJohnson } from "#src/preparation/transforms/yeo-johnson.js";

const x = [0.1, 0.2, 1 / 3, 7.7, 1e-7, 123_456.789, 42, Number.NaN];
const all: FittedTransform[] = [
  fitLog1p(x),
  fitBoxCox(x),
  fitYeoJohnson(x),
  fitStandard(x),
  fitRobust(x),
  fitMinMax(x),
  fitQuantile(x),
  fitQuantile(x, { output: "normal" }),
];
const stored = (transform: FittedTransform): Record<string, unknown> =>
  JSON.parse(JSON.stringify(transformToJson(transform))) as Record<string, unknown>;

describe("a stored transform", () => {
  for (const transform of all)
    it(`gives the same bytes: ${transform.state.kind}`, () => {
      const again = transformFromJson(stored(transform));
      assert.deepEqual(again.state, transform.state);
      const there = transform.transform(x);
      assert.deepEqual(new Uint8Array(again.transform(x).buffer), new Uint8Array(there.buffer));
      assert.deepEqual(
        new Uint8Array(again.inverseTransform(there).buffer),
        new Uint8Array(transform.inverseTransform(there).buffer),
      );
    });

  it("is refused in another format, version or kind", () => {
    const json = stored(fitStandard(x));
    for (const format of [undefined, "insiders-transform/2", "pickle", 1])
      assert.throws(
        () => transformFromJson({ ...json, format }),
        new RegExp(`a stored transform has format "insiders-transform/1", got ${JSON.stringify(format)}`),
      );
    for (const kind of ["logit", undefined, "toString", "__proto__", 7])
      assert.throws(
        () => transformFromJson({ ...json, kind }),
        /a stored transform is one of log1p, box-cox, /,
      );
    for (const nothing of [null, undefined, "text", 3, []])
      assert.throws(() => transformFromJson(nothing), /a stored transform has format/);
  });

  it("is refused with a number that is missing or unfit", () => {
    const refused = (transform: FittedTransform, change: object, message: RegExp): void =>
      assert.throws(() => transformFromJson({ ...stored(transform), ...change }), message);
    refused(fitStandard(x), { mean: null }, /a stored "standard" has a finite mean, got null/);
    refused(fitStandard(x), { scale: 0 }, /a stored "standard" has a positive scale, got 0/);
    refused(fitBoxCox(x), { lambda: "0.5" }, /a stored "box-cox" has a finite lambda, got "0.5"/);
    refused(fitMinMax(x), { range: -1 }, /a stored "min-max" has a positive range, got -1/);
    refused(fitQuantile(x), { quantiles: [] }, /has a list of quantiles, got \[\]/);
    refused(fitQuantile(x), { quantiles: [2, 1] }, /stored quantiles are finite and ascending, got 1 at 1/);
    refused(fitQuantile(x), { quantiles: [1, null] }, /finite and ascending, got null at 1/);
    refused(fitQuantile(x), { output: "cauchy" }, /has output uniform or normal, got "cauchy"/);
  });
});
