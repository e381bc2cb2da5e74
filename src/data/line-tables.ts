import { TEXT_COLUMNS, type TextColumnName } from "./columns.js";
import type { Database } from "./database.js";
import { replaceTable, replaceView, sqlName } from "./tables.js";

/** Where the tables with keys are. */
const KEYED = "keyed";

/**
 * Tables of lines, `invoice_lines` and what is made of it, that say what they hold twice: with texts under their own
 * names, and with keys in place of the texts. A key is a whole number: the same for the same text, in the order of the
 * texts, NULL for none. What groups, joins or counts by a text comes to the same by its key, in a fraction of the time.
 *
 * The lines are stored with keys, the different texts once; a table with texts is a view that puts them together, which
 * is read as fast as if it were stored. Tables that come from elsewhere, a Parquet file for one, have texts only: those
 * take the place of the keys then.
 */
export class LineTables {
  readonly #db: Database;
  /** Whether there are keys. */
  readonly areKeyed: boolean;

  private constructor(db: Database, areKeyed: boolean) {
    this.#db = db;
    this.areKeyed = areKeyed;
  }

  /** The tables of these names, with keys where all of them have some. */
  static async of(db: Database, ...names: string[]): Promise<LineTables> {
    const views = await db.rows<{ name: string; comment: string | null }>(
      "SELECT view_name AS name, comment FROM duckdb_views() WHERE NOT internal AND NOT temporary",
    );
    const keyed = new Set(
      views.filter(({ name, comment }) => comment === mark(name)).map(({ name }) => name),
    );
    return new LineTables(
      db,
      names.every((name) => keyed.has(name)),
    );
  }

  /** Those with texts. */
  static withoutKeys(db: Database): LineTables {
    return new LineTables(db, false);
  }

  /** Those with keys, to be created. */
  static withKeys(db: Database): LineTables {
    return new LineTables(db, true);
  }

  /** A table in a query: with keys where there are some. */
  from(name: string): string {
    return this.areKeyed ? `${KEYED}.${name}` : sqlName(name);
  }

  /** Creates a table from a query of tables named by `from`, in place of what has its name. */
  async replaceTable(name: string, query: string): Promise<void> {
    if (this.areKeyed) await this.#replaceKeyed("TABLE", name, query);
    else await replaceTable(this.#db, name, query);
  }

  /** Creates a view of tables named by `from`, in place of what has its name. */
  async replaceView(name: string, query: string): Promise<void> {
    if (this.areKeyed) await this.#replaceKeyed("VIEW", name, query);
    else await replaceView(this.#db, name, query);
  }

  /** What to select from `query` for it to have texts in place of the keys of some columns. */
  withTexts(query: string, columns: readonly TextColumnName[]): string {
    if (!this.areKeyed || columns.length === 0) return query;
    const texts = columns.map((column) => `of_${column}.text AS ${column}`);
    const joins = columns.map(
      (column) =>
        `JOIN ${textsOf(column)} AS of_${column} ON of_${column}.key = coalesce(keyed.${column}, 0)`,
    );
    return `SELECT keyed.* REPLACE (${texts.join(", ")}) FROM (${query}) AS keyed ${joins.join(" ")}`;
  }

  async #replaceKeyed(kind: "TABLE" | "VIEW", name: string, query: string): Promise<void> {
    const texts = this.withTexts(`FROM ${this.from(name)}`, TEXT_COLUMNS);
    await this.#db.run(`CREATE OR REPLACE ${kind} ${this.from(name)} AS ${query}`);
    await replaceView(this.#db, name, texts, mark(name));
  }
}

/** Makes room for tables with keys. */
export async function createKeyedSchema(db: Database): Promise<void> {
  await db.run(`CREATE SCHEMA IF NOT EXISTS ${KEYED}`);
}

/**
 * A statement that keeps the different texts of a column.
 * @param texts - a query of their `key`, from 1, and what they say; `null` where the source has none.
 */
export function createTexts(column: TextColumnName, texts: string | null): string {
  const none = "SELECT 0::INTEGER AS key, NULL::VARCHAR AS text";
  return `CREATE OR REPLACE TABLE ${textsOf(column)} AS ${texts === null ? none : `${none} UNION ALL ${texts}`}`;
}

/** Table of the different texts of a column: `key` and `text`, with 0 for no text. */
function textsOf(column: TextColumnName): string {
  return `${KEYED}.texts_of_${column}`;
}

function mark(name: string): string {
  return `with keys: ${KEYED}.${name}`;
}
