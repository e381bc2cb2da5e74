import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Database, sqlText } from "#src/data/database.js";
import { loadTable } from "#src/data/load-table.js";
import { seededRandom } from "#src/math/random.js";
import { profileFile, profileTable } from "#src/profiling/profile-table.js";
import { temporaryFolder } from "../data/support.js";
import { root } from "../structure/support.js";

const folder = temporaryFolder();
let db: Database;
before(async () => {
  db = await Database.open();
});
after(() => db.close());

/** Checks that the profile of a file is that of its table. */
async function assertSame(path: string): Promise<void> {
  const { notes } = await loadTable(db, path, "t");
  const wanted = await profileTable(db, "t", { title: "same", notes });
  await db.run("DROP TABLE t");
  assert.deepEqual(await profileFile(db, path, { title: "same" }), wanted);
  assert.deepEqual(await db.rows("SELECT table_name FROM information_schema.tables"), []);
}

function write(lines: readonly string[]): string {
  const path = join(folder, "t.csv");
  writeFileSync(path, lines.join("\n"));
  return path;
}

/** Lines with values of all kinds, spelled in several ways, with gaps, infinities and repetitions. */
function oddLines(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const choices = [
    ["1", "2", "+3", " 4 ", "", "NA", "-7"],
    ["1.5", "1.50", "0", "-0", "inf", "-inf", ""],
    ["1/2/2024 8:15", "3/4/2024 9:00", ""],
    ["yes", "Yes", "no", ""],
    ["true", "FALSE", ""],
    ["a", '"a"', " b ", '"c, ""d"""', "Zoë", "?", "apple pie", "Apple Pie"],
  ];
  const lines: string[] = [];
  for (let i = 0; i < count; i++)
    lines.push(
      i > 9 && random() < 0.1
        ? lines[Math.floor(random() * i)]!
        : [i % 7, ...choices.map((some) => some[Math.floor(random() * some.length)]!)].join(","),
    );
  return lines;
}

describe("the profile of a file", () => {
  for (const count of [1, 40, 1500])
    it(`is that of its table: ${count} rows of values spelled in several ways`, async () => {
      await assertSame(write(["k,n,x,d,y,b,t", ...oddLines(count, count)]));
    });

  it("is that of its table: columns that are the same, but for their spelling", async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `${i % 9},${i % 9}.0,w${i % 9},w${i % 9},v${i % 9}`);
    const path = write(["a,b,c,d,e", ...lines]);
    await assertSame(path);
    const { alerts } = await profileFile(db, path);
    assert.deepEqual(
      alerts.flatMap(({ kind, column }) => (kind === "sameColumn" ? [column] : [])),
      ["b", "d"],
    );
  });

  it("is that of its table: values of which each is new, and Parquet", async () => {
    const lines = Array.from({ length: 66_000 }, (_, i) => `${i},n${i}`);
    await assertSame(write(["id,name", ...lines]));
    const path = join(folder, "t.parquet");
    await db.run(`COPY (SELECT range % 7 AS k FROM range(50)) TO ${sqlText(path)} (FORMAT parquet)`);
    await assertSame(path);
  });

  it("is that of its table: the sample", async () => {
    await assertSame(join(root, "data/sample/online-retail-sample.csv"));
  });

  it("is called by the file's name, and tells what was left out of it", async () => {
    const { title, limits } = await profileFile(db, write(["a,b", "1,2", "3"]), { notes: ["And more."] });
    assert.equal(title, "t.csv");
    assert.deepEqual(limits, ["1 row of the file is left out, row 2: 1 field instead of 2.", "And more."]);
  });
});
