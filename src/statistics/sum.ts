/**
 * The sum of the values, as if added exactly and rounded about once, whatever their order.
 * Infinite and NaN values give what plain addition gives; finite values whose sum overflows give an infinity.
 * @see Neumaier 1974, ZAMM 54:39-51 (compensated summation).
 */
export function compensatedSum(values: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}
