/**
 * The number of few digits next to a value: people read thresholds, and the last digits of 1,873.42 tell nothing.
 * @param digits - significant ones, 2 when left out.
 * @param toward - to the nearest one when left out; "down" and "up" never pass the value.
 */
export function readableNumber(
  value: number,
  { digits = 2, toward = "nearest" }: { digits?: number; toward?: "nearest" | "down" | "up" } = {},
): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const exponent = Math.floor(Math.log10(Math.abs(value))) - digits + 1;
  // A whole divisor for small values: 3 / 10 is .3, 3 * .1 is not.
  const scale = 10 ** Math.abs(exponent);
  const steps = exponent < 0 ? value * scale : value / scale;
  // 0.29 * 100 is 28.999999999999996.
  const near = Math.round(steps);
  const isWhole = Math.abs(steps - near) < 1e-9 * Math.abs(steps);
  const kept =
    toward === "nearest" || isWhole ? near : toward === "down" ? Math.floor(steps) : Math.ceil(steps);
  return exponent < 0 ? kept / scale : kept * scale;
}
