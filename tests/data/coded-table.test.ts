import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { codeRepetitiveText } from "#src/data/code-text.js";
import { withCodedTable } from "#src/data/coded-table.js";
import { Database } from "#src/data/database.js";
import { InputError } from "#src/data/errors.js";
import { loadTable } from "#src/data/load-table.js";
import { readSourceFile, type SourceFile } from "#src/data/read-file.js";
import type { TableSummary } from "#src/data/table-summary.js";
import type { Cell } from "#src/types.js";
import { temporaryFolder } from "./support.js";

const folder = temporaryFolder();
let db: Database;
before(async () => {
  db = await Database.open();
});
after(() => db.close());

function write(content: string | Buffer): Promise<SourceFile> {
  const path = join(folder, "t.csv");
  writeFileSync(path, content);
  return readSourceFile(path);
}

/** What a coded table says of its file, and its rows put together again. */
async function decoded(file: SourceFile): Promise<{ summary: TableSummary; rows: Cell[][] } | undefined> {
  return withCodedTable(db, file, async ({ summary, columns }) => {
    const rows = Array.from({ length: summary.rows }, (): Cell[] => []);
    for (const { values, codes, counts } of columns) {
      const meant = await db.rows<{ code: number; value: Cell; n: number }>(`FROM ${values}`);
      assert.deepEqual(
        meant.map(({ code }) => code),
        meant.map((_, place) => place),
      );
      assert.deepEqual(
        meant.map(({ n }) => n),
        [...counts],
      );
      assert.equal(codes.length, summary.rows);
      for (const [row, code] of codes.entries()) rows[row]!.push(meant[code]!.value);
    }
    return { summary, rows };
  });
}

describe("a table in codes", () => {
  const files: Record<string, string | Buffer> = {
    "all types": "n,x,t,d,m,b\n1,1.5,a,2024-01-31,1/2/2024 8:15,true\n2,2,,2024-02-29,1/13/2024 8:16,FALSE\n",
    "two spellings of one value": 'x;t\n1,50;a\n1,5;"a"\n"1,500"; "a"\n',
    "words for no value": "n,d\n1,2024-01-01\nNA,null\nNA,2024-01-03\n",
    "broken rows and blank lines": 'a,b\n1,2\n3\n\n4,5,6\n7\n8,9,\n"two\nlines",x\n',
    "dates that could be swapped": "a,b\n1/2/2024,1\n3/4/2024,2\n",
    "names that are empty or not unique": ",name,name\n0,x,y\n",
    "a single column": "only\n1\n\n2\n",
    "Windows line breaks in Latin-1": Buffer.from("name,n\r\ncaf\xe9,1\r\nna\xefve,2\r\n", "latin1"),
    "no line break at the end": "\uFEFFa,b\n1,2",
    "a column of gaps": "a,b\n,1\n,2\n",
  };
  for (const [what, content] of Object.entries(files))
    it(`is the table that is made of the file: ${what}`, async () => {
      const file = await write(content);
      const summary = await loadTable(db, file, "t");
      const rows = (await db.rows("FROM t")).map((row) => Object.values(row));
      assert.deepEqual(await decoded(file), { summary, rows });
    });

  it("leaves nothing behind", async () => {
    const file = await write("a,b\n1,2\n");
    await db.run("DROP TABLE IF EXISTS t");
    await decoded(file);
    assert.deepEqual(await db.rows("SELECT table_name FROM information_schema.tables"), []);
  });

  it("is refused as the table is, in one line", async () => {
    for (const content of ["a,b\n", "a,b,c\n1,2\n3\n", "\n \n"]) {
      const file = await write(content);
      const wanted = await loadTable(db, file, "t").catch((error: unknown) => error);
      assert.ok(wanted instanceof InputError);
      await assert.rejects(decoded(file), { name: wanted.name, message: wanted.message });
    }
  });

  it("is not made of more than 100 columns", async () => {
    const names = Array.from({ length: 101 }, (_, i) => `c${i}`);
    assert.equal(await decoded(await write(`${names.join(",")}\n${names.join(",")}\n`)), undefined);
  });
});

describe("a text whose values are nearly all new", () => {
  const read = (line: (row: number) => string): unknown => {
    const text = Buffer.from(Array.from({ length: 70_000 }, (_, row) => line(row)).join("\n"));
    return codeRepetitiveText(text, {
      from: 0,
      encoding: "UTF-8",
      delimiter: ",",
      fields: 2,
      wanted: [0, 1],
    });
  };

  it("is not read in codes, one that repeats itself is", () => {
    assert.equal(
      read((row) => `${row},x`),
      undefined,
    );
    assert.notEqual(
      read((row) => `${row >> 2},x`),
      undefined,
    );
  });
});
