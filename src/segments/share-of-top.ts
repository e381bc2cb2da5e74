/**
 * Share of the revenue that customers with the highest scores bring. Customers who tie at the border count in part, as
 * the mean over every way to choose among them.
 * @param scores - of each customer, finite; higher is better.
 * @param revenue - of each customer, in the same order; 0 where a customer brought none.
 * @param count - how many customers are chosen, 0 to n.
 * @returns 0 to 1 for revenue without negative values; NaN when nobody brought any.
 * @throws RangeError for lengths that differ, another count or a value that is not finite.
 */
export function shareOfTop(scores: ArrayLike<number>, revenue: ArrayLike<number>, count: number): number {
  const n = scores.length;
  if (revenue.length !== n)
    throw new RangeError(`shareOfTop needs a revenue for each of ${n} scores, got ${revenue.length}`);
  if (!Number.isInteger(count) || count < 0 || count > n)
    throw new RangeError(`shareOfTop chooses 0 to n customers, got ${count} (n = ${n})`);
  for (const [what, values] of [["scores", scores] as const, ["revenue", revenue] as const])
    for (let i = 0; i < n; i++)
      if (!Number.isFinite(values[i]))
        throw new RangeError(`shareOfTop needs finite ${what}, got ${values[i]} (customer ${i})`);
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  let [total, chosen, left] = [0, 0, count];
  for (let from = 0; from < n; ) {
    let [to, sum] = [from, 0];
    for (; to < n && scores[order[to]!] === scores[order[from]!]; to++) sum += revenue[order[to]!]!;
    const part = Math.min(1, left / (to - from));
    left -= Math.min(left, to - from);
    chosen += part * sum;
    total += sum;
    from = to;
  }
  return chosen / total;
}
