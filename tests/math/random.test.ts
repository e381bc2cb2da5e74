import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom, sfc32 } from "#src/math/random.js";
import { fillRandomWords } from "#src/math/random-words.js";

const take = (count: number, next: () => number): number[] => Array.from({ length: count }, next);

/** Pearson's correlation of equally long samples, here of uniforms, whose standard error is 1 / sqrt(n). */
function correlation(a: number[], b: number[]): number {
  let product = 0;
  for (let i = 0; i < a.length; i++) product += (a[i]! - 0.5) * (b[i]! - 0.5);
  return (12 * product) / a.length;
}

/** Chi-squared of the counts of equally likely cells. */
function chiSquared(cells: number[], count: number): number {
  const observed = new Float64Array(count);
  for (const cell of cells) observed[cell]!++;
  const expected = cells.length / count;
  return observed.reduce((total, times) => total + (times - expected) ** 2 / expected, 0);
}

/** A chi-squared number with so many degrees of freedom as a standard normal one. @see Wilson & Hilferty 1931. */
function chiSquaredScore(value: number, freedom: number): number {
  return (Math.cbrt(value / freedom) - 1 + 2 / (9 * freedom)) / Math.sqrt(2 / (9 * freedom));
}

describe("sfc32", () => {
  it("repeats the reference words of PractRand 0.94", () => {
    // Published in Apache Commons RNG, DotyHumphreySmallFastCounting32Test, "tested with respect to
    // PractRand::RNGs::Raw::sfc32 of the C++ implementation (v0.94)".
    const expected = [
      ...[0x89b5c414, 0x7ee57639, 0xdbe18f7b, 0x94aa0162, 0xa22bff0a, 0x21c91fb8, 0x2c6fd6fe, 0xcda90d13],
      ...[0x019684ca, 0xe5b400c0, 0x459d8590, 0x3aec0a1e, 0x254dac77, 0xbe10ae80, 0x9ac27819, 0xd17d10c6],
      ...[0x71a69026, 0x4bb2bdda, 0x70853646, 0xda28f272, 0x879200d9, 0x8c2f8b5b, 0x8a87cb78, 0x27ffdced],
      ...[0x988a2b7b, 0xf220ef9b, 0x13b8984f, 0x345d1732, 0x8f5bc6fc, 0x092b09ff, 0x046bd2b0, 0xa5a99fc5],
      ...[0x19400604, 0xb76e7394, 0x037addd5, 0xe916ed79, 0x94f10dc6, 0xf2ecb45e, 0x69834355, 0xb814aeb2],
    ];
    assert.deepEqual(take(40, sfc32(0xbb3c4104, 0x02294965, 0xda1ce2a9)), expected);
  });

  it("repeats the words another implementation published for the state 0, 12345, 0", () => {
    // github.com/maloquacious/prng, sfc32_test.go, without its first three words: it leaves 12 rounds unused, we 15.
    const expected = [2882324903, 362604721, 4227106926, 1933307004, 1608300071, 2256615412, 2701957640];
    assert.deepEqual(take(7, sfc32(0, 12345, 0)), expected);
  });
});

describe("seededRandom", () => {
  it("makes a number of two words, 53 bits in all", () => {
    // Words of the test above: (2882324903 >>> 5) * 2^26 + (362604721 >>> 6), over 2^53.
    assert.equal(seededRandom(12345)(), (90072653 * 67108864 + 5665698) / 9007199254740992);
  });

  it("repeats itself for a seed and differs for another, negative and large ones included", () => {
    const seeds = [0, 1, -1, 42, 2 ** 32, 2 ** 32 + 42, -(2 ** 40), Number.MAX_SAFE_INTEGER];
    const streams = seeds.map((seed) => take(4, seededRandom(seed)).join());
    assert.deepEqual(
      seeds.map((seed) => take(4, seededRandom(seed)).join()),
      streams,
    );
    assert.equal(new Set(streams).size, seeds.length);
  });

  it("refuses a seed that is no safe integer", () => {
    for (const seed of [0.5, Number.NaN, Infinity, 2 ** 53])
      assert.throws(() => seededRandom(seed), {
        name: "RangeError",
        message: /a seed is a safe integer, got/,
      });
  });

  it("stays in [0, 1) and fills a thousand bins evenly", () => {
    const values = take(500_000, seededRandom(1));
    assert.ok(values.every((value) => value >= 0 && value < 1));
    const bins = values.map((value) => Math.floor(value * 1_000));
    assert.ok(Math.abs(chiSquaredScore(chiSquared(bins, 1_000), 999)) < 4);
  });

  it("fills the low bits evenly too", () => {
    const bins = take(256_000, seededRandom(2)).map((value) => (value * 2 ** 53) % 256);
    assert.ok(Math.abs(chiSquaredScore(chiSquared(bins, 256), 255)) < 4);
  });

  it("does not let a number tell the next", () => {
    const values = take(200_001, seededRandom(3));
    const next = values.slice(1);
    assert.ok(Math.abs(correlation(values.slice(0, -1), next)) < 4 / Math.sqrt(200_000));
    const pairs = next.map((value, i) => Math.floor(value * 32) * 32 + Math.floor(values[i]! * 32));
    assert.ok(Math.abs(chiSquaredScore(chiSquared(pairs, 1_024), 1_023)) < 4);
  });

  it("gives consecutive seeds unrelated streams", () => {
    const streams = Array.from({ length: 40 }, (_, seed) => take(5_000, seededRandom(seed)));
    const correlations = streams.slice(1).map((stream, i) => correlation(stream, streams[i]!));
    assert.ok(correlations.every((value) => Math.abs(value) < 4.5 / Math.sqrt(5_000)));
  });

  it("gives consecutive seeds unrelated first numbers", () => {
    const firsts = Array.from({ length: 64_001 }, (_, seed) => seededRandom(seed)());
    const bins = firsts.map((value) => Math.floor(value * 64));
    assert.ok(Math.abs(chiSquaredScore(chiSquared(bins, 64), 63)) < 4);
    assert.ok(Math.abs(correlation(firsts.slice(0, -1), firsts.slice(1))) < 4 / Math.sqrt(64_000));
  });
});

describe("fillRandomWords", () => {
  it("continues the stream of sfc32, in parts of any size", () => {
    const next = sfc32(0, 12345, 0);
    const state = Int32Array.of(0, 12345, 0, 1);
    fillRandomWords(state, new Uint32Array(15));
    for (const size of [1, 7, 100]) {
      const words = new Uint32Array(size);
      fillRandomWords(state, words);
      assert.deepEqual([...words], take(size, next));
    }
  });
});
