import { type Database, sqlText } from "./database.js";

/**
 * Creates a table from a query in place of a table or view of that name, which the query may read.
 * A query that fails leaves the old one as it was.
 */
export async function replaceTable(db: Database, name: string, query: string): Promise<void> {
  try {
    await db.run(`CREATE OR REPLACE TABLE ${sqlName(name)} AS ${query}`);
  } catch (error) {
    if (!isOfOtherType(error)) throw error;
    const fresh = `${name}__new`;
    await db.run(`CREATE OR REPLACE TABLE ${sqlName(fresh)} AS ${query}`);
    await db.run(`DROP VIEW ${sqlName(name)}; ALTER TABLE ${sqlName(fresh)} RENAME TO ${sqlName(name)}`);
  }
}

/** Creates a view in place of a table or view of that name. @param comment - goes with the view: what replaces it has none. */
export async function replaceView(db: Database, name: string, query: string, comment = ""): Promise<void> {
  const remark = comment === "" ? "" : `; COMMENT ON VIEW ${sqlName(name)} IS ${sqlText(comment)}`;
  const create = `CREATE OR REPLACE VIEW ${sqlName(name)} AS ${query}${remark}`;
  try {
    await db.run(create);
  } catch (error) {
    if (!isOfOtherType(error)) throw error;
    await db.run(`DROP TABLE ${sqlName(name)}`);
    await db.run(create);
  }
}

/** Whether something was not replaced because there is a view where a table was made, or a table instead of a view. */
function isOfOtherType(error: unknown): boolean {
  return /Existing object .* is of type/.test(String(error));
}

let scratchTables = 0;

/** Runs `use` with a temporary table of its own, and drops the table whatever happens. */
export function withScratchTable<T>(
  db: Database,
  query: string,
  use: (table: string) => Promise<T>,
): Promise<T> {
  return withScratch(db, "TABLE", [query], ([table]) => use(table!));
}

/** Runs `use` with a temporary table for each query, all made at once, and drops them whatever happens. */
export function withScratchTables<T>(
  db: Database,
  queries: readonly string[],
  use: (tables: string[]) => Promise<T>,
): Promise<T> {
  return withScratch(db, "TABLE", queries, use);
}

/** Runs `use` with a temporary view of its own, and drops the view whatever happens. */
export function withScratchView<T>(
  db: Database,
  query: string,
  use: (view: string) => Promise<T>,
): Promise<T> {
  return withScratch(db, "VIEW", [query], ([view]) => use(view!));
}

async function withScratch<T>(
  db: Database,
  kind: "TABLE" | "VIEW",
  queries: readonly string[],
  use: (names: string[]) => Promise<T>,
): Promise<T> {
  const names = queries.map(() => {
    scratchTables += 1;
    return `scratch_${scratchTables}`;
  });
  try {
    await db.run(queries.map((query, i) => `CREATE TEMP ${kind} ${names[i]} AS ${query}`).join("; "));
    return await use(names);
  } finally {
    await db.run(names.map((name) => `DROP ${kind} IF EXISTS ${name}`).join("; "));
  }
}

/** Runs `use` with an empty schema of its own for several scratch tables, and drops it whatever happens. */
export async function withScratchSchema<T>(db: Database, use: (schema: string) => Promise<T>): Promise<T> {
  scratchTables += 1;
  const schema = `scratch_${scratchTables}`;
  await db.run(`CREATE SCHEMA ${schema}`);
  try {
    return await use(schema);
  } finally {
    await db.run(`DROP SCHEMA ${schema} CASCADE`);
  }
}

/** A name as an SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A file as the argument of a DuckDB reader, which would take `*`, `?` and `[` for wildcards. */
export function sqlFile(path: string): string {
  return sqlText(path.replace(/[*?[]/g, "[$&]"));
}
