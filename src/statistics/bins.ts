/** How many values lie in [from, to); the last bin includes its end. */
export interface Bin {
  from: number;
  to: number;
  count: number;
}

/**
 * Counts of positive values in bins of equal width on a logarithmic scale, from the power of ten at or below the
 * smallest to the end of the bin of the largest. Values that are not positive are left out.
 * @param perDecade - bins between a number and its tenfold.
 */
export function logBins(values: ArrayLike<number>, perDecade = 4): Bin[] {
  if (!Number.isInteger(perDecade) || perDecade < 1)
    throw new RangeError(`logBins needs a whole number of bins per decade, got ${perDecade}`);
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value > 0 && value < Infinity)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (max < min) return [];
  const first = Math.floor(Math.log10(min)) * perDecade;
  const edges: number[] = [];
  for (let i = first; edges.length < 2 || edges.at(-1)! <= max; i++) edges.push(edge(i, perDecade));
  const bins = edges.slice(1).map((to, i) => ({ from: edges[i]!, to, count: 0 }));
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value > 0 && value < Infinity)) continue;
    let at = Math.min(bins.length - 1, Math.floor(Math.log10(value) * perDecade) - first);
    // A logarithm may round across an edge.
    while (value < bins[at]!.from) at--;
    while (value >= bins[at]!.to) at++;
    bins[at]!.count++;
  }
  return bins;
}

function edge(i: number, perDecade: number): number {
  const exponent = Math.floor(i / perDecade);
  return Number(`1e${exponent}`) * 10 ** ((i - exponent * perDecade) / perDecade);
}
