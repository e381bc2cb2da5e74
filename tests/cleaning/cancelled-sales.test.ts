import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { matchCancelledSales, type SaleLine } from "#src/cleaning/cancelled-sales.js";
import { seededRandom } from "#src/math/random.js";
import { pick } from "./support.js";

/** Lines of one key from texts such as "10 bought" or "12 returned" (the hour); rows count from 1. */
function sale(...lines: string[]): SaleLine[] {
  return lines.map((line, i) => {
    const [hour, what] = line.split(" ");
    return { row: i + 1, key: 1, invoicedAt: Number(hour) * 3600, isReturn: what === "returned" };
  });
}

/** Pairs as "purchase-return". */
const match = (lines: SaleLine[]): string[] =>
  matchCancelledSales(lines).map(({ purchaseRow, returnRow }) => `${purchaseRow}-${returnRow}`);

describe("a return cancels", () => {
  it("an earlier purchase", () => {
    assert.deepEqual(match(sale("10 bought", "11 returned")), ["1-2"]);
  });

  it("no purchase that came later", () => {
    assert.deepEqual(match(sale("10 returned", "11 bought")), []);
  });

  it("a purchase of the same minute, whichever line comes first", () => {
    assert.deepEqual(match(sale("10 bought", "10 returned")), ["1-2"]);
    assert.deepEqual(match(sale("10 returned", "10 bought")), ["2-1"]);
  });

  it("the latest purchase still free", () => {
    assert.deepEqual(match(sale("09 bought", "10 bought", "11 returned", "12 bought")), ["2-3"]);
  });

  it("the purchase of the later row when two have the same time", () => {
    assert.deepEqual(match(sale("10 bought", "10 bought", "11 returned")), ["2-3"]);
  });

  it("one purchase only: two returns of one purchase make one pair, with the earlier return", () => {
    assert.deepEqual(match(sale("10 bought", "12 returned", "11 returned")), ["1-3"]);
  });

  it("nothing of another key", () => {
    const [bought, returned] = sale("10 bought", "11 returned");
    assert.deepEqual(match([bought!, { ...returned!, key: 2 }]), []);
    assert.deepEqual(match([{ ...bought!, key: 2 }, returned!]), []);
  });

  it("the same purchase whatever the order of the lines", () => {
    const lines = sale("09 bought", "10 bought", "10 returned", "11 bought", "12 returned");
    const expected = match(lines);
    assert.deepEqual(expected, ["2-3", "4-5"]);
    assert.deepEqual(match([...lines].reverse()), expected);
  });

  it("nothing when there are no lines", () => {
    assert.deepEqual(match([]), []);
  });
});

describe("the matching", () => {
  it("makes as many pairs as any could, each allowed and each line once, in small random cases", () => {
    const random = seededRandom(11);
    for (let round = 0; round < 500; round++) {
      const lines: SaleLine[] = Array.from({ length: Math.floor(random() * 9) }, (_, i) => ({
        row: i + 1,
        key: pick(random, [1, 1, 2]),
        invoicedAt: pick(random, [8, 9, 10, 11]) * 3600,
        isReturn: random() < 0.5,
      }));
      const pairs = matchCancelledSales(lines);
      const rows = pairs.flatMap(({ purchaseRow, returnRow }) => [purchaseRow, returnRow]);
      assert.equal(new Set(rows).size, rows.length);
      for (const { purchaseRow, returnRow } of pairs)
        assert.ok(isAllowed(lines[purchaseRow - 1]!, lines[returnRow - 1]!));
      assert.equal(pairs.length, largestMatching(lines));
    }
  });
});

function isAllowed(purchase: SaleLine, other: SaleLine): boolean {
  const isPair = !purchase.isReturn && other.isReturn && purchase.key === other.key;
  return isPair && purchase.invoicedAt <= other.invoicedAt;
}

/** Size of the largest matching by trying everything: the first return takes any purchase, or none. */
function largestMatching(lines: SaleLine[]): number {
  const first = lines.find(({ isReturn }) => isReturn);
  if (first === undefined) return 0;
  const rest = lines.filter((line) => line !== first);
  const choices = rest.filter((line) => isAllowed(line, first));
  const sizes = choices.map((choice) => 1 + largestMatching(rest.filter((line) => line !== choice)));
  return Math.max(largestMatching(rest), ...sizes);
}
