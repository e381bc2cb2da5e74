import type { Curve } from "./curve.js";

/** Squared distances from 2^-40 to 2^30 are told apart, 128 of them in each doubling. */
const LOWEST_EXPONENT = -40;
const HIGHEST_EXPONENT = 30;
const STEP_BITS = 7;
/** Bits of a float below the step. */
export const REST_BITS: number = 23 - STEP_BITS;
/** Step of the lowest squared distance, as bits of a float without the rest. */
export const FIRST_STEP: number = (LOWEST_EXPONENT + 127) << STEP_BITS;
export const STEPS: number = (HIGHEST_EXPONENT - LOWEST_EXPONENT) << STEP_BITS;

/**
 * How hard points pull and push at squared distances a step apart. Between two steps one draws a straight line, which
 * is within 1e-4 of the formula and takes the place of a power, the costliest part of the layout.
 */
export interface ForceTables {
  pull: Float64Array;
  push: Float64Array;
}

/** @param strength - of repulsion; 1 is the usual one. */
export function tabulateForces({ a, b }: Curve, strength: number): ForceTables {
  const pull = new Float64Array(STEPS + 1);
  const push = new Float64Array(STEPS + 1);
  for (let step = 0; step <= STEPS; step++) {
    const squared = squaredDistanceAt(step);
    const power = squared ** b;
    pull[step] = (-2 * a * b * power) / squared / (a * power + 1);
    push[step] = (2 * strength * b) / ((0.001 + squared) * (a * power + 1));
  }
  return { pull, push };
}

function squaredDistanceAt(step: number): number {
  const perDoubling = 1 << STEP_BITS;
  return 2 ** (LOWEST_EXPONENT + Math.floor(step / perDoubling)) * (1 + (step % perDoubling) / perDoubling);
}
