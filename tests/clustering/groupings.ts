import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const folder = new URL("../../../tests/clustering/fixtures/", import.meta.url);

/** What a script beside it wrote. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8")) as T;
}

/** Fails unless both put the same rows together; only -1, for noise, must be the same number in both. */
export function assertSameGroups(actual: ArrayLike<number>, wanted: ArrayLike<number>, what: string): void {
  assert.equal(actual.length, wanted.length, what);
  const [to, from] = [new Map([[-1, -1]]), new Map([[-1, -1]])];
  for (let row = 0; row < wanted.length; row++) {
    const [a, b] = [actual[row]!, wanted[row]!];
    if (!to.has(a)) to.set(a, b);
    if (!from.has(b)) from.set(b, a);
    assert.ok(to.get(a) === b && from.get(b) === a, `${what}: row ${row} is in ${a}, not ${b}`);
  }
}
