import { addedByCorrelation, normalBetween } from "../math/normal.js";
import { type ContingencyTable, chiSquare } from "./contingency.js";

/** The normal of Phi-K is cut into cells between these two. */
const REACH = 5;

/**
 * How much two columns of categories tell about each other, corrected for what chance alone would show.
 *
 * NaN where nothing can be told: a table of one row or column, or one whose categories are as many as its cases
 * (ydata-profiling writes 1 there).
 * @returns one value in [0, 1]; it may exceed 1 in tables of very few cases.
 * @see Bergsma 2013, J. Korean Stat. Soc. 42:323-328; equals ydata-profiling's Cramer's V, on scipy's
 * chi2_contingency (Yates' correction in 2 x 2 tables).
 */
export function cramersV(table: ContingencyTable): number {
  const { rows, columns, total } = table;
  if (rows < 2 || columns < 2 || total < 2) return Number.NaN;
  const phi2 = chiSquare(table) / total;
  const unbiased = Math.max(0, phi2 - ((columns - 1) * (rows - 1)) / (total - 1));
  const rowsLeft = rows - (rows - 1) ** 2 / (total - 1);
  const columnsLeft = columns - (columns - 1) ** 2 / (total - 1);
  const room = Math.min(rowsLeft, columnsLeft) - 1;
  // What is left of n categories in n cases is 0 up to rounding.
  return room > 1e-12 ? Math.sqrt(unbiased / room) : Number.NaN;
}

/**
 * The correlation of a bivariate normal, cut into as many equal cells between -5 and 5, that would show the same
 * chi-square as the table, above what chance alone shows. It works for categories, binned numbers and their mixtures.
 * @returns one value in [0, 1]; NaN for a table of one row or column.
 * @see Baak et al. 2020, Comput. Stat. Data Anal. 152:107043; equals phik.phik_from_hist2d to the accuracy of its
 * root search (1e-5) and of its integrals.
 */
export function phiK(table: ContingencyTable): number {
  const { rows, columns, total } = table;
  if (rows < 2 || columns < 2) return Number.NaN;
  const chi2 = chiSquare(table);
  const noise = (rows - 1) * (columns - 1);
  const largest = total * Math.min(rows - 1, columns - 1);
  if (chi2 <= noise) return 0;
  if (chi2 >= largest * (1 - 1e-12)) return 1;
  const divergence = normalDivergence(rows, columns);
  // The share of the way from independence to a line, in the same units for the table and for the normal.
  const wanted = ((chi2 - noise) / (largest - noise)) * divergence(1);
  return findIncreasing((rho) => divergence(rho) - wanted);
}

/** Chi-square per case of a binned bivariate normal against independence, as a function of its correlation. */
function normalDivergence(rows: number, columns: number): (rho: number) => number {
  const xEdges = equalEdges(rows);
  const yEdges = equalEdges(columns);
  const byX = cellChances(xEdges);
  const byY = cellChances(yEdges);
  return (rho) => {
    const added = addedByCorrelation(xEdges, yEdges, rho);
    let sum = 0;
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) sum += added[i * columns + j]! ** 2 / (byX[i]! * byY[j]!);
    return sum;
  };
}

function equalEdges(cells: number): number[] {
  return Array.from({ length: cells + 1 }, (_, i) => -REACH + (2 * REACH * i) / cells);
}

function cellChances(edges: readonly number[]): number[] {
  return edges.slice(1).map((to, i) => normalBetween(edges[i]!, to));
}

/** Where an increasing function, negative at 0 and positive at 1, crosses zero: regula falsi, Illinois variant. */
function findIncreasing(f: (at: number) => number): number {
  let [low, high] = [0, 1];
  let [below, above] = [f(low), f(high)];
  // Which end stayed in the last step: one that stays twice has its value halved, so that it moves.
  let stayed: "low" | "high" | undefined;
  for (let step = 0; step < 200 && high - low > 1e-10; step++) {
    const middle = (low * above - high * below) / (above - below);
    const value = f(middle);
    if (Math.abs(value) < 1e-13) return middle;
    if (value < 0) {
      [low, below] = [middle, value];
      if (stayed === "high") above /= 2;
      stayed = "high";
    } else {
      [high, above] = [middle, value];
      if (stayed === "low") below /= 2;
      stayed = "low";
    }
  }
  return (low + high) / 2;
}
