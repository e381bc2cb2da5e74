import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertCustomers } from "#src/features/assert-customers.js";
import { buildCustomers } from "#src/features/customers.js";
import { cleanedShop, randomHistory } from "./support.js";

describe("the check of the customers", () => {
  it("passes at any date, and notices money, units or a customer that is not in the lines", async () => {
    const db = await cleanedShop(randomHistory(1, 80));
    for (const referenceDate of ["2011-01-01", "2011-02-10", "2011-07-01"]) {
      await buildCustomers(db, { referenceDate });
      await assertCustomers(db, referenceDate);
    }
    for (const change of [
      "UPDATE customers SET gross_revenue = gross_revenue + 0.0001 WHERE customer_id = '1'",
      "UPDATE customers SET items = items + 1 WHERE customer_id = '1'",
      "DELETE FROM customers WHERE customer_id = '1'",
    ]) {
      await buildCustomers(db, { referenceDate: "2011-07-01" });
      await db.run(change);
      await assert.rejects(assertCustomers(db, "2011-07-01"), /customers add up to .*, their lines to/);
    }
    db.close();
  });
});
