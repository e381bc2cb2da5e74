import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { repeatEvidence } from "#src/cleaning/repeat-evidence.js";
import { shopWith } from "./support.js";

describe("the evidence on repeated lines", () => {
  it("counts repeats, their invoices and how far apart they stand", async () => {
    const db = await shopWith([
      { invoiceNo: "1", stockCode: "A", quantity: 1 },
      { invoiceNo: "1", stockCode: "B" },
      { invoiceNo: "1", stockCode: "A", quantity: 1 },
      { invoiceNo: "1", stockCode: "A", quantity: 2 },
      { invoiceNo: "2", stockCode: "C", quantity: 5 },
      { invoiceNo: "2", stockCode: "C", quantity: 5 },
      { invoiceNo: "2", stockCode: "C", quantity: 5 },
    ]);
    assert.deepEqual(await repeatEvidence(db), {
      repeats: 3,
      invoices: 2,
      wholeInvoices: 1,
      medianLinesApart: 1,
      medianQuantity: 5,
      sameProductAgain: 4,
    });
    db.close();
  });

  it("is nothing where nothing repeats", async () => {
    const db = await shopWith([{}]);
    assert.deepEqual(await repeatEvidence(db), {
      repeats: 0,
      invoices: 0,
      wholeInvoices: 0,
      medianLinesApart: null,
      medianQuantity: null,
      sameProductAgain: 0,
    });
    db.close();
  });
});
