import assert from "node:assert/strict";

/**
 * Holds what the product says to what SQL finds: counts exactly, other numbers to 1e-9 of themselves, nothing as
 * nothing (null and NaN alike), the rest as it is.
 */
export function assertSame(product: unknown, sql: unknown, where = ""): void {
  const message = `${where}: ${product}, by SQL ${sql}`;
  if (isNothing(product) || isNothing(sql)) {
    assert.ok(isNothing(product) && isNothing(sql), message);
  } else if (isParted(product) && isParted(sql)) {
    const names = [product, sql].map((parts) => Object.keys(parts).sort());
    assert.deepEqual(names[0], names[1], `${where} is of other parts`);
    for (const name of names[0]!)
      assertSame(product[name], sql[name], where === "" ? name : `${where}.${name}`);
  } else if (typeof product === "number" && typeof sql === "number" && !Number.isInteger(sql)) {
    assert.ok(Math.abs(product - sql) <= 1e-9 * Math.abs(sql) + 1e-12, message);
  } else if (typeof product === "number" && typeof sql === "number") {
    // A whole amount may have been added up from parts that are not.
    const room = Number.isInteger(product) ? 0 : 1e-9 * Math.abs(sql) + 1e-12;
    assert.ok(Math.abs(product - sql) <= room, message);
  } else {
    assert.equal(product, sql, message);
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function isParted(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
