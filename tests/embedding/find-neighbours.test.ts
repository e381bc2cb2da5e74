import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findNeighbours } from "#src/embedding/find-neighbours.js";
import { nearestNeighbours } from "#src/math/neighbours.js";
import { clouds } from "./support.js";

describe("findNeighbours", () => {
  it("gives what one thread finds, for any number of workers", async () => {
    const X = clouds(1_400, 3, 2);
    const wanted = nearestNeighbours(X, 4);
    for (const workers of [1, 2, 3]) assert.deepEqual(await findNeighbours(X, 4, { workers }), wanted);
  });

  it("refuses what nearestNeighbours refuses", async () => {
    const X = clouds(1_400, 3, 2);
    await assert.rejects(findNeighbours(X, 4_200), /1 to 4199 neighbours, got 4200/);
    X.data[9] = Number.NaN;
    await assert.rejects(findNeighbours(X, 4), { name: "RangeError", message: /got NaN in row 3, column 0/ });
  });
});
