import { createRequire } from "node:module";
import { setImmediate } from "node:timers/promises";
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from "@duckdb/node-api";
import type { Cell, Row } from "../types.js";

const require = createRequire(import.meta.url);

/** The library. An `import` would have Node search a hundred files of CommonJS for the names they export first. */
function duckdb(): typeof import("@duckdb/node-api") {
  return require("@duckdb/node-api") as typeof import("@duckdb/node-api");
}

/** A value that may be bound to a `$name` in a statement. */
export type Parameter = string | number | boolean | null;

/** A column of rows to append. */
export type AppendedColumn = Int32Array | readonly (string | null)[];

/** A statement with the values of its `$name`s. */
export interface Statement {
  sql: string;
  parameters?: Record<string, Parameter>;
}

/** The most rows that DuckDB takes at once. */
const CHUNK_ROWS = 2048;
/** After so many, what waits for this thread has its turn. */
const CHUNKS_AT_ONCE = 16;

/**
 * An in-memory analytical database (DuckDB). The only place that knows the library:
 * statements go in, plain rows and typed arrays come out.
 */
export class Database {
  readonly #opened: Promise<Opened>;
  /** Ends with the latest statement: a connection does one at a time, in the order they were asked for. */
  #latest: Promise<unknown> = Promise.resolve();

  private constructor(opened: Promise<Opened>) {
    this.#opened = opened;
    // The first statement is told.
    opened.catch(() => {});
  }

  /**
   * Opens an empty database that loads no extension from outside, keeps insertion order and knows no local time. It may
   * not be there yet: the first statement waits for it, and whoever has other things to do first does not.
   */
  static async open(): Promise<Database> {
    return new Database(open());
  }

  /** Runs one or more statements for their effect. Values go through `parameters`, never into the text. */
  async run(sql: string, parameters?: Record<string, Parameter>): Promise<void> {
    await this.#inTurn(({ connection }) => connection.run(sql, parameters));
  }

  /** All rows of a query. Integers and decimals arrive as numbers, timestamps as `YYYY-MM-DD HH:MM:SS`. */
  async rows<T extends object = Row>(sql: string, parameters?: Record<string, Parameter>): Promise<T[]> {
    const { names, chunks } = await this.#read(sql, parameters);
    const found = chunks.flatMap((chunk) => chunk.getRows());
    return found.map((values) => {
      const row: Row = {};
      for (let i = 0; i < names.length; i++) row[names[i]!] = toCell(values[i]);
      return row as T;
    });
  }

  /** The only row of a query. @throws Error when the query gives another number of rows. */
  async row<T extends object = Row>(sql: string, parameters?: Record<string, Parameter>): Promise<T> {
    const rows = await this.rows<T>(sql, parameters);
    if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}: ${sql}`);
    return rows[0]!;
  }

  /** The only column of a query as doubles, in row order; NULL becomes NaN. */
  async numbers(sql: string, parameters?: Record<string, Parameter>): Promise<Float64Array> {
    const columns = await this.columns(sql, parameters);
    if (columns.length !== 1) throw new Error(`expected one column, got ${columns.length}: ${sql}`);
    return columns[0]!;
  }

  /** The columns of a query as doubles, in row order; NULL becomes NaN. */
  async columns(sql: string, parameters?: Record<string, Parameter>): Promise<Float64Array[]> {
    // Without NULLs a chunk is copied as it is.
    const query = `SELECT coalesce(COLUMNS(*)::DOUBLE, 'NaN'::DOUBLE) FROM (${sql})`;
    const { names, chunks } = await this.#read(query, parameters);
    const sizes = chunks.map((chunk) => chunk.rowCount);
    const rows = sizes.reduce((sum, size) => sum + size, 0);
    return names.map((_, column) => {
      const numbers = new Float64Array(rows);
      let row = 0;
      for (const [at, chunk] of chunks.entries()) {
        const vector = chunk.getColumnVector(column);
        const size = sizes[at]!;
        const { items } = vector as { items?: unknown };
        if (items instanceof Float64Array && items.length === size) numbers.set(items, row);
        else for (let i = 0; i < size; i++) numbers[row + i] = vector.getItem(i) as number;
        row += size;
      }
      return numbers;
    });
  }

  /** The result of a query. Its chunks are at hand: to wait for each of them would take longer than to read it. */
  async #read(
    sql: string,
    parameters?: Record<string, Parameter>,
  ): Promise<{ names: string[]; chunks: DuckDBDataChunk[] }> {
    const result = await this.#inTurn(({ connection }) => connection.run(sql, parameters));
    const chunks = Array.from({ length: result.chunkCount }, (_, at) => result.getChunk(at));
    return { names: result.deduplicatedColumnNames(), chunks };
  }

  /** Has statements done in one thread as long as `use` runs: on small tables others find nothing to do, and take time to ask. */
  async inOneThread<T>(use: () => Promise<T>): Promise<T> {
    await this.run("SET threads = 1");
    try {
      return await use();
    } finally {
      await this.run("RESET threads");
    }
  }

  /**
   * Runs statements that do not need each other, each in a transaction of its own, as many at once as there are threads.
   * What is asked for meanwhile goes on beside them.
   */
  async runAtOnce(statements: readonly Statement[]): Promise<void> {
    // What they need may have been asked for just now.
    const { instance } = await this.#inTurn(async (opened) => opened);
    const ended = await Promise.allSettled(
      statements.map(({ sql, parameters }) =>
        withConnection(instance, (connection) => connection.run(sql, parameters)),
      ),
    );
    for (const end of ended) if (end.status === "rejected") throw end.reason;
  }

  #inTurn<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    const done = this.#latest.then(() => this.#opened).then(work);
    this.#latest = done.catch(() => {});
    return done;
  }

  /**
   * Adds rows to a table, given as its columns: whole numbers as Int32Array, texts as arrays. Statements on other tables
   * go on meanwhile.
   * @param table - `schema.name`; its columns are INTEGER and VARCHAR.
   */
  async append(table: string, columns: readonly AppendedColumn[]): Promise<void> {
    const { DuckDBDataChunk, INTEGER, VARCHAR } = duckdb();
    const [schema, name] = table.split(".") as [string, string];
    // The table may have been asked for just now.
    const { instance } = await this.#inTurn(async (opened) => opened);
    await using(await instance.connect(), async (connection) => {
      const appender = await connection.createAppender(name, schema);
      const types = columns.map((column) => (column instanceof Int32Array ? INTEGER : VARCHAR));
      const rows = columns[0]?.length ?? 0;
      let chunk = DuckDBDataChunk.create(types, Math.min(rows, CHUNK_ROWS));
      for (let from = 0; from < rows; from += CHUNK_ROWS) {
        const count = Math.min(rows - from, CHUNK_ROWS);
        if (count !== chunk.rowCount) chunk = DuckDBDataChunk.create(types, count);
        for (const [at, column] of columns.entries()) {
          const vector = chunk.getColumnVector(at);
          // The library sets items one by one; whole numbers go over as a block, ten times faster.
          const items: unknown = Reflect.get(vector, "items");
          if (column instanceof Int32Array && items instanceof Int32Array)
            items.set(column.subarray(from, from + count));
          else for (let i = 0; i < count; i++) vector.setItem(i, column[from + i]!);
          vector.flush();
        }
        appender.appendDataChunk(chunk);
        if (from % (CHUNKS_AT_ONCE * CHUNK_ROWS) === 0) await setImmediate();
      }
      appender.closeSync();
    });
  }

  close(): void {
    const close = ({ connection, instance }: Opened): void => {
      connection.closeSync();
      instance.closeSync();
    };
    this.#opened.then(close, () => {});
  }
}

/** A database and the connection that does one statement after the other. */
interface Opened {
  instance: DuckDBInstance;
  connection: DuckDBConnection;
}

async function open(): Promise<Opened> {
  const instance = await duckdb().DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    preserve_insertion_order: "true",
  });
  return { instance, connection: await connect(instance) };
}

/** Runs `use` with an empty database of its own and closes it whatever happens. */
export async function withDatabase<T>(use: (db: Database) => Promise<T>): Promise<T> {
  const db = await Database.open();
  try {
    return await use(db);
  } finally {
    db.close();
  }
}

async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return connection;
}

/** Runs `use` with a connection of its own and closes it whatever happens. */
async function withConnection<T>(
  instance: DuckDBInstance,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  return using(await connect(instance), use);
}

async function using<T>(
  connection: DuckDBConnection,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
  }
}

/** A text as a literal for the few statements that take no parameters (COPY, file names). */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") {
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER))
      throw new RangeError(`${value} is too large for a number`);
    return Number(value);
  }
  if (typeof value === "object") {
    const decimal = value as { toDouble?: () => number };
    return typeof decimal.toDouble === "function" ? decimal.toDouble() : String(value);
  }
  return value as Cell;
}
