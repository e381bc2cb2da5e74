import type { Matrix } from "./matrix.js";
import { choleskyOf, solveCholesky } from "./positive-definite.js";

/** Where a smooth function of several variables is lowest, and how sure that is. */
export interface SmoothMinimum {
  x: Float64Array;
  value: number;
  /** Largest slope along a variable. */
  gradientNorm: number;
  /** Second derivatives at `x`. */
  hessian: Matrix;
  /** Whether the slope is as good as zero and the function bends upwards in every direction. */
  converged: boolean;
  iterations: number;
  evaluations: number;
}

export interface SmoothOptions {
  /** Slope that counts as zero, for a function and variables of the order of 1. */
  tolerance?: number;
  maxIterations?: number;
}

const GRADIENT_STEP = 6e-6;
const HESSIAN_STEP = 4e-4;
/** Second derivatives below this are rounding errors of the differences. */
const NOISE = 1e-7;
/** A step longer than this in any variable is cut: models are far from quadratic there. */
const LONGEST_STEP = 2;

/**
 * A local minimum of a smooth function: quasi-Newton steps (BFGS) with differences as derivatives, then Newton steps
 * on the differences of second order, which also tell whether it is a minimum.
 *
 * Meant for few variables of the order of 1, such as logarithms of parameters. Where the function is infinite or NaN
 * it is not entered.
 * @throws RangeError when the function is not finite at the start, or the start is empty.
 * @see Nocedal & Wright 2006, Numerical Optimization, chapters 6 and 8.
 */
export function minimizeSmooth(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  { tolerance = 1e-7, maxIterations = 200 }: SmoothOptions = {},
): SmoothMinimum {
  const d = start.length;
  let x: Float64Array = Float64Array.from(start);
  let evaluations = 0;
  const measure = (at: Float64Array): number => {
    evaluations++;
    const value = f(at);
    return Number.isNaN(value) ? Infinity : value;
  };
  let value = measure(x);
  if (d === 0 || !Number.isFinite(value))
    throw new RangeError(
      `minimizeSmooth needs a start where the function is finite, got ${value} at [${x.join(", ")}]`,
    );
  let gradient: Float64Array = gradientAt(measure, x);
  let inverse = identity(d);
  let iterations = 0;
  // BFGS stops where differences of first order no longer tell downhill; Newton steps go on from there.
  for (; iterations < maxIterations && largest(gradient) > tolerance; iterations++) {
    let direction = times(inverse, gradient, -1);
    if (!(dot(direction, gradient) < 0)) {
      inverse = identity(d);
      direction = gradient.map((slope) => -slope);
    }
    const next = searchLine(measure, x, value, gradient, direction);
    if (next === undefined) break;
    const slopes = gradientAt(measure, next.x);
    inverse = updated(
      inverse,
      next.x.map((at, i) => at - x[i]!),
      slopes.map((slope, i) => slope - gradient[i]!),
    );
    const gained = value - next.value;
    [x, value, gradient] = [next.x, next.value, slopes];
    if (gained <= 1e-14 * Math.abs(value)) break;
  }
  let hessian = hessianAt(measure, x, value);
  for (let step = 0; step < 20 && largest(gradient) > tolerance / 100; step++) {
    const lower = choleskyOf(hessian);
    if (lower === undefined) break;
    const direction = solveCholesky(lower, gradient).map((change) => -change);
    const next = searchLine(measure, x, value, gradient, direction);
    if (next === undefined) break;
    const slopes = gradientAt(measure, next.x);
    if (largest(slopes) >= largest(gradient) && next.value >= value - 1e-13 * Math.abs(value)) break;
    [x, value, gradient] = [next.x, next.value, slopes];
    hessian = hessianAt(measure, x, value);
    iterations++;
  }
  const gradientNorm = largest(gradient);
  const isFlat = gradientNorm <= tolerance * Math.max(1, Math.abs(value));
  const converged =
    isFlat && choleskyOf(lessDiagonal(hessian, NOISE * Math.max(1, Math.abs(value)))) !== undefined;
  return { x, value, gradientNorm, hessian, converged, iterations, evaluations };
}

/** The first of ever shorter steps that goes down enough. */
function searchLine(
  f: (x: Float64Array) => number,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
): { x: Float64Array; value: number } | undefined {
  const slope = dot(direction, gradient);
  let share = Math.min(1, LONGEST_STEP / largest(direction));
  for (let tries = 0; tries < 40; tries++, share /= 2) {
    const at = x.map((from, i) => from + share * direction[i]!);
    const found = f(at);
    // Rounding of the value itself must not refuse the last steps.
    if (found <= value + 1e-4 * share * slope + 1e-15 * Math.abs(value)) return { x: at, value: found };
  }
  return undefined;
}

function gradientAt(f: (x: Float64Array) => number, x: Float64Array): Float64Array {
  return x.map((at, i) => {
    const step = GRADIENT_STEP * Math.max(1, Math.abs(at));
    const [above, below] = [x.slice(), x.slice()];
    above[i] = at + step;
    below[i] = at - step;
    return (f(above) - f(below)) / (above[i]! - below[i]!);
  });
}

function hessianAt(f: (x: Float64Array) => number, x: Float64Array, value: number): Matrix {
  const d = x.length;
  const data = new Float64Array(d * d);
  const steps = x.map((at) => HESSIAN_STEP * Math.max(1, Math.abs(at)));
  const moved = (i: number, byI: number, j: number, byJ: number): number => {
    const at = x.slice();
    at[i]! += byI * steps[i]!;
    at[j]! += byJ * steps[j]!;
    return f(at);
  };
  for (let i = 0; i < d; i++) {
    data[i * d + i] = (moved(i, 1, i, 0) - 2 * value + moved(i, -1, i, 0)) / steps[i]! ** 2;
    for (let j = 0; j < i; j++) {
      const mixed = moved(i, 1, j, 1) - moved(i, 1, j, -1) - moved(i, -1, j, 1) + moved(i, -1, j, -1);
      data[i * d + j] = mixed / (4 * steps[i]! * steps[j]!);
      data[j * d + i] = data[i * d + j]!;
    }
  }
  return { rows: d, columns: d, data };
}

function lessDiagonal({ rows, columns, data }: Matrix, amount: number): Matrix {
  return { rows, columns, data: data.map((value, i) => (i % (rows + 1) === 0 ? value - amount : value)) };
}

/** The BFGS update of the inverse Hessian; left as it is where the function does not bend upwards along the step. */
function updated(inverse: Matrix, step: Float64Array, change: Float64Array): Matrix {
  const d = step.length;
  const along = dot(step, change);
  if (!(along > 1e-12 * Math.sqrt(dot(step, step) * dot(change, change)))) return inverse;
  const moved = times(inverse, change, 1);
  const scale = (1 + dot(change, moved) / along) / along;
  const data = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      data[i * d + j] =
        inverse.data[i * d + j]! +
        scale * step[i]! * step[j]! -
        (moved[i]! * step[j]! + step[i]! * moved[j]!) / along;
  return { rows: d, columns: d, data };
}

function identity(d: number): Matrix {
  const data = new Float64Array(d * d);
  for (let i = 0; i < d; i++) data[i * d + i] = 1;
  return { rows: d, columns: d, data };
}

function times({ rows, data }: Matrix, x: Float64Array, factor: number): Float64Array {
  return x.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < rows; j++) sum += data[i * rows + j]! * x[j]!;
    return factor * sum;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
