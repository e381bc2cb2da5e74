import type { CodeGroup } from "../cleaning/non-product-codes.js";
import { type Cleaning, completeOptions } from "../cleaning/options.js";
import { COLUMNS } from "../data/columns.js";
import { isDay } from "../features/days.js";
import type { Preparation } from "../preparation/preparation.js";
import { preparationFromJson, preparationToJson } from "../preparation/preparation-json.js";
import {
  listAt,
  numberAt,
  oneOf,
  recordAt,
  requireDifferent,
  sharesAt,
  textAt,
  textsAt,
  wholeAt,
} from "./fields.js";
import type { Model, ModelFeature, ModelMetric, ModelSchema, ModelTraining } from "./model.js";
import { clusteringToJson, readClustering, requireShapes } from "./model-clustering.js";
import { readSpace, spaceToJson } from "./model-space.js";

const SHA256 = /^[0-9a-f]{64}$/;

/** A model as plain data: names, words and finite numbers. */
export function modelContent(model: Model): Record<string, unknown> {
  const { productVersion, schema, features, preparation, space, clustering, training, seeds, metrics } =
    model;
  return {
    ...{ productVersion, schema, features, training, seeds, metrics },
    preparation: preparationToJson(preparation),
    space: spaceToJson(space),
    clustering: clusteringToJson(clustering),
  };
}

/**
 * The model that `modelContent` described, after a look at all of its parts.
 * @throws RangeError that names the first that is missing, unfit or does not fit the others.
 */
export function readModelContent(json: unknown): Model {
  const content = recordAt(json, "content");
  const features = readFeatures(content["features"]);
  const preparation = readPreparation(content["preparation"], features);
  const { space, columns } = readSpace(content["space"], features.length);
  const clustering = readClustering(content["clustering"], columns);
  return {
    productVersion: textAt(content["productVersion"], "productVersion"),
    schema: readSchema(content["schema"]),
    ...{ features, preparation, space },
    clustering,
    training: readTraining(content["training"], clustering.segments.length),
    seeds: readSeeds(content["seeds"]),
    metrics: listAt(content["metrics"], "metrics").map(readMetric),
  };
}

/** @throws RangeError when the parts of a model do not fit together. */
export function requireModel(model: Model): void {
  requireShapes(model.clustering);
  readModelContent(modelContent(model));
}

function readFeatures(json: unknown): ModelFeature[] {
  const features = listAt(json, "features").map((item, i): ModelFeature => {
    const { name, definition } = recordAt(item, `features[${i}]`);
    return {
      name: textAt(name, `features[${i}].name`),
      definition: hashAt(definition, `features[${i}].definition`),
    };
  });
  if (features.length === 0) throw new RangeError("a model has at least one feature, got none");
  requireDifferent(
    features.map(({ name }) => name),
    "features",
  );
  return features;
}

function readPreparation(json: unknown, features: readonly ModelFeature[]): Preparation {
  const preparation = preparationFromJson(json);
  const [found, wanted] = [preparation.features, features].map((list) =>
    list.map(({ name }) => name).join(", "),
  );
  if (found !== wanted)
    throw new RangeError(`preparation has the steps of ${wanted}, in this order, got those of ${found}`);
  return preparation;
}

function readSchema(json: unknown): ModelSchema {
  const { columns, cleaning, referenceDate } = recordAt(json, "schema");
  const known = COLUMNS.map(({ name }) => name);
  return {
    columns: listAt(columns, "schema.columns").map((name, i) => oneOf(name, known, `schema.columns[${i}]`)),
    cleaning: readCleaning(cleaning),
    referenceDate: oneOf(referenceDate, ["day after the last line"], "schema.referenceDate"),
  };
}

function readCleaning(json: unknown): Cleaning {
  const at = "schema.cleaning";
  const cleaning = recordAt(json, at);
  const choice = (name: keyof Cleaning): "keep" | "drop" =>
    oneOf(cleaning[name], ["keep", "drop"], `${at}.${name}`);
  const limit = (name: keyof Cleaning): number | null =>
    cleaning[name] === null ? null : numberAt(cleaning[name], `${at}.${name}`);
  const codes = listAt(cleaning["nonProductCodes"], `${at}.nonProductCodes`).map((item, i): CodeGroup => {
    const group = recordAt(item, `${at}.nonProductCodes[${i}]`);
    return {
      reason: textAt(group["reason"], `${at}.nonProductCodes[${i}].reason`),
      codes: textsAt(group["codes"], `${at}.nonProductCodes[${i}].codes`),
    };
  });
  return completeOptions({
    repeatedLines: choice("repeatedLines"),
    zeroQuantities: choice("zeroQuantities"),
    priceFloor: limit("priceFloor"),
    nonProductCodes: codes,
    droppedCountries: textsAt(cleaning["droppedCountries"], `${at}.droppedCountries`),
    droppedCustomers: textsAt(cleaning["droppedCustomers"], `${at}.droppedCustomers`),
    largestQuantity: limit("largestQuantity"),
    cancelledSales: choice("cancelledSales"),
  });
}

function readTraining(json: unknown, segments: number): ModelTraining {
  const { fingerprint, customers, shares, referenceDate, sourceSha256 } = recordAt(json, "training");
  const day = textAt(referenceDate, "training.referenceDate");
  if (!isDay(day)) throw new RangeError(`training.referenceDate is a day such as 2011-12-10, got "${day}"`);
  return {
    fingerprint: hashAt(fingerprint, "training.fingerprint"),
    customers: wholeAt(customers, "training.customers", 1),
    shares: sharesAt(shares, "training.shares", segments),
    referenceDate: day,
    sourceSha256: sourceSha256 === null ? null : hashAt(sourceSha256, "training.sourceSha256"),
  };
}

function readSeeds(json: unknown): Record<string, number> {
  const seeds = recordAt(json, "seeds");
  for (const [name, seed] of Object.entries(seeds)) wholeAt(seed, `seeds.${name}`, Number.MIN_SAFE_INTEGER);
  return seeds as Record<string, number>;
}

function readMetric(json: unknown, i: number): ModelMetric {
  const { name, value, space } = recordAt(json, `metrics[${i}]`);
  return {
    name: textAt(name, `metrics[${i}].name`),
    value: numberAt(value, `metrics[${i}].value`),
    space: textAt(space, `metrics[${i}].space`),
  };
}

function hashAt(value: unknown, at: string): string {
  const text = textAt(value, at);
  if (SHA256.test(text)) return text;
  throw new RangeError(`${at} is a SHA-256 of 64 hexadecimal digits, got "${text.slice(0, 80)}"`);
}
