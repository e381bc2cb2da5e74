import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { COLUMNS, findColumns, requireColumns } from "#src/data/columns.js";
import { InputError } from "#src/data/errors.js";

const UCI = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"];

describe("the columns", () => {
  it("are found under the names of the UCI data, of its second edition and of a database", () => {
    const positions = [0, 1, 2, 3, 4, 5, 6, 7];
    const second = ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID"];
    for (const header of [[...UCI, "Country"], [...second, "Country"], COLUMNS.map(({ name }) => name)])
      assert.deepEqual(Object.values(findColumns(header)), positions);
  });

  it("are found whatever the case, spaces and punctuation, in any order", () => {
    const found = findColumns([" customer-id", "UNIT PRICE", "Order_Date", "sku", "Order No.", "qty"]);
    assert.deepEqual(found, {
      invoice_no: 4,
      stock_code: 3,
      description: null,
      quantity: 5,
      invoiced_at: 2,
      unit_price: 1,
      customer_id: 0,
      country: null,
    });
  });

  it("go by the more telling of two names", () => {
    assert.equal(findColumns(["Date", "Invoice Date"]).invoiced_at, 1);
  });

  it("share no name with each other", () => {
    const names = COLUMNS.flatMap(({ aliases }) => aliases.map((a) => a.toLowerCase().replaceAll(" ", "")));
    assert.equal(new Set(names).size, names.length);
  });

  it("are optional for description and country only", () => {
    assert.deepEqual(
      COLUMNS.filter(({ isNeeded }) => !isNeeded).map(({ name }) => name),
      ["description", "country"],
    );
  });

  it("that are missing are named beside those present", () => {
    const header = ["InvoiceNo", "StockCode", "Quantity", "", "Spend"];
    assert.throws(
      () => requireColumns(findColumns(header), header, "shop.csv"),
      new InputError(
        "shop.csv has no column for invoice date (such as InvoiceDate), unit price (such as UnitPrice), " +
          "customer id (such as CustomerID); its first line names InvoiceNo, StockCode, Quantity, " +
          "a column without a name, Spend: rename or add the column",
      ),
    );
  });

  it("of a first line that is no header are cut short", () => {
    const header = Array<string>(1000).fill("x".repeat(1000));
    assert.throws(
      () => requireColumns(findColumns(header), header, "shop.csv"),
      ({ message }: Error) => message.length < 1500 && message.includes("and 980 more"),
    );
  });
});
