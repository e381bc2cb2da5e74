import assert from "node:assert/strict";

/**
 * Holds what the product says to what SQL finds: counts exactly, other numbers to 1e-9 of themselves, nothing as
 * nothing (null and NaN alike), the rest as it is.
 */
export function assertSame(product: unknown, sql: unknown, where = ""): void {
  if (isNothing(product) || isNothing(sql))
    return assert.ok(isNothing(product) && isNothing(sql), `${where}: ${product}, by SQL ${sql}`);
  if (typeof product === "number" && typeof sql === "number") {
    const isClose = Math.abs(product - sql) <= 1e-9 * Math.abs(sql) + 1e-12;
    return assert.ok(isClose, `${where}: ${product}, by SQL ${sql}`);
  }
  if (typeof product !== "object" || typeof sql !== "object")
    return assert.equal(product, sql, `${where}: ${product}, by SQL ${sql}`);
  const [ours, theirs] = [Object.entries(product as object), Object.entries(sql as object)];
  assert.deepEqual(
    ours.map(([name]) => name).sort(),
    theirs.map(([name]) => name).sort(),
    `${where} is of other parts`,
  );
  const found = new Map(theirs);
  for (const [name, value] of ours) assertSame(value, found.get(name), where === "" ? name : `${where}.${name}`);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}
