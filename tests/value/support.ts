import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { seededRandom } from "#src/math/random.js";
import type { Histories } from "#src/value/histories.js";
import { gammaGammaLaw } from "#src/value/models/gamma-gamma.js";
import type { PurchaseModel } from "#src/value/models/purchase-model.js";
import type { ValueModel } from "#src/value/value-model.js";

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

/** A value model of these parameters, each known to about 5%. */
export function valueModelOf(
  model: PurchaseModel,
  parameters: number[],
  spend: number[],
  spendFrom: "repeats" | "all" = "all",
): ValueModel {
  const likelihood = (found: number[]) => {
    const data = new Float64Array(found.length ** 2);
    for (let i = 0; i < found.length; i++) data[i * (found.length + 1)] = 0.0025;
    return {
      parameters: found,
      logLikelihood: 0,
      covariance: { rows: found.length, columns: found.length, data },
      standardErrors: found.map(() => 0.05),
      converged: true as const,
      gradientNorm: 0,
      starts: 1,
      agreeing: 1,
    };
  };
  const { populationMean } = gammaGammaLaw(spend);
  return {
    fitted: { model, customers: 0, ...likelihood(parameters) },
    passedOver: [],
    spend: { ...likelihood(spend), customers: 0, leftOut: 0, populationMean },
    spendFrom,
  };
}

/** Histories of these customers. */
export function historiesOf(
  customers: { repeats: number; last: number; age: number; first: number; later: number }[],
): Histories {
  return {
    referenceDate: "2011-12-10",
    customerIds: customers.map((_, i) => String(i)),
    repeats: Float64Array.from(customers, ({ repeats }) => repeats),
    lastWeeks: Float64Array.from(customers, ({ last }) => last),
    ageWeeks: Float64Array.from(customers, ({ age }) => age),
    firstValue: Float64Array.from(customers, ({ first }) => first),
    repeatValue: Float64Array.from(customers, ({ repeats, later }) => (repeats > 0 ? later : Number.NaN)),
  };
}
