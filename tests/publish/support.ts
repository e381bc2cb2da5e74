import { readFileSync } from "node:fs";
import { cleanInvoices } from "#src/cleaning/clean.js";
import type { CleaningOptions } from "#src/cleaning/options.js";
import { kmeans } from "#src/clustering/kmeans.js";
import { withDatabase } from "#src/data/database.js";
import { loadInvoices } from "#src/data/load.js";
import { fitForest } from "#src/embedding/forest.js";
import { fitForestSpace } from "#src/embedding/forest-space.js";
import { fitPca } from "#src/embedding/pca.js";
import { fitUmap } from "#src/embedding/umap.js";
import { buildCustomers } from "#src/features/customers.js";
import { column, type Matrix, takeRows } from "#src/math/matrix.js";
import { choosePlan } from "#src/preparation/choose-plan.js";
import { type CustomerColumns, readCustomerColumns } from "#src/preparation/customer-columns.js";
import { fitPreparation, type Prepared } from "#src/preparation/preparation.js";
import { createModel, type ModelParts } from "#src/publish/create-model.js";
import type { Model } from "#src/publish/model.js";
import { type ModelSpace, placeInSpace } from "#src/publish/model-space.js";
import { clouds } from "../embedding/support.js";

export const KINDS = ["features", "pca", "umap", "forest"] as const;

/** What model.py wrote. */
export interface Expected {
  rows: number[][];
  new: number[][];
  cases: {
    space: "features" | "pca";
    centers: number[][];
    labels: number[];
    distances: number[];
    nextDistances: number[];
  }[];
  fingerprint: { ids: string[]; names: string[]; X: number[][]; sha256: string };
}

export function readExpected(): Expected {
  const url = new URL("../../../tests/publish/fixtures/model.json", import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Expected;
}

/** Customers with these values of these measures. */
export function tableOf(X: Matrix, names: readonly string[]): CustomerColumns {
  return {
    ids: Array.from({ length: X.rows }, (_, i) => `c${i}`),
    columns: Object.fromEntries(names.map((name, j) => [name, column(X, j)])),
  };
}

export const NAMES = ["recency_days", "orders", "gross_revenue", "top_product_share"];

/** Customers in three clouds, prepared; values above zero. */
export function cloudCustomers(): {
  table: CustomerColumns;
  parts: Pick<ModelParts, "points" | "preparation">;
} {
  const X = clouds(20, NAMES.length, 5);
  const table = tableOf({ ...X, data: X.data.map((value) => Math.exp(value / 4)) }, NAMES);
  const plan = NAMES.map((name) => ({
    ...{ name, impute: "median" as const, transform: "log1p" as const, scale: "standard" as const },
  }));
  const { preparation, prepared } = fitPreparation(table, plan);
  return { table, parts: { points: prepared, preparation } };
}

/** A space of a kind, fitted to prepared customers. */
export async function fitSpace(kind: ModelSpace["kind"], { X }: Pick<Prepared, "X">): Promise<ModelSpace> {
  const options = { nNeighbors: 10, nEpochs: 60, seed: 3 };
  switch (kind) {
    case "features":
      return { kind };
    case "pca":
      return { kind, state: fitPca(X, { nComponents: 2 }).state };
    case "umap":
      return { kind, state: (await fitUmap(X, options)).state };
    case "forest": {
      const forest = await fitForest(X, column(X, 2), { nTrees: 20, seed: 4 });
      return { kind, state: (await fitForestSpace(forest, X, options)).state };
    }
  }
}

const cloudSpaces = new Map<ModelSpace["kind"], Promise<ModelSpace>>();

/** A copy of the space fitted once. */
async function cloudSpace(kind: ModelSpace["kind"]): Promise<ModelSpace> {
  const fitted = cloudSpaces.get(kind) ?? fitSpace(kind, cloudCustomers().parts.points);
  cloudSpaces.set(kind, fitted);
  return structuredClone(await fitted);
}

/** A model with a centre in each cloud of `cloudCustomers`, in a space of a kind. */
export async function cloudModel(kind: ModelSpace["kind"], more: Partial<ModelParts> = {}): Promise<Model> {
  const { parts } = cloudCustomers();
  const space = await cloudSpace(kind);
  return createModel({
    ...parts,
    space,
    centers: takeRows(placeInSpace(space, parts.points.X), Int32Array.of(0, 20, 40)),
    segments: ["Insiders", "Regulars", "Guests"],
    referenceDate: "2011-12-10",
    seeds: { umap: 3, forest: 4 },
    metrics: [{ name: "silhouette", value: 0.1 + 0.2, space: "features" }],
    ...more,
  });
}

export const SAMPLE: string = new URL("../../../data/sample/online-retail-sample.csv", import.meta.url)
  .pathname;

/** The sample's lines of those customers whose number leaves a rest of 0. */
export function linesOfEvery(divisor: number): string[] {
  const lines = readFileSync(SAMPLE, "latin1").split("\n").slice(1);
  return lines.filter((line) => Number(/,(\d+),[^,]*$/.exec(line)?.[1]) % divisor === 0);
}

/** The customers of a file at a date, a model fitted to them, and which segments K-Means put them in. */
export interface ShopModel {
  path: string;
  model: Model;
  segments: ReadonlyMap<string, string>;
}

/** How the customers of a shop are seen; the sample's features and the day after the last line when left out. */
export interface ShopOptions {
  referenceDate?: string;
  cleaning?: CleaningOptions;
  names?: readonly string[];
}

/** A model of a file's customers in a space of a kind. */
export async function shopModel(
  path: string,
  kind: ModelSpace["kind"],
  options: ShopOptions = {},
): Promise<ShopModel> {
  return withDatabase(async (db) => {
    await loadInvoices(db, path);
    await cleanInvoices(db, options.cleaning);
    const { referenceDate } = await buildCustomers(db, { referenceDate: options.referenceDate });
    const names = options.names ?? ["gross_revenue", "recency_days", "orders"];
    const table = await readCustomerColumns(db, names);
    const { preparation, prepared } = fitPreparation(table, choosePlan(table, { mostMissing: 1 }).plan);
    const space = await fitSpace(kind, prepared);
    const segmentNames = ["Insiders", "B", "C", "D"];
    const { centers, labels } = kmeans(placeInSpace(space, prepared.X), { nClusters: 4, nInit: 3, seed: 1 });
    const model = createModel({
      ...{ points: prepared, preparation, space, centers, segments: segmentNames },
      ...{ referenceDate, cleaning: options.cleaning ?? {} },
    });
    const segments = Array.from(labels, (label) => segmentNames[label]!);
    return { path, model, segments: new Map(prepared.ids.map((id, i) => [id, segments[i]!])) };
  });
}
