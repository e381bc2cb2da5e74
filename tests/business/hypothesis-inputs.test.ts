import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readHypothesisInputs } from "#src/business/hypothesis-inputs.js";
import { buildCustomers } from "#src/features/customers.js";
import { cleanedShop } from "../features/support.js";
import { shopWithMembers } from "./support.js";

// That each measure is what SQL finds in the lines: recount.test.ts.
describe("the measures of hypotheses", () => {
  it("need a membership of each customer", async () => {
    const shop = await shopWithMembers();
    await shop.run("DELETE FROM members WHERE customer_id = '1000'");
    await assert.rejects(readHypothesisInputs(shop), /a membership of each of 80 customers, got 79/);
    shop.close();
  });

  it("know nothing of the reference date and later, also not that a sale was cancelled then", async () => {
    const sale = { quantity: 1, unitPrice: 10 };
    const shop = await cleanedShop([
      { ...sale, invoiceNo: "1", invoicedAt: "2011-08-31 23:59:59" },
      { ...sale, invoiceNo: "2", invoicedAt: "2011-09-01 00:00:00", stockCode: "22423" },
      { ...sale, invoiceNo: "3", invoicedAt: "2011-10-01 00:00:00" },
      { ...sale, invoiceNo: "C4", invoicedAt: "2011-10-01 00:00:00", stockCode: "22423", quantity: -1 },
    ]);
    await buildCustomers(shop, { referenceDate: "2011-10-01" });
    await shop.run("CREATE TABLE members AS SELECT customer_id, true AS is_insider FROM customers");
    const { members, others } = await readHypothesisInputs(shop);
    assert.deepEqual([...members.autumnShare], [0.5]);
    assert.equal(others.autumnShare.length, 0);
    shop.close();
  });
});
