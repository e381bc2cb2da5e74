import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { Database, sqlText } from "#src/data/database.js";
import { InputError } from "#src/data/errors.js";
import { loadInvoices } from "#src/data/load.js";
import { readSourceFile } from "#src/data/read-file.js";
import { seededRandom } from "#src/math/random.js";
import { HEADER, load, loadRows, temporaryFolder } from "./support.js";

const ROW = "536365,85123A,WHITE HANGING HEART,6,12/13/2010 8:26,2.55,17850,United Kingdom";

const LINE = {
  row: 1,
  invoice_no: "536365",
  stock_code: "85123A",
  description: "WHITE HANGING HEART",
  quantity: 6,
  invoiced_at: "2010-12-13 08:26:00",
  unit_price: 2.55,
  customer_id: "17850",
  country: "United Kingdom",
};

/** A row with some of its fields replaced. */
const row = (fields: Partial<Record<keyof typeof LINE, string>>): string => {
  const values = ROW.split(",");
  const names = Object.keys(LINE).slice(1);
  return names.map((name, i) => fields[name as keyof typeof LINE] ?? values[i]).join(",");
};

describe("loading", () => {
  it("gives lines their number in the file however many they are", async () => {
    const { lines } = await loadRows(Array.from({ length: 200_000 }, () => ROW));
    assert.equal(lines.length, 200_000);
    assert.ok(lines.every((line, i) => line["row"] === i + 1));
  });

  it("reads a row into typed columns", async () => {
    const { summary, lines, rejected } = await loadRows([ROW]);
    assert.deepEqual(lines, [LINE]);
    assert.deepEqual(rejected, []);
    const content = Buffer.from(`${HEADER}\n${ROW}\n`);
    assert.deepEqual(summary, {
      file: "shop.csv",
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
      kind: "text",
      encoding: "UTF-8",
      delimiter: ",",
      decimalMark: "point",
      dateFormat: "month/day/year",
      dateIsAmbiguous: false,
      rows: 1,
      accepted: 1,
      rejected: 0,
      rejectedByReason: [],
      columns: {
        invoice_no: "InvoiceNo",
        stock_code: "StockCode",
        description: "Description",
        quantity: "Quantity",
        invoiced_at: "InvoiceDate",
        unit_price: "UnitPrice",
        customer_id: "CustomerID",
        country: "Country",
      },
      ignoredColumns: [],
      firstDate: "2010-12-13 08:26:00",
      lastDate: "2010-12-13 08:26:00",
    });
  });

  it("gives the tables the same types whatever the file", async () => {
    const db = await Database.open();
    const folder = temporaryFolder();
    writeFileSync(join(folder, "shop.csv"), `${HEADER}\n${ROW}\n`);
    await loadInvoices(db, join(folder, "shop.csv"));
    const columns = await db.rows("SELECT column_name, column_type FROM (DESCRIBE invoice_lines)");
    assert.deepEqual(
      columns.map((column) => `${column.column_name} ${column.column_type}`),
      [
        ...["row INTEGER", "invoice_no VARCHAR", "stock_code VARCHAR", "description VARCHAR"],
        ...["quantity INTEGER", "invoiced_at TIMESTAMP", "unit_price DECIMAL(18,4)"],
        ...["customer_id VARCHAR", "country VARCHAR"],
      ],
    );
    db.close();
  });

  it("replaces what was loaded before, be it a table or a view", async () => {
    const db = await Database.open();
    const folder = temporaryFolder();
    writeFileSync(join(folder, "shop.csv"), `${HEADER}\n${ROW}\n`);
    await db.run("CREATE VIEW invoice_lines AS SELECT 1; CREATE TABLE rejected_rows AS SELECT 1");
    for (let i = 0; i < 2; i++) await loadInvoices(db, join(folder, "shop.csv"));
    assert.deepEqual(await db.rows("SELECT row FROM invoice_lines"), [{ row: 1 }]);
    const schemas = await db.rows("SELECT schema_name FROM duckdb_schemas() WHERE NOT internal");
    assert.deepEqual(schemas, [{ schema_name: "keyed" }]);
    const tables = await db.rows(
      "SELECT concat_ws('.', schema_name, table_name) AS name FROM duckdb_tables()",
    );
    assert.deepEqual(
      tables.map(({ name }) => name).sort(),
      [
        ...["invoice_lines", "texts_of_country", "texts_of_customer_id", "texts_of_description"],
        ...["texts_of_invoice_no", "texts_of_stock_code"],
      ]
        .map((name) => `keyed.${name}`)
        .concat("main.rejected_rows"),
      "nothing is left behind",
    );
    db.close();
  });

  it("takes a file that was read before", async () => {
    const db = await Database.open();
    const path = join(temporaryFolder(), "shop.csv");
    writeFileSync(path, `${HEADER}\n${ROW}\n`);
    await loadInvoices(db, await readSourceFile(path));
    assert.deepEqual(await db.rows("FROM invoice_lines"), [LINE]);
    db.close();
  });

  it("leaves no temporary folder, whether it succeeds or fails", async () => {
    // a folder of this test's own: other tests, running beside it, load as well
    const { TMPDIR: usual } = process.env;
    const folder = temporaryFolder();
    process.env["TMPDIR"] = folder;
    try {
      await loadRows([ROW]);
      await assert.rejects(loadRows([]));
      assert.equal(tmpdir(), folder);
      assert.deepEqual(
        readdirSync(folder).filter((name) => !name.startsWith("insiders-test")),
        [],
      );
    } finally {
      if (usual === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = usual;
    }
  });
});

describe("values", () => {
  it("are trimmed of every kind of space, and null where nothing is left", async () => {
    const { lines } = await loadRows([
      row({ description: '" \t a  b\u00a0\r\n"', country: "  ", customer_id: "\u00a017850\t" }),
    ]);
    assert.deepEqual(lines, [{ ...LINE, description: "a  b", country: null }]);
  });

  it("in quotes may hold delimiters, quotes and line breaks", async () => {
    const { lines } = await loadRows([row({ description: '"SET OF 3, 7"" WIDE\nRED"' }), ROW]);
    assert.deepEqual(
      lines.map(({ row, description }) => [row, description]),
      [
        [1, 'SET OF 3, 7" WIDE\nRED'],
        [2, "WHITE HANGING HEART"],
      ],
    );
  });

  it("may be long and many", async () => {
    const long = Array.from({ length: 9 }, (_, i) => `${i}${"x".repeat(300_000)}`);
    const { lines } = await loadRows(
      long.flatMap((text) => [row({ description: text }), row({ description: "" })]),
    );
    assert.deepEqual(
      lines.map(({ description }) => description),
      long.flatMap((text) => [text, null]),
    );
  });

  it("may hold any control character", async () => {
    const controls = Array.from({ length: 31 }, (_, i) => `x${String.fromCharCode(i + 1)}y`);
    const { lines } = await loadRows(controls.map((text) => row({ description: `"${text}"` })));
    assert.deepEqual(
      lines.map(({ description }) => description),
      controls,
    );
  });

  it("in quotes are whole behind any number of spaces", async () => {
    const { lines } = await loadRows([row({ description: '   "SET OF 3, RED"  ' })]);
    assert.deepEqual(lines, [{ ...LINE, description: "SET OF 3, RED" }]);
  });

  it("keep quotes that stand inside an unquoted field", async () => {
    const { lines } = await loadRows([row({ description: 'FRAME 7" SIZE' })]);
    assert.equal(lines[0]?.description, 'FRAME 7" SIZE');
  });

  it("of customers lose the decimals a spreadsheet gave them, and never become a number", async () => {
    const ids = ["17850.0", "00123", "A-7.0", "nan", "NULL", "", "Nancy", "12.50"];
    const { lines } = await loadRows(ids.map((customer_id) => row({ customer_id })));
    assert.deepEqual(
      lines.map((line) => line.customer_id),
      ["17850", "00123", "A-7.0", null, null, null, "Nancy", "12.50"],
    );
  });

  it("of numbers may have a sign, groups, zero decimals and spaces", async () => {
    const quantities = ["+6", "-6", "6.0", " 6 ", '"1,200"', "6."];
    const prices = ["2.5500000", "-11062.06", ".5", "+3", '"1,234.50"', "0.0001"];
    const { lines } = await loadRows(
      quantities.map((quantity, i) => row({ quantity, unit_price: prices[i]! })),
    );
    assert.deepEqual(
      lines.map((line) => [line.quantity, line.unit_price]),
      [
        [6, 2.55],
        [-6, -11062.06],
        [6, 0.5],
        [6, 3],
        [1200, 1234.5],
        [6, 0.0001],
      ],
    );
  });

  it("of prices are exact to the fourth decimal", async () => {
    const { lines } = await loadRows([row({ unit_price: "9999999.9999", quantity: "9999999" })]);
    assert.equal(lines[0]?.unit_price, 9999999.9999);
  });
});

describe("rows that cannot be read", () => {
  const cases: [reason: string, row: string][] = [
    ["no invoice number", row({ invoice_no: " " })],
    ["no stock code", row({ stock_code: "" })],
    ["no quantity", row({ quantity: "" })],
    ["quantity is not a whole number", row({ quantity: "6.5" })],
    ["quantity is not a whole number", row({ quantity: "1e3" })],
    ["quantity is not a whole number", row({ quantity: "0x10" })],
    ["quantity is not below 10000000", row({ quantity: "10000000" })],
    ["quantity is not below 10000000", row({ quantity: "-99999999999999999999" })],
    ["no invoice date", row({ invoiced_at: "" })],
    ["invoice date is not a month/day/year date", row({ invoiced_at: "soon" })],
    ["no unit price", row({ unit_price: "" })],
    ["unit price is not a number", row({ unit_price: "free" })],
    ["unit price is not a number", row({ unit_price: "1_000" })],
    ["unit price is not a number", row({ unit_price: "NaN" })],
    ["unit price has more than four decimals", row({ unit_price: "2.55001" })],
    ["unit price is not below 10000000", row({ unit_price: "10000000" })],
    ["unit price is not below 10000000", row({ unit_price: "-1000000000000000000000" })],
    ["7 fields instead of 8", "536365,85123A,A,6,12/13/2010 8:26,2.55,17850"],
    ["9 fields instead of 8", row({ description: "SET OF 3, RED" })],
    ["a quote is opened and not closed", row({ description: '"SET OF 3' })],
    ["text follows a closing quote", row({ description: '"SET" OF 3' })],
  ];
  for (const [reason, bad] of cases)
    it(`are kept with the reason "${reason}": ${bad.slice(7, 60)}`, async () => {
      const { summary, lines, rejected } = await loadRows([ROW, bad, ROW]);
      assert.deepEqual(
        lines.map((line) => line.row),
        [1, 3],
      );
      assert.deepEqual(
        rejected.map((r) => [r.row, r.reason]),
        [[2, reason]],
      );
      assert.deepEqual(summary.rejectedByReason, [{ reason, rows: 1 }]);
      assert.deepEqual([summary.rows, summary.accepted, summary.rejected], [3, 2, 1]);
    });

  it("keep their texts as written, and the units and money that could be read", async () => {
    const { rejected } = await loadRows([ROW, row({ invoiced_at: " soon", quantity: " 6 " })]);
    assert.deepEqual(rejected, [
      {
        row: 2,
        reason: "invoice date is not a month/day/year date",
        invoice_no: "536365",
        stock_code: "85123A",
        description: "WHITE HANGING HEART",
        quantity: " 6 ",
        invoiced_at: " soon",
        unit_price: "2.55",
        customer_id: "17850",
        country: "United Kingdom",
        line: null,
        units: 6,
        line_total: 15.3,
      },
    ]);
  });

  it("keep their whole line where the record is broken", async () => {
    const { rejected } = await loadRows([ROW, 'a;b,"c""d",£']);
    assert.equal(rejected[0]?.line, 'a;b,"c""d",£');
    assert.equal(rejected[0]?.invoice_no, null);
  });

  it("are counted by reason, the most frequent first", async () => {
    const bad = [row({ quantity: "x" }), row({ unit_price: "x" }), row({ unit_price: "y" })];
    const { summary } = await loadRows([ROW, ...bad]);
    assert.deepEqual(summary.rejectedByReason, [
      { reason: "unit price is not a number", rows: 2 },
      { reason: "quantity is not a whole number", rows: 1 },
    ]);
  });

  it("and those that can add up to the source in random files, each row once", async () => {
    const random = seededRandom(7);
    const pieces = ['"', ",", "x", "1", " ", '""', "\r", "\n", "£", "\t", ""];
    for (let file = 0; file < 25; file++) {
      const rows = Array.from({ length: 40 }, () => {
        const at = Math.floor(random() * ROW.length);
        const piece = pieces[Math.floor(random() * pieces.length)]!;
        return random() < 0.5 ? ROW : ROW.slice(0, at) + piece + ROW.slice(at + 1);
      });
      const { summary, lines, rejected } = await loadRows([ROW, ...rows]);
      const numbers = [...lines, ...rejected].map((line) => Number(line.row)).sort((a, b) => a - b);
      assert.deepEqual(
        numbers,
        Array.from({ length: summary.rows }, (_, i) => i + 1),
      );
    }
  });
});

describe("files", () => {
  const TABLE = `${HEADER}\n${ROW}\n`;

  const spellings: [what: string, content: string | Buffer, delimiter: string][] = [
    ["with a byte order mark", `\ufeff${TABLE}`, ","],
    ["with CRLF line ends", TABLE.replaceAll("\n", "\r\n"), ","],
    ["with CR line ends", TABLE.replaceAll("\n", "\r"), ","],
    ["without a final line end", TABLE.trimEnd(), ","],
    ["with blank lines", `\n\n${HEADER}\n\n${ROW}\n \n\n`, ","],
    ["with semicolons", TABLE.replaceAll(",", ";"), ";"],
    ["with tabs", TABLE.replaceAll(",", "\t"), "\t"],
    ["with bars", TABLE.replaceAll(",", "|"), "|"],
    ["with every field in quotes", TABLE.replace(/[^,\n]+/g, '"$&"'), ","],
    ["compressed with gzip", gzipSync(TABLE), ","],
  ];
  for (const [what, content, delimiter] of spellings)
    it(`${what} are read`, async () => {
      const { lines, rejected, summary } = await load(content);
      assert.deepEqual(lines, [LINE]);
      assert.deepEqual(rejected, []);
      assert.equal(summary.delimiter, delimiter);
    });

  it("in ISO-8859-1 keep their pound signs", async () => {
    const text = `${HEADER}\n${row({ description: "VOUCHER £10" })}\n`;
    const { lines, summary } = await load(Buffer.from(text, "latin1"));
    assert.equal(lines[0]?.description, "VOUCHER £10");
    assert.equal(summary.encoding, "ISO-8859-1");
  });

  it("with decimal commas are read by them, thousands grouped by points", async () => {
    const rows = ["A;1;6;13.12.2010;2,55;C", "A;2;1.200;13.12.2010;1.234,5;C"];
    const { lines, summary } = await load(["Invoice;SKU;Qty;Date;Price;Customer", ...rows].join("\n"));
    assert.equal(summary.decimalMark, "comma");
    assert.deepEqual(
      lines.map((line) => [line.quantity, line.unit_price]),
      [
        [6, 2.55],
        [1200, 1234.5],
      ],
    );
  });

  it("with a few decimal commas among points reject those few", async () => {
    const { summary } = await loadRows([ROW, ROW, row({ unit_price: '"2,55"' })]);
    assert.deepEqual([summary.decimalMark, summary.accepted], ["point", 2]);
  });

  it("of the second edition, dated 29-Nov-16 and with an empty last column, are read", async () => {
    const { lines, summary } = await load(`${HEADER},\n${row({ invoiced_at: "29-Nov-16" })},\n`);
    assert.deepEqual(lines, [{ ...LINE, invoiced_at: "2016-11-29 00:00:00" }]);
    assert.deepEqual(summary.ignoredColumns, []);
    const { lines: same } = await load(`${HEADER}\n${row({ invoiced_at: "29-Nov-16" })},\n`);
    assert.deepEqual(same, lines);
  });

  it("without description and country are read with nulls; columns we do not know are named", async () => {
    const text = "Invoice,Channel,SKU,Qty,Date,Price,Customer\nA,web,1,6,2010-12-13,2.55,C\n";
    const { lines, summary } = await load(text);
    assert.deepEqual([lines[0]?.description, lines[0]?.country], [null, null]);
    assert.deepEqual([summary.columns.description, summary.columns.country], [null, null]);
    assert.deepEqual(summary.ignoredColumns, ["Channel"]);
  });

  it("whose days are all below 13 are reported as ambiguous until the caller settles it", async () => {
    const rows = [row({ invoiced_at: "12/1/2010" }), row({ invoiced_at: "12/2/2010" })];
    const open = await loadRows(rows);
    assert.deepEqual([open.summary.dateIsAmbiguous, open.summary.lastDate], [true, "2010-12-02 00:00:00"]);
    const settled = await loadRows(rows, { dateFormat: "day/month/year" });
    assert.deepEqual(
      [settled.summary.dateIsAmbiguous, settled.summary.lastDate],
      [false, "2010-02-12 00:00:00"],
    );
  });

  it("with wildcards in their names are themselves", async () => {
    const { summary } = await load(TABLE, { name: "shop[1]*.csv" });
    assert.equal(summary.rows, 1);
  });

  it("in Parquet, typed or as texts, give the same lines as CSV", async () => {
    const folder = temporaryFolder();
    const db = await Database.open();
    const typed = `SELECT '536365' AS "InvoiceNo", '85123A' AS "StockCode",
      'WHITE HANGING HEART' AS "Description", 6::DOUBLE AS "Quantity",
      TIMESTAMP '2010-12-13 08:26:00' AS "InvoiceDate", 2.55::DOUBLE AS "Price", 17850.0::DOUBLE AS "Customer ID",
      'United Kingdom' AS "Country"`;
    for (const [name, query] of Object.entries({
      "typed[1]": typed,
      texts: `SELECT COLUMNS(*)::VARCHAR FROM (${typed})`,
      zoned: `SELECT * REPLACE ("InvoiceDate" AT TIME ZONE 'UTC' AS "InvoiceDate") FROM (${typed})`,
    })) {
      const path = join(folder, `${name}.parquet`);
      await db.run(`COPY (${query}) TO ${sqlText(path)} (FORMAT parquet)`);
      const summary = await loadInvoices(db, path);
      assert.deepEqual(await db.rows("FROM invoice_lines"), [LINE], name);
      assert.deepEqual(
        [summary.kind, summary.encoding, summary.columns.unit_price],
        ["parquet", null, "Price"],
      );
    }
    db.close();
  });
});

describe("a file that cannot be used", () => {
  const folder = temporaryFolder();
  const path = (name: string, content?: string | Buffer): string => {
    if (content !== undefined) writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  mkdirSync(join(folder, "raw"));
  const packed = gzipSync(Buffer.from(`${HEADER}\n${ROW}\n`.repeat(1000)));
  const damaged = Buffer.from(packed);
  damaged.fill(0x55, 20, 60);

  const cases: [what: string, path: string, message: RegExp][] = [
    ["that is missing", path("none.csv"), /^there is no file .*none\.csv: check the name/],
    ["that is a folder", path("raw"), /raw is a folder: name a CSV/],
    ["that is empty", path("empty.csv", ""), /^empty\.csv is empty \(0 bytes\)/],
    ["that is blank", path("blank.csv", "\n\n"), /^blank\.csv holds blank lines only/],
    ["with a header only", path("header.csv", `${HEADER}\n`), /^header\.csv has a header but no data rows/],
    ["packed from nothing", path("nothing.gz", gzipSync("")), /^nothing\.gz holds nothing once unpacked/],
    [
      "without a needed column",
      path("columns.csv", "InvoiceNo,Spend\n1,2\n"),
      /^columns\.csv has no column for stock code .*first line names InvoiceNo, Spend: rename/,
    ],
    ["without a header", path("headless.csv", `${ROW}\n`), /first line names 536365, 85123A/],
    [
      "that is a workbook",
      path("shop.xlsx", "PK\u0003\u0004rest"),
      /^shop\.xlsx is an Excel workbook .*save it as CSV/,
    ],
    ["that is a document", path("shop.pdf", "%PDF-1.7"), /^shop\.pdf is a PDF document/],
    ["that is binary", path("shop.dat", "InvoiceNo\0"), /^shop\.dat is a binary file \(NUL byte at 9\)/],
    [
      "that is UTF-16",
      path("utf16.csv", Buffer.from(`\ufeff${HEADER}`, "utf16le")),
      /^utf16\.csv is UTF-16 text/,
    ],
    ["cut off in transit", path("cut.csv.gz", packed.subarray(0, 100)), /^cut\.csv\.gz is cut off/],
    ["damaged in transit", path("damaged.csv.gz", damaged), /^damaged\.csv\.gz is damaged gzip/],
    ["packed though foreign", path("shop.gz", gzipSync("%PDF-1.7")), /^shop\.gz is a PDF document/],
    [
      "that is damaged Parquet",
      path("shop.parquet", "PAR1 and nothing"),
      /^shop\.parquet is a damaged Parquet/,
    ],
    [
      "of which no row can be read",
      path("dates.csv", `${HEADER}\n${row({ invoiced_at: "soon" })}\n`),
      /^none of the 1 data rows of dates\.csv can be read, most because "invoice date is in no known format"; the first is "536365, 85123A,.* soon/,
    ],
  ];
  for (const [what, file, message] of cases)
    it(`${what} is refused in one line that says what to do`, async () => {
      const db = await Database.open();
      await assert.rejects(loadInvoices(db, file), (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /\n|Error:/);
        return true;
      });
      db.close();
    });

  it("that is Parquet without rows is refused", async () => {
    const db = await Database.open();
    const names = HEADER.split(",").map((name) => `'x' AS "${name}"`);
    const file = join(folder, "norows.parquet");
    await db.run(`COPY (SELECT ${names.join(", ")} WHERE false) TO ${sqlText(file)} (FORMAT parquet)`);
    await assert.rejects(
      loadInvoices(db, file),
      /^InputError: norows\.parquet has a header but no data rows/,
    );
    db.close();
  });

  it("this user may not read is refused", {
    skip: process.getuid?.() === 0 && "root may read it",
  }, async () => {
    const file = path("secret.csv", `${HEADER}\n${ROW}\n`);
    chmodSync(file, 0o000);
    const db = await Database.open();
    await assert.rejects(loadInvoices(db, file), /may not be read by this user/);
    db.close();
  });

  it("keeps the technical reason as its cause", async () => {
    const db = await Database.open();
    await assert.rejects(loadInvoices(db, path("none.csv")), (error: Error) => {
      return (error.cause as NodeJS.ErrnoException).code === "ENOENT";
    });
    db.close();
  });
});
