import { elementwise, type FittedTransform } from "./fitted-transform.js";
import { presentValues } from "./present.js";

export interface Log1pState {
  readonly kind: "log1p";
}

/**
 * The natural logarithm of 1 + x: zero stays zero, and each further e-fold of 1 + x adds 1.
 * @throws RangeError when a value is not above -1.
 * @see equals sklearn.preprocessing.FunctionTransformer(numpy.log1p, inverse_func=numpy.expm1).
 */
export function fitLog1p(values: ArrayLike<number>): FittedTransform<Log1pState> {
  presentValues("fitLog1p", values).forEach(requireAboveMinusOne);
  return log1p();
}

/** The transform itself: it has nothing to fit. */
export function log1p(): FittedTransform<Log1pState> {
  return elementwise({ kind: "log1p" }, (value) => Math.log1p(requireAboveMinusOne(value)), Math.expm1);
}

function requireAboveMinusOne(value: number): number {
  if (value <= -1) throw new RangeError(`log1p needs values above -1, got ${value}`);
  return value;
}
