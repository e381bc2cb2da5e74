import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withKernels } from "#src/clustering/kernels/with-kernels.js";
import { readText } from "../../structure/support.js";
import { compiledPath, compileKernels, KERNELS } from "./compiler.js";

describe("the kernels", () => {
  for (const kernels of KERNELS)
    it(`of ${kernels.folder} are what their sources compile to: npm run kernels writes them`, async () => {
      assert.ok(readText(compiledPath(kernels)) === (await compileKernels(kernels)));
    });
});

describe("withKernels", () => {
  const bufferOf = (length: number, work = (_: Float64Array): void => {}): ArrayBufferLike =>
    withKernels("a test", { values: length }, {}, (_, { values }) => {
      work(values);
      return values.buffer;
    });

  it("gives each work zeros in arrays of their own", () => {
    for (let turn = 0; turn < 3; turn++)
      withKernels("a test", { some: 3, none: 0, others: 70_000 }, { whole: 5 }, (_, arrays) => {
        const all = [arrays.some, arrays.none, arrays.others, arrays.whole];
        assert.deepEqual(
          all.map(({ length }) => length),
          [3, 0, 70_000, 5],
        );
        assert.ok(all.every((array) => array.every((value) => value === 0)));
        all.forEach((array, at) => {
          array.fill(at + 1);
        });
        assert.ok(all.every((array, at) => array.every((value) => value === at + 1)));
      });
  });

  it("uses a memory again, except the one of a work that still lasts, and lets go of a large one", () => {
    const first = bufferOf(10);
    assert.equal(bufferOf(20), first);
    let inner: ArrayBufferLike | undefined;
    const outer = bufferOf(10, () => {
      inner = bufferOf(10);
    });
    assert.notEqual(inner, outer);
    assert.throws(() => bufferOf(10, () => assert.fail("work that fails")), /work that fails/);
    assert.ok([outer, inner].includes(bufferOf(10)));
    assert.notEqual(bufferOf(2 ** 22), bufferOf(2 ** 22));
  });

  it("refuses more than its addresses reach, with the size", () => {
    assert.throws(() => bufferOf(2 ** 30), {
      name: "RangeError",
      message: "a test needs rows that it can work on within 4 GiB, got 8.0 GiB",
    });
  });
});

describe("weighCandidates", () => {
  it("measures what each candidate would leave of the distances, as one would by hand", () => {
    const floats = { rows: 6, candidates: 8, closest: 3, left: 12, gains: 4 };
    withKernels("a test", floats, {}, (kernels, { rows, candidates, closest, left, gains }) => {
      rows.set([0, 0, 3, 4, 1, 1]);
      // (0, 0), (3, 4) and (1, 2); the fourth fills up.
      candidates.set([0, 3, 1, Infinity, 0, 4, 2, Infinity]);
      closest.set([25, 9, 0.5]);
      kernels.weighCandidates(3, 2, 4, rows, candidates, closest, left, gains);
      assert.deepEqual([...left], [0, 25, 5, 25, 9, 0, 8, 9, 0.5, 0.5, 0.5, 0.5]);
      assert.deepEqual([...gains], [25, 9, 21, 0]);
    });
  });
});
