import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  sampledSilhouette,
  sampledSilhouettes,
  sampledSilhouettesInParallel,
} from "#src/clustering/measures/sampled-silhouettes.js";
import { silhouette } from "#src/clustering/measures/silhouette.js";
import { silhouettesToShow } from "#src/clustering/measures/silhouettes-to-show.js";
import { randomNormal } from "#src/math/distributions.js";
import { matrixOf } from "#src/math/matrix.js";
import { seededRandom } from "#src/math/random.js";
import { expected, line, X } from "./support.js";

const { labels } = expected.labellings[0]!;
const noisy = expected.labellings.find(({ name }) => name === "with noise")!.labels;

describe("sampledSilhouettes", () => {
  it("are exact, with an interval of no width, where the sample is everybody", () => {
    for (const all of [labels, noisy]) {
      const { mean, interval, sampled } = sampledSilhouette(X, all, { sampleSize: 1_000, seed: 1 });
      const wanted = silhouette(X, all).mean;
      assert.ok(Math.abs(mean - wanted) < 1e-12);
      assert.deepEqual(interval, [mean, mean]);
      assert.equal(sampled, all.filter((label) => label >= 0).length);
    }
  });

  it("cover the mean over all in as many samples as they say, and are right on average", () => {
    const random = seededRandom(8);
    const rows = Array.from({ length: 600 }, (_, i) => [
      3 * (i % 3) + randomNormal(random),
      randomNormal(random),
    ]);
    const many = matrixOf(rows);
    // Some are in the wrong cluster, some in none.
    const clusters = rows.map((_, i) => (i % 11 === 0 ? -1 : i % 13 === 0 ? 0 : i % 3));
    const wanted = silhouette(many, clusters).mean;
    const [draws, confidence] = [400, 0.9];
    let covered = 0;
    let total = 0;
    for (let seed = 0; seed < draws; seed++) {
      const found = sampledSilhouette(many, clusters, { sampleSize: 300, confidence, seed });
      const [low, high] = found.interval;
      if (low <= wanted && wanted <= high) covered++;
      total += found.mean / draws;
    }
    // 0.015 is a standard error of the share, 0.001 one of the mean.
    assert.ok(Math.abs(covered / draws - confidence) < 0.045, `${covered / draws}`);
    assert.ok(Math.abs(total - wanted) < 0.004, `${total} against ${wanted}`);
  });

  it("look at the same customers in every labelling, and at others for another seed", () => {
    const options = { sampleSize: 40, seed: 3 };
    const [one, same] = sampledSilhouettes(X, [labels, labels], options);
    assert.deepEqual(one, same);
    assert.deepEqual(one, sampledSilhouette(X, labels, options));
    assert.notEqual(one!.mean, sampledSilhouette(X, labels, { ...options, seed: 4 }).mean);
  });

  it("are the same numbers by workers, which end with the reason of the signal", async () => {
    const many = matrixOf(
      Array.from({ length: 5_000 }, (_, i) => [Math.sin(i) + (i % 3), Math.cos(7 * i) * (i % 5)]),
    );
    const labellings = [3, 7].map((k) => Int32Array.from({ length: 5_000 }, (_, i) => (i % (k + 1)) - 1));
    const options = { sampleSize: 900, seed: 5 };
    const wanted = sampledSilhouettes(many, labellings, options);
    for (const workers of [1, 2])
      assert.deepEqual(await sampledSilhouettesInParallel(many, labellings, { ...options, workers }), wanted);
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(sampledSilhouettesInParallel(many, labellings, { ...options, signal }), /enough/);
  });

  it("say nothing where fewer than two of the drawn are in clusters", () => {
    const lonely = labels.map((_, i) => (i < 10 ? i % 2 : -1));
    for (let seed = 0; seed < 10; seed++) {
      const { sampled, interval } = sampledSilhouette(X, lonely, { sampleSize: 3, seed });
      if (sampled < 2) assert.deepEqual(interval, [-1, 1]);
    }
  });

  it("refuse samples without a deviation, and shares that are none", () => {
    assert.throws(
      () => sampledSilhouette(X, labels, { sampleSize: 1, seed: 1 }),
      /sampledSilhouette needs whole customers in a sample from 2 .*, got 1/,
    );
    assert.throws(
      () => sampledSilhouette(X, labels, { confidence: 95, seed: 1 }),
      /confidence from 0 to 1, got 95/,
    );
    assert.throws(() => sampledSilhouette(line(1, 2), [0, 0], { seed: 1 }), /2 to n - 1 clusters/);
  });
});

describe("silhouettesToShow", () => {
  it("are those of all customers where they are few", async () => {
    const { rows, labellings } = await silhouettesToShow(X, [labels, noisy], { seed: 1 });
    assert.deepEqual(
      [...rows],
      Array.from({ length: X.rows }, (_, i) => i),
    );
    for (const [at, all] of [labels, noisy].entries()) {
      assert.deepEqual([...labellings[at]!.labels], [...all]);
      assertAlike(labellings[at]!.samples, silhouette(X, all).samples);
    }
  });

  it("are those of the same sample in every labelling where they are many, each with all others known", async () => {
    const options = { sampledFromRows: 50, sampleSize: 30, seed: 1 };
    const { rows, labellings } = await silhouettesToShow(X, [labels, noisy], options);
    assert.equal(new Set(rows).size, 30);
    for (const [at, all] of [labels, noisy].entries()) {
      const exact = silhouette(X, all).samples;
      assert.deepEqual(
        [...labellings[at]!.labels],
        [...rows].map((row) => all[row]),
      );
      assertAlike(
        labellings[at]!.samples,
        Float64Array.from(rows, (row) => exact[row]!),
      );
    }
  });
});

/** The same but for the order of additions; NaN is NaN. */
function assertAlike(found: Float64Array, wanted: Float64Array): void {
  assert.equal(found.length, wanted.length);
  for (const [i, value] of found.entries())
    assert.ok(
      Object.is(value, wanted[i]) || Math.abs(value - wanted[i]!) < 1e-12,
      `${value}, not ${wanted[i]}`,
    );
}
