import type { MixtureModel } from "../gaussian-mixture.js";

/**
 * The same mixture with its components in another order, such as that of their value.
 * @param order - which component comes first, second, ...: each once.
 * @throws RangeError when one is missing.
 */
export function permuteComponents(mixture: MixtureModel, order: readonly number[]): MixtureModel {
  const { covarianceType, weights, means, covariances } = mixture;
  const k = weights.length;
  const isOrder = order.length === k && [...order].sort((a, b) => a - b).every((c, i) => c === i);
  if (!isOrder)
    throw new RangeError(`permuteComponents needs each of ${k} components once, got ${order.join(", ")}`);
  return {
    covarianceType,
    weights: permute(weights, order),
    means: { ...means, data: permute(means.data, order) },
    // All components share the one that is tied.
    covariances: covarianceType === "tied" ? covariances.slice() : permute(covariances, order),
  };
}

/** @param values - those of one component after those of the other. */
function permute(values: Float64Array, order: readonly number[]): Float64Array {
  const size = values.length / order.length;
  const permuted = new Float64Array(values.length);
  order.forEach((c, at) => {
    permuted.set(values.subarray(c * size, (c + 1) * size), at * size);
  });
  return permuted;
}
