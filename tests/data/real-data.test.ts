import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadRealData } from "./support.js";

// Counted with pandas 3.1.1 (read_csv, every column as text) on the UCI Online Retail data, doi 10.24432/C5BW33.
const COUNTED = {
  rows: 541_909,
  last_row: 541_909,
  invoices: 25_900,
  customers: 4_372,
  without_customer: 135_080,
  without_description: 1_454,
  cancellations: 9_288,
  negative: 10_624,
  not_priced: 2_517,
  units: 5_176_450,
  money: "9747747.9340",
};

describe("the UCI Online Retail data", () => {
  it("is read without a rejected row, to the figures pandas counts", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { summary, db } = real;
    assert.deepEqual([summary.accepted, summary.rejected], [541_909, 0]);
    assert.deepEqual([summary.firstDate, summary.lastDate], ["2010-12-01 08:26:00", "2011-12-09 12:50:00"]);
    assert.deepEqual([summary.dateFormat, summary.dateIsAmbiguous], ["month/day/year", false]);
    const counted = await db.row(
      `SELECT count(*) AS rows, max(row) AS last_row, count(DISTINCT invoice_no) AS invoices,
         count(DISTINCT customer_id) AS customers, count_if(customer_id IS NULL) AS without_customer,
         count_if(description IS NULL) AS without_description,
         count_if(invoice_no LIKE 'C%') AS cancellations, count_if(quantity < 0) AS negative,
         count_if(unit_price <= 0) AS not_priced, sum(quantity) AS units,
         sum(quantity * unit_price)::VARCHAR AS money
       FROM invoice_lines`,
    );
    assert.deepEqual(counted, COUNTED);
  });
});
