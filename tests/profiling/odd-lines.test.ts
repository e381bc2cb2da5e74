import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countOddLines, type OddKind } from "#src/profiling/odd-lines.js";
import { shopWith } from "../cleaning/support.js";

async function odd(...lines: Parameters<typeof shopWith>[0]): Promise<Map<OddKind, [number, number]>> {
  const db = await shopWith(lines);
  const found = await countOddLines(db);
  db.close();
  return new Map(found.map(({ kind, lines, money }) => [kind, [lines, money]]));
}

describe("countOddLines", () => {
  it("calls a line a repeat only when every column is equal, missing values included", async () => {
    const line = { description: null, customerId: null };
    const found = await odd(line, line, line, { ...line, quantity: 7 }, { ...line, country: null }, {});
    assert.deepEqual(found.get("repeated"), [2, 30]);
  });

  it("counts lines and money of each kind; a line may be of several", async () => {
    const found = await odd(
      {},
      { customerId: null, stockCode: "POST" },
      { invoiceNo: "C2", quantity: -2 },
      { quantity: -3, unitPrice: 0, description: null },
    );
    assert.deepEqual(Object.fromEntries(found), {
      negativeQuantity: [2, -5],
      cancellation: [1, -5],
      otherNegativeQuantity: [1, 0],
      noCustomer: [1, 15],
      noDescription: [1, 0],
      noPrice: [1, 0],
      oddCode: [1, 15],
      repeated: [0, 0],
    });
  });
});
