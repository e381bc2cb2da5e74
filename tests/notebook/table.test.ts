import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { showTable, type TableOptions, tableBundle } from "#src/notebook/table.js";
import { captureOutputs, part } from "./outputs.js";

const rows = [
  { country: "United Kingdom", revenue: 9025222.08, share: 0.843, firstDay: "2010-12-01" },
  { country: "EIRE | <b>", revenue: 283453.96, share: 0.0265, firstDay: null },
];

function html(options: Partial<TableOptions> = {}, source: readonly object[] = rows): string {
  return part(tableBundle(source, { caption: "Countries", ...options }), "text/html");
}

describe("showTable", () => {
  it("sends HTML, markdown and plain text", () => {
    const [output] = captureOutputs(() => showTable(rows, { caption: "Countries" }));
    assert.deepEqual(Object.keys(output!.data), ["text/html", "text/markdown", "text/plain"]);
  });

  it("is a captioned table with headings of columns and rows", () => {
    assert.match(html(), /<caption>Countries<\/caption>/);
    assert.match(html(), /<th scope="col">country<\/th>/);
    assert.match(html(), /<th scope="row">United Kingdom<\/th>/);
    assert.match(html(), /role="region" aria-label="Countries" tabindex="0"/);
  });

  it("shows the chosen columns in their order, with label, unit and format", () => {
    const table = html({
      columns: {
        share: { label: "Share", format: "percent" },
        revenue: { label: "Revenue", unit: "GBP", format: "money" },
        firstDay: { format: "date" },
        country: "Country",
      },
    });
    assert.match(
      table,
      /<thead><tr><th scope="col" class="insiders-number">Share<\/th><th scope="col" class="insiders-number">Revenue<span class="insiders-unit">GBP<\/span>/,
    );
    assert.match(
      table,
      /<td class="insiders-number">84\.3%<\/td><td class="insiders-number">£9,025,222<\/td>/,
    );
    assert.match(table, /<td>1 Dec 2010<\/td><td>United Kingdom<\/td>/);
  });

  it("shows data as text", () => {
    assert.match(html(), /EIRE \| &lt;b&gt;/);
    const markdown = part(tableBundle(rows, { caption: "C" }), "text/markdown");
    assert.match(markdown, /\| EIRE \\\| &#60;b\\> \|/);
  });

  it("gives a column one number of decimals", () => {
    const table = html({}, [{ a: 1.5 }, { a: 2 }]);
    assert.match(table, />1\.50<.*>2\.00</s);
    assert.match(html({}, [{ a: 1 }, { a: 2000 }]), />1<.*>2,000</s);
    const money = { columns: { a: { format: "money" as const } } };
    assert.match(html(money, [{ a: 0 }, { a: 279462.1 }]), />£0<.*>£279,462</s);
    assert.match(html(money, [{ a: 0 }, { a: 999 }]), />£0\.00<.*>£999\.00</s);
  });

  it("lines up plain text", () => {
    const columns = { country: "Country", revenue: { label: "Revenue", format: "money" as const } };
    assert.equal(
      part(tableBundle(rows, { caption: "Countries", columns }), "text/plain"),
      [
        "Countries",
        "Country            Revenue",
        "--------------  ----------",
        "United Kingdom  £9,025,222",
        "EIRE | <b>        £283,454",
      ].join("\n"),
    );
  });

  it("says how many rows it left out", () => {
    const many = Array.from({ length: 4328 }, (_, id) => ({ id }));
    assert.match(html({ limit: 10, note: "By revenue." }, many), /First 10 of 4,328 rows\. By revenue\./);
    assert.equal(html({ limit: 10 }, many).match(/<tr>/g)?.length, 11);
    assert.doesNotMatch(html({ limit: Number.POSITIVE_INFINITY }, many.slice(0, 30)), /First/);
  });

  it("shows an empty table", () => {
    assert.match(html({}, []), /No rows\./);
    assert.match(html({ columns: { country: "Country" } }, []), /Country/);
  });

  it("takes columns that only some rows have", () => {
    assert.match(html({}, [{ a: 1 }, { b: "x" }]), /<td class="insiders-number">1<\/td><td>–<\/td>/);
  });

  it("names a column that is not there beside those that are", () => {
    assert.throws(
      () => html({ columns: { contry: "Country" } }),
      /no column "contry", it has country, revenue, share/,
    );
  });
});
