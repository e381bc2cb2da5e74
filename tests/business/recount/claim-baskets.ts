import assert from "node:assert/strict";
import { it } from "node:test";
import { countLifts, countOffers, countReturnsCost } from "./baskets.js";
import { assertSame } from "./compare.js";
import type { Told } from "./told-shop.js";

/** Claims on what members choose and what returns take. */
export function claimBaskets(of: () => Told): void {
  it("baskets: buyers, lifts, their intervals and p of products, and what is offered to whom", async () => {
    const { db, day, told, baskets } = of();
    const { least, lifted, offers } = baskets;
    const found = await countLifts(db, day, least);
    const rows = lifted.map(({ interval, pValue: _, ...row }) => ({
      ...row,
      low: interval.low,
      high: interval.high,
    }));
    assertSame(
      rows,
      found.map(({ pValue: _, ...row }) => row),
    );
    for (const [i, { pValue }] of found.entries())
      assert.ok(
        Math.abs(lifted[i]!.pValue - pValue) <= 1e-7 * pValue,
        `${lifted[i]!.pValue}, by SQL ${pValue}`,
      );
    const ids = told.next.map(({ id }) => id);
    const byId = await countOffers(db, day, { ids, products: found.map(({ product }) => product) });
    assertSame(
      offers
        .filter((row) => row.offers.length > 0)
        .map((row) => [row.id, row.offers.map(({ product }) => product).join(" ")]),
      byId.map((row) => [row.id, row.offers]),
    );
  });

  it("baskets: what returns take of the margin of members and of others", async () => {
    const { db, day, baskets } = of();
    assertSame(baskets.sums, await countReturnsCost(db, day));
  });
}
