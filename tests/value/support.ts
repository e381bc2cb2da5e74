import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { randomExponential, randomGamma } from "#src/math/distributions.js";
import { seededRandom } from "#src/math/random.js";
import type { InvoiceLine } from "#src/types.js";
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
  const repeatValue = repeats.map((count, i) => spendLaw.drawTotal(random, count, 1, firstValue[i]!) / count);
  return {
    referenceDate: "2011-12-10",
    observedDays: 546,
    customerIds: drawn.map((_, i) => String(i)),
    repeats,
    lastWeeks: Float64Array.from(drawn, (one) => one.last),
    ageWeeks,
    logGaps: Float64Array.from(drawn, (one) => one.logGaps),
    firstValue,
    repeatValue,
    pastRevenue: pastRevenueOf(repeats, firstValue, repeatValue),
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
      bic: 0,
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

function pastRevenueOf(repeats: Float64Array, first: Float64Array, later: Float64Array): Float64Array {
  return first.map((value, i) => (repeats[i]! > 0 ? value + repeats[i]! * later[i]! : value));
}

/** Histories of these customers. */
export function historiesOf(
  customers: { repeats: number; last: number; age: number; first: number; later: number }[],
): Histories {
  const repeats = Float64Array.from(customers, (one) => one.repeats);
  const firstValue = Float64Array.from(customers, ({ first }) => first);
  const repeatValue = Float64Array.from(customers, (one) => (one.repeats > 0 ? one.later : Number.NaN));
  return {
    referenceDate: "2011-12-10",
    observedDays: 373,
    customerIds: customers.map((_, i) => String(i)),
    repeats,
    lastWeeks: Float64Array.from(customers, ({ last }) => last),
    ageWeeks: Float64Array.from(customers, ({ age }) => age),
    // As if all times between purchases were equal.
    logGaps: Float64Array.from(customers, (one) =>
      one.repeats > 0 ? one.repeats * Math.log(one.last / one.repeats) : 0,
    ),
    firstValue,
    repeatValue,
    pastRevenue: pastRevenueOf(repeats, firstValue, repeatValue),
  };
}

/** Lines of a shop whose customers buy at rates of their own from 2011-01-01 for a year, half of them new within it. */
export function drawLines(seed: number, customers: number): Partial<InvoiceLine>[] {
  const random = seededRandom(seed);
  const start = Date.parse("2011-01-01T00:00Z");
  return Array.from({ length: customers }, (_, i) => i).flatMap((i) => {
    const perDay = randomGamma(random, 0.9, 1 / 60);
    const usual = 5 + randomGamma(random, 2, 20);
    const lines: Partial<InvoiceLine>[] = [];
    for (let day = 180 * random(); day < 365; day += randomExponential(random, 1 / perDay)) {
      const invoicedAt = `${new Date(start + Math.floor(day) * 86_400_000).toISOString().slice(0, 10)} 10:00:00`;
      const unitPrice = Math.round(usual * (0.5 + random()) * 100) / 100;
      lines.push({
        invoiceNo: `${i}-${lines.length}`,
        customerId: `c${i}`,
        invoicedAt,
        quantity: 1,
        unitPrice,
      });
    }
    return lines;
  });
}
