/** What a fitted transform knows, as plain data: its kind and finite numbers. */
export interface TransformState {
  readonly kind: string;
}

/**
 * A change of a column that has been fitted and can be taken back. NaN stands for missing: it counts in no fit, and
 * stays NaN in both directions. Inputs are left as they are.
 */
export interface FittedTransform<State extends TransformState = TransformState> {
  /** All there is to know; `transformFromState` makes the same transform of it. */
  readonly state: State;
  transform(values: ArrayLike<number>): Float64Array;
  /** What was transformed to these values; NaN for what nothing is transformed to. */
  inverseTransform(values: ArrayLike<number>): Float64Array;
}

/** A transform that treats each value by itself; both functions turn NaN into NaN. */
export function elementwise<State extends TransformState>(
  state: State,
  forward: (value: number) => number,
  back: (value: number) => number,
): FittedTransform<State> {
  return {
    state,
    transform: (values) => mapNumbers(values, forward),
    inverseTransform: (values) => mapNumbers(values, back),
  };
}

function mapNumbers(values: ArrayLike<number>, change: (value: number) => number): Float64Array {
  const changed = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) changed[i] = change(values[i]!);
  return changed;
}
