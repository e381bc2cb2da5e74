import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { seededRandom } from "#src/math/random.js";
import type { Histories } from "#src/value/histories.js";
import { gammaGammaLaw } from "#src/value/models/gamma-gamma.js";
import type { PurchaseModel } from "#src/value/models/purchase-model.js";

/** What models.py wrote. */
export interface ModelFixture {
  customers: { repeats: number[]; lastWeeks: number[]; ageWeeks: number[]; meanValue: number[] };
  histories: { repeats: number[]; lastWeeks: number[]; ageWeeks: number[] };
  values: {
    model: string;
    parameters: number[];
    logLikelihood: number[];
    alive: number[];
    ahead13: number[];
    ahead52: number[];
  }[];
  fits: { model: string; parameters: number[]; logLikelihood: number }[];
  gammaGamma: {
    parameters: number[];
    orders: number[];
    meanValue: number[];
    expectedValue: number[];
    logLikelihood: number[];
    fit: { parameters: number[]; logLikelihood: number };
  };
  special: { hypergeometricOne: number[][]; logGamma: number[][]; paretoLogLikelihood: number[][] };
}

export function readModelFixture(): ModelFixture {
  const file = new URL("../../../tests/value/fixtures/models.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as ModelFixture;
}

/** Holds two numbers to each other, relative to the larger of 1 and the wanted one. */
export function assertClose(actual: number, wanted: number, tolerance: number, what = ""): void {
  const gap = Math.abs(actual - wanted) / Math.max(1, Math.abs(wanted));
  assert.ok(gap <= tolerance, `${what}: ${actual} is not ${wanted} (${gap.toExponential(1)})`);
}

/** Customers as a model has them, known for 26 to 78 weeks. */
export function drawCustomers(
  model: PurchaseModel,
  parameters: number[],
  spend: number[],
  customers: number,
  seed: number,
): Histories {
  const random = seededRandom(seed);
  const law = model.law(parameters);
  const spendLaw = gammaGammaLaw(spend);
  const ageWeeks = Float64Array.from({ length: customers }, () => 26 + 52 * random());
  const drawn = Array.from(ageWeeks, (age) => law.drawHistory(random, age));
  const repeats = Float64Array.from(drawn, (one) => one.repeats);
  // A first order of nobody known, then the others around the mean that it tells of.
  const firstValue = repeats.map(() => spendLaw.drawTotal(random, 1, 0, 0));
  return {
    referenceDate: "2011-12-10",
    customerIds: drawn.map((_, i) => String(i)),
    repeats,
    lastWeeks: Float64Array.from(drawn, (one) => one.last),
    ageWeeks,
    firstValue,
    repeatValue: repeats.map((count, i) => spendLaw.drawTotal(random, count, 1, firstValue[i]!) / count),
  };
}
