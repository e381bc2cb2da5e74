import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { Database, sqlText } from "#src/data/database.js";
import { InputError } from "#src/data/errors.js";
import { loadTable } from "#src/data/load-table.js";
import { uniqueNames } from "#src/data/table-header.js";
import type { TableSummary } from "#src/data/table-summary.js";
import type { Row } from "#src/types.js";
import { temporaryFolder } from "./support.js";

const folder = temporaryFolder();
let db: Database;
before(async () => {
  db = await Database.open();
});
after(() => db.close());

async function read(
  content: string | Buffer,
  name = "t.csv",
): Promise<{ summary: TableSummary; rows: Row[] }> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const summary = await loadTable(db, path, "t");
  return { summary, rows: await db.rows("FROM t") };
}

/** The type of a column with these values, and what they are read as. */
async function column(...values: string[]): Promise<[type: string, ...values: unknown[]]> {
  const { summary, rows } = await read(["x;id", ...values.map((value, i) => `${value};${i}`), ""].join("\n"));
  return [summary.columns[0]!.type, ...rows.map(({ x }) => x)];
}

const refusal = async (content: string | Buffer, name?: string): Promise<string> => {
  const error = await read(content, name).then(
    () => assert.fail("it was read"),
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof InputError);
  assert.ok(!error.message.includes("\n"));
  return error.message;
};

describe("the type of a column", () => {
  it("is a number when all values are, missing ones left aside", async () => {
    assert.deepEqual(await column("1", "-20", "", " 3 "), ["BIGINT", 1, -20, null, 3]);
    assert.deepEqual(await column("1", "2.50", "1e3", "-.5", "+4."), ["DOUBLE", 1, 2.5, 1000, -0.5, 4]);
    assert.deepEqual(await column("1,234", "1,234,567.5"), ["DOUBLE", 1234, 1234567.5]);
    assert.deepEqual(await column("0", "-0.5", "0.25"), ["DOUBLE", 0, -0.5, 0.25]);
  });

  it("takes a decimal comma where the column, or else the file, writes it", async () => {
    assert.deepEqual(await column("1,5", "1.234,5", "7"), ["DOUBLE", 1.5, 1234.5, 7]);
    const { rows } = await read("a;b\n1,5;1.234\n0,25;5.678\n");
    assert.deepEqual(rows[0], { a: 1.5, b: 1234 });
    const points = await read("a;b\n1.5;1,234\n0.25;5,678\n");
    assert.deepEqual(points.rows[0], { a: 1.5, b: 1234 });
    assert.deepEqual(await column("1,234", "5,678"), ["DOUBLE", 1234, 5678]);
  });

  it("is text for identifiers: leading zeros, too many digits, one letter", async () => {
    assert.deepEqual(await column("00123", "7"), ["VARCHAR", "00123", "7"]);
    assert.deepEqual(await column("-007", "7"), ["VARCHAR", "-007", "7"]);
    assert.deepEqual(await column("4111111111111111", "7"), ["VARCHAR", "4111111111111111", "7"]);
    assert.deepEqual(await column("536365", "C536379"), ["VARCHAR", "536365", "C536379"]);
    assert.deepEqual(await column("1_000", "7"), ["VARCHAR", "1_000", "7"]);
    assert.deepEqual(await column("1.2.3", "7"), ["VARCHAR", "1.2.3", "7"]);
  });

  it("is boolean for true and false in any case", async () => {
    assert.deepEqual(await column("true", "FALSE", ""), ["BOOLEAN", true, false, null]);
    assert.deepEqual(await column("true", "false", "maybe"), ["VARCHAR", "true", "false", "maybe"]);
  });

  it("is a date or a moment when one format reads all values", async () => {
    assert.deepEqual(await column("2024-02-29", "1900-01-01"), ["DATE", "2024-02-29", "1900-01-01"]);
    assert.deepEqual(await column("12/13/2010 8:26", ""), ["TIMESTAMP", "2010-12-13 08:26:00", null]);
    assert.deepEqual(await column("13.12.2010", "1.2.2011"), ["DATE", "2010-12-13", "2011-02-01"]);
    assert.deepEqual(await column("2010-12-01T08:26:00+01:00"), ["TIMESTAMP", "2010-12-01 08:26:00"]);
    assert.deepEqual(await column("2024-02-29", "2024-02-30"), ["VARCHAR", "2024-02-29", "2024-02-30"]);
    assert.deepEqual(await column("2010-12-01 08:26:00.25"), ["TIMESTAMP", "2010-12-01 08:26:00.25"]);
    assert.deepEqual(await column("20101201"), ["BIGINT", 20101201]);
  });

  it("is text when nothing is there, and texts stay as they are written", async () => {
    assert.deepEqual(await column("", ""), ["VARCHAR", null, null]);
    assert.deepEqual(await column(" a ", "  ", '"b ""c"""', '""', "NA"), [
      "VARCHAR",
      " a ",
      "  ",
      'b "c"',
      null,
      "NA",
    ]);
  });

  it("does not change for words that say there is no value, which are counted", async () => {
    const { summary, rows } = await read("n,d\n1,2024-01-01\nNA,null\nnan,2024-01-03\n");
    assert.deepEqual(
      summary.columns.map(({ type }) => type),
      ["BIGINT", "DATE"],
    );
    assert.deepEqual(rows[1], { n: null, d: null });
    assert.deepEqual(summary.notes, [
      "n: 2 texts such as NA or null among numbers are taken as missing.",
      "d: 1 text such as NA or null among dates is taken as missing.",
    ]);
    assert.deepEqual(await column("NA", "null"), ["VARCHAR", "NA", "null"]);
  });

  it("is found over all values: the last one may decide", async () => {
    const values = Array.from({ length: 3000 }, (_, i) => String(i + 1));
    for (const [last, type] of [
      ["1", "BIGINT"],
      ["0.5", "DOUBLE"],
      ["1,5", "DOUBLE"],
      ["x", "VARCHAR"],
      ["007", "VARCHAR"],
      ["", "BIGINT"],
      ["NA", "BIGINT"],
    ] as const)
      assert.equal((await column(...values.slice(0, 1500), last, ...values.slice(1500)))[0], type, last);
  });

  it("says when day and month could be swapped in every row", async () => {
    const { summary } = await read("a,b\n1/2/2024,1\n3/4/2024,2\n");
    assert.deepEqual(summary.notes, ["a: read as month/day/year; day and month could be swapped as well."]);
    const settled = await read(
      `a,b\n${"1/2/2024,1\n".repeat(2000)}1/13/2024,1\n${"1/2/2024,1\n".repeat(2000)}`,
    );
    assert.deepEqual(settled.summary.notes, []);
  });
});

describe("a table", () => {
  it("is read the same whichever way: by the database alone, or with an account of each row", async () => {
    const lines = Array.from(
      { length: 2500 },
      (_, i) =>
        `${i},${i / 4},"a, ${i % 7}",${(i % 12) + 1}/${(i % 28) + 1}/2024 ${i % 24}:30,${i % 3 === 0 ? "" : "true"}`,
    );
    const sound = await read(`n,x,t,d,b\n${lines.join("\n")}\n`);
    for (const oddity of ["\n\n", "\nbroken\n", '\n,,"two\nlines",,\n']) {
      const odd = await read(
        `n,x,t,d,b\n${lines.slice(0, 1200).join("\n")}${oddity}${lines.slice(1200).join("\n")}\n`,
      );
      assert.deepEqual(
        odd.rows.filter(({ n }) => n !== null),
        sound.rows,
      );
      assert.deepEqual(odd.summary.columns, sound.summary.columns);
    }
    assert.deepEqual(sound.rows[5], { n: 5, x: 1.25, t: "a, 5", d: "2024-06-06 05:30:00", b: true });
  });

  it("keeps the order of the file however long it is", async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `${i},${i % 2 === 0 ? "1.5" : "NA"}`);
    for (const head of ["", "0,1.5\n\n"]) {
      await read(`i,x\n${head}${lines.join("\n")}\n`);
      const { unordered } = await db.row<{ unordered: number }>(
        "SELECT count(*) AS unordered FROM (SELECT i - lag(i) OVER (ORDER BY rowid) AS step FROM t) WHERE step NOT IN (0, 1)",
      );
      assert.equal(unordered, 0);
    }
  });

  it("leaves out rows that do not fit its header, and says how many and where", async () => {
    const { summary, rows } = await read("a,b\n1,2\n3\n4,5,6\n7\n8,9,\n");
    assert.deepEqual(rows, [
      { a: 1, b: 2 },
      { a: 8, b: 9 },
    ]);
    assert.equal(summary.rows, 2);
    assert.deepEqual(summary.broken, [
      { problem: "1 field instead of 2", rows: 2, firstRow: 2 },
      { problem: "3 fields instead of 2", rows: 1, firstRow: 3 },
    ]);
    assert.deepEqual(summary.notes, [
      "2 rows of the file are left out, the first of them row 2: 1 field instead of 2.",
      "1 row of the file is left out, row 3: 3 fields instead of 2.",
    ]);
  });

  it("may be separated by commas, semicolons, tabs or bars, packed, and in any of three encodings", async () => {
    for (const delimiter of [",", ";", "\t", "|"]) {
      const { summary, rows } = await read(`name${delimiter}n\n"a,b;c|d\te"${delimiter}1\n`);
      assert.equal(summary.delimiter, delimiter);
      assert.deepEqual(rows, [{ name: "a,b;c|d\te", n: 1 }]);
    }
    const text = "café,n\nnaïve,1\n";
    assert.equal((await read(gzipSync(text), "t.csv.gz")).rows[0]!["café"], "naïve");
    assert.equal((await read(Buffer.from(text, "latin1"))).summary.encoding, "ISO-8859-1");
    assert.equal((await read(Buffer.from("a,b\n\x80 5,1\n", "latin1"))).rows[0]!["a"], "€ 5");
    assert.deepEqual((await read("\uFEFFa,b\r\n1,2\r\n")).rows, [{ a: 1, b: 2 }]);
  });

  it("takes the delimiter under which its rows fit", async () => {
    assert.deepEqual((await read('name,"a;b;c;d"\nx,1\n')).rows, [{ name: "x", "a;b;c;d": 1 }]);
    assert.deepEqual((await read("only\n1\n2\n")).rows, [{ only: 1 }, { only: 2 }]);
  });

  it("has a name for each column, none twice", async () => {
    assert.deepEqual(uniqueNames(["a", "", "a", "A", "a_1", ""]), [
      "a",
      "column_2",
      "a_2",
      "A_3",
      "a_1",
      "column_6",
    ]);
    const { summary, rows } = await read(",name,name\n0,x,y\n");
    assert.deepEqual(rows, [{ column_1: 0, name: "x", name_1: "y" }]);
    assert.match(summary.notes[0]!, /column 1 \(no name\) is column_1, column 3 \(name\) is name_1/);
    assert.deepEqual((await read("a,b,\n1,2,3\n")).rows, [{ a: 1, b: 2, column_3: 3 }]);
    assert.deepEqual((await read("a,b,\n1,2,\n")).rows, [{ a: 1, b: 2 }]);
  });

  it("may have hundreds of columns", async () => {
    const names = Array.from({ length: 150 }, (_, i) => `c${i}`);
    const { summary } = await read(`${names.join(",")}\n${names.map((_, i) => i).join(",")}\n`);
    assert.deepEqual(new Set(summary.columns.map(({ type }) => type)), new Set(["BIGINT"]));
  });

  it("comes from Parquet with the types it has there", async () => {
    const path = join(folder, "t.parquet");
    await db.run(
      `COPY (SELECT range::INTEGER AS i, [range] AS l FROM range(3)) TO ${sqlText(path)} (FORMAT parquet)`,
    );
    const { columns, rows, kind } = await loadTable(db, path, "t");
    assert.deepEqual([kind, rows, columns.map(({ type }) => type)], ["parquet", 3, ["INTEGER", "BIGINT[]"]]);
  });

  it("takes the place of an earlier one, which stays when the file cannot be used", async () => {
    await read("a,b\n1,2\n");
    await refusal("a,b\n");
    assert.deepEqual(await db.rows("FROM t"), [{ a: 1, b: 2 }]);
    assert.deepEqual(
      (await db.rows<{ table_name: string }>("SELECT table_name FROM information_schema.tables")).map(
        ({ table_name }) => table_name,
      ),
      ["t"],
    );
  });
});

describe("a file that is no table", () => {
  it("is refused in one line", async () => {
    assert.match(await refusal(""), /^t\.csv is empty/);
    assert.match(await refusal("\n \n"), /holds blank lines only/);
    assert.match(await refusal("a,b\n"), /has a header but no data rows/);
    assert.match(
      await refusal("a,b,c\n1,2\n3\n"),
      /none of the 2 data rows of t\.csv fits its header of 3 columns/,
    );
    assert.match(await refusal(Buffer.from("PK\x03\x04xx"), "t.xlsx"), /Excel workbook/);
    assert.match(await refusal(Buffer.from("ab\0c")), /binary file/);
    assert.match(await refusal(Buffer.from("PAR1 and nothing"), "t.parquet"), /damaged Parquet/);
    mkdirSync(join(folder, "sub"));
    await assert.rejects(loadTable(db, join(folder, "sub"), "t"), /is a folder/);
    await assert.rejects(loadTable(db, join(folder, "none.csv"), "t"), /there is no file/);
  });
});
