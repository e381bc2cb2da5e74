import type { ForestState } from "../embedding/forest.js";
import { ForestSpace, type ForestSpaceState } from "../embedding/forest-space.js";
import { Pca, type PcaState } from "../embedding/pca.js";
import { Umap, type UmapState } from "../embedding/umap.js";
import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { listAt, numberAt, numbersAt, oneOf, recordAt, wholeAt } from "./fields.js";

/** Where the segments' centres are: among the prepared features, or in a space fitted to these. */
export type ModelSpace =
  | { kind: "features" }
  | { kind: "pca"; state: PcaState }
  | { kind: "umap"; state: UmapState }
  | { kind: "forest"; state: ForestSpaceState };

/** The same as plain data. */
export type ModelSpaceJson = ModelSpace;

const KINDS = ["features", "pca", "umap", "forest"] as const;

/**
 * Prepared customers as points of the space, by what was fitted and nothing else: each on its own.
 * @param X - n x d, the model's features in their order.
 * @throws RangeError for other columns than were fitted, or a value that is not finite.
 */
export function placeInSpace(space: ModelSpace, X: Matrix): Matrix {
  switch (space.kind) {
    case "features":
      requireFinite("a model", X);
      return X;
    case "pca":
      return new Pca(space.state).transform(X);
    case "umap":
      return new Umap(space.state).transform(X);
    case "forest":
      return new ForestSpace(space.state).transform(X);
  }
}

/** The space as plain data that JSON has: a forest whose share of variance is unknown says null. */
export function spaceToJson(space: ModelSpace): ModelSpaceJson {
  if (space.kind !== "forest") return space;
  const { outOfBagR2 } = space.state.forest;
  const known = outOfBagR2 !== null && Number.isFinite(outOfBagR2) ? outOfBagR2 : null;
  return { ...space, state: { ...space.state, forest: { ...space.state.forest, outOfBagR2: known } } };
}

/**
 * A stored space after a look at all of its numbers, and how many coordinates its points have.
 * @param d - number of features.
 * @throws RangeError that names what does not fit.
 */
export function readSpace(json: unknown, d: number): { space: ModelSpace; columns: number } {
  const { kind: word, state } = recordAt(json, "space");
  const kind = oneOf(word, KINDS, "space.kind");
  switch (kind) {
    case "features":
      return { space: { kind }, columns: d };
    case "pca":
      return { space: { kind, state: state as PcaState }, columns: requirePca(state, d) };
    case "umap":
      requireUmap(state, d);
      return { space: { kind, state: state as UmapState }, columns: 2 };
    case "forest":
      requireForestSpace(state, d);
      return { space: { kind, state: state as ForestSpaceState }, columns: 2 };
  }
}

/** @returns how many components there are. */
function requirePca(json: unknown, d: number): number {
  const state = recordAt(json, "space.state");
  oneOf(state["kind"], ["pca"], "space.state.kind");
  numbersAt(state["mean"], "space.state.mean", d);
  const components = listAt(state["components"], "space.state.components");
  if (components.length === 0) throw new RangeError("space.state.components has at least one, got none");
  for (const [c, component] of components.entries()) numbersAt(component, `space.state.components[${c}]`, d);
  for (const name of ["explainedVariance", "explainedVarianceRatio"])
    numbersAt(state[name], `space.state.${name}`, components.length);
  return components.length;
}

function requireUmap(json: unknown, d: number): void {
  const state = recordAt(json, "space.state");
  oneOf(state["kind"], ["umap"], "space.state.kind");
  if (state["columns"] !== d)
    throw new RangeError(`space.state.columns is ${d}, a column a feature, got ${state["columns"]}`);
  requireMap(state["map"], requireRows(state["data"], d));
}

function requireForestSpace(json: unknown, d: number): void {
  const state = recordAt(json, "space.state");
  oneOf(state["kind"], ["forest-space"], "space.state.kind");
  requireForest(state["forest"], d);
  requireMap(state["map"], requireRows(state["data"], d));
}

/** @returns the number of rows. */
function requireRows(json: unknown, d: number): number {
  const data = numbersAt(json, "space.state.data");
  if (data.length === 0 || data.length % d !== 0)
    throw new RangeError(`space.state.data has rows of ${d} numbers, got ${data.length} numbers`);
  return data.length / d;
}

function requireMap(json: unknown, rows: number): void {
  const at = "space.state.map";
  const map = recordAt(json, at);
  oneOf(map["kind"], ["umap-map"], `${at}.kind`);
  numbersAt(map["positions"], `${at}.positions`, 2 * rows);
  if (wholeAt(map["k"], `${at}.k`, 1) >= rows)
    throw new RangeError(`${at}.k is less than the ${rows} rows, got ${map["k"]}`);
  for (const name of ["nEpochs", "negativeSampleRate"]) wholeAt(map[name], `${at}.${name}`, 1);
  for (const name of ["learningRate", "repulsionStrength"]) numberAt(map[name], `${at}.${name}`);
  wholeAt(map["seed"], `${at}.seed`, Number.MIN_SAFE_INTEGER);
  const curve = recordAt(map["curve"], `${at}.curve`);
  for (const name of ["a", "b"]) numberAt(curve[name], `${at}.curve.${name}`);
}

function requireForest(json: unknown, d: number): void {
  const at = "space.state.forest";
  const forest = recordAt(json, at) as unknown as ForestState;
  oneOf(forest.kind, ["forest"], `${at}.kind`);
  if (forest.columns !== d)
    throw new RangeError(`${at}.columns is ${d}, a column a feature, got ${forest.columns}`);
  if (forest.outOfBagR2 !== null) numberAt(forest.outOfBagR2, `${at}.outOfBagR2`);
  const trees = listAt(forest.trees, `${at}.trees`);
  if (trees.length === 0) throw new RangeError(`${at}.trees has at least one, got none`);
  trees.forEach((tree, t) => {
    requireTree(tree, d, `${at}.trees[${t}]`);
  });
}

/** A walk down the tree has to end: children come after their parents, and within the tree. */
function requireTree(json: unknown, d: number, at: string): void {
  const tree = recordAt(json, at);
  const features = numbersAt(tree["features"], `${at}.features`);
  const count = features.length;
  if (count === 0) throw new RangeError(`${at} has at least one node, got none`);
  numbersAt(tree["numbers"], `${at}.numbers`, count);
  const rights = numbersAt(tree["rights"], `${at}.rights`, count);
  features.forEach((feature, node) => {
    if (!Number.isInteger(feature) || feature < -1 || feature >= d)
      throw new RangeError(`${at}.features[${node}] is -1 to ${d - 1}, got ${feature}`);
    const right = rights[node]!;
    const isFit = feature === -1 || (Number.isInteger(right) && right > node + 1 && right < count);
    if (!isFit) throw new RangeError(`${at}.rights[${node}] is a later node of ${count}, got ${right}`);
  });
}
