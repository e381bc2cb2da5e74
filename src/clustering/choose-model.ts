import type { ModelName } from "./models.js";

/** A model of the short list with what decides. */
export interface Finalist {
  model: ModelName;
  space: string;
  setting: number;
  /** Mean silhouette where all are compared. */
  separation: number;
  /** Mean adjusted Rand index of refits to resampled customers. */
  stability: number;
  /** What its best segment brings later, as a share of what as many customers by the rival bring. */
  value: number;
}

export interface ChoiceRule {
  /** Least stability; 0.7 by default. */
  leastStability: number;
  /** By how much another model must lead K-Means in separation, and may not fall behind it in the rest; 0.02 by default. */
  margin: number;
  /** Spaces in which later customers can be placed without a refit. */
  lasting: readonly string[];
}

export const defaultChoiceRule: ChoiceRule = {
  leastStability: 0.7,
  margin: 0.02,
  lasting: ["features", "pca", "umap", "forest"],
};

/** Which finalist is taken, and the sentence that says why. */
export interface Choice {
  chosen: Finalist;
  reason: string;
}

/** Models that assign later customers by a rule of their own. */
const PLACING: readonly ModelName[] = ["kmeans", "gmm"];

/**
 * The model to go on with. In this order: only those that place later customers without a refit; of these the stable
 * ones, or all when none is; of these K-Means with the best separation, unless another one leads it by the margin and
 * is not behind by more in stability or value.
 * @throws RangeError when no finalist can place later customers.
 */
export function chooseModel(finalists: readonly Finalist[], rule: Partial<ChoiceRule> = {}): Choice {
  const { leastStability, margin, lasting } = { ...defaultChoiceRule, ...rule };
  const placing = finalists.filter(({ model, space }) => PLACING.includes(model) && lasting.includes(space));
  if (placing.length === 0)
    throw new RangeError(
      `chooseModel needs a finalist that places later customers, got ${finalists.map(({ model, space }) => `${model} in ${space}`).join(", ") || "none"}`,
    );
  const stable = placing.filter(({ stability }) => stability >= leastStability);
  const field = (stable.length > 0 ? stable : placing).toSorted((a, b) => b.separation - a.separation);
  const kmeans = field.find(({ model }) => model === "kmeans");
  const best = field[0]!;
  if (kmeans === undefined) return { chosen: best, reason: "no K-Means is among those that may be taken" };
  const rival = field.find(
    (other) =>
      other.model !== "kmeans" &&
      other.separation > kmeans.separation + margin &&
      other.stability >= kmeans.stability - margin &&
      other.value >= kmeans.value - margin,
  );
  if (rival !== undefined) return { chosen: rival, reason: "it leads K-Means by more than the margin" };
  return {
    chosen: kmeans,
    reason: stable.length > 0 ? "no other leads it by more than the margin" : "nothing is stable enough",
  };
}
