import type { Random } from "../../math/random.js";

/**
 * What a model says of a customer who came `repeats` times after the first day, the last of these `last` after the
 * first, and who has been known for `age`; all times in one unit.
 */
export interface PurchaseLaw {
  logLikelihood(repeats: number, last: number, age: number): number;
  /** Chance that the customer still buys. */
  aliveProbability(repeats: number, last: number, age: number): number;
  /** Expected order days in the time to come. */
  expectedPurchases(time: number, repeats: number, last: number, age: number): number;
  /** One of the futures that the model deems possible: a number of order days. */
  drawPurchases(random: Random, time: number, repeats: number, last: number, age: number): number;
  /** What a new customer may do until that age. */
  drawHistory(random: Random, age: number): DrawnHistory;
}

/** A history that a law drew. */
export interface DrawnHistory {
  repeats: number;
  /** When the last purchase was, 0 without repeats. */
  last: number;
  /** Sum of the logarithms of the times between purchases. */
  logGaps: number;
}

/** A family of laws, one for each set of positive parameters. */
export interface PurchaseModel {
  name: string;
  parameterNames: readonly string[];
  /**
   * How regular the times between purchases are supposed to be: 1, or nothing, for times as random as can be, 2 for gaps of
   * two such times. The likelihoods of models differ by a term of the gaps then, which `fitPurchases` adds.
   */
  regularity?: number;
  /** The law of these parameters, in the order of their names. */
  law(parameters: ArrayLike<number>): PurchaseLaw;
  /** Where to begin the search, from the mean number of repeat days and the mean age. */
  start(meanRepeats: number, meanAge: number): number[];
}
