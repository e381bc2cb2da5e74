import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, type TestContext } from "node:test";
import { Database } from "#src/data/database.js";
import { type LoadOptions, type LoadSummary, loadInvoices } from "#src/data/load.js";
import type { Row } from "#src/types.js";

/** An empty folder that is removed when the test file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "insiders-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

/** What a file of this content is read as. */
export interface Loaded {
  summary: LoadSummary;
  lines: Row[];
  rejected: Row[];
}

/** Writes a file, loads it and reads both tables. */
export async function load(
  content: string | Buffer,
  { name = "shop.csv", ...options }: LoadOptions & { name?: string } = {},
): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), "insiders-test-"));
  const db = await Database.open();
  try {
    const path = join(folder, name);
    writeFileSync(path, content);
    const summary = await loadInvoices(db, path, options);
    return {
      summary,
      lines: await db.rows("FROM invoice_lines ORDER BY row"),
      rejected: await db.rows("FROM rejected_rows"),
    };
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

/** Loads data rows below the usual header. */
export function loadRows(rows: string[], options?: LoadOptions): Promise<Loaded> {
  return load([HEADER, ...rows, ""].join("\n"), options);
}

const ROWS_OF_UCI = 541_909;

/** The UCI Online Retail data, loaded, or undefined with the test marked as skipped. */
export async function loadRealData(
  t: TestContext,
): Promise<{ db: Database; summary: LoadSummary; path: string } | undefined> {
  const path = process.env.INSIDERS_SOURCE;
  if (!path) {
    t.skip("INSIDERS_SOURCE is not set");
    return undefined;
  }
  const db = await Database.open();
  t.after(() => db.close());
  const summary = await loadInvoices(db, path);
  if (summary.rows === ROWS_OF_UCI) return { db, summary, path };
  t.skip("INSIDERS_SOURCE is not the UCI Online Retail data");
  return undefined;
}
