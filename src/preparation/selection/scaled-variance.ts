import { requireFinite } from "../../math/finite.js";
import { column, type Matrix } from "../../math/matrix.js";
import { fitMinMax } from "../transforms/min-max.js";
import { varianceOf } from "../transforms/power-likelihood.js";

/**
 * Population variance of each column once its values lie between 0 and 1, so that no unit counts: 0.25 when half of
 * the rows are at each end, 0.083 when spread evenly, next to 0 when almost all share one place. A standardized column
 * gives the same as the column it came from.
 * @param X - n x d, finite.
 * @returns d values in [0, 0.25]; 0 for a constant column.
 * @throws RangeError when there is no row, or a value is not finite.
 */
export function scaledVariance(X: Matrix): Float64Array {
  requireFinite("scaledVariance", X);
  return Float64Array.from({ length: X.columns }, (_, j) => {
    const values = column(X, j);
    return varianceOf(fitMinMax(values).transform(values));
  });
}
