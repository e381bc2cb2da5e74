import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, sqlText } from "../data/database.js";
import { csvLines } from "./csv.js";

/** The table `scores` as CSV, line by line, and how many rows it has. */
export async function scoresAsCsv(db: Database): Promise<string[]> {
  const described = await db.rows<{ column_name: string }>("DESCRIBE scores");
  const rows = await db.rows("SELECT * FROM scores ORDER BY customer_id");
  return [
    ...csvLines(
      described.map(({ column_name }) => column_name),
      rows,
    ),
  ];
}

/** The table `scores` as a Parquet file; the same rows give the same bytes. */
export async function scoresAsParquet(db: Database): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "insiders-"));
  try {
    const path = join(folder, "scores.parquet");
    await db.run(
      `COPY (SELECT * FROM scores ORDER BY customer_id) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
