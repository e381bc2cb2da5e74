import type { Database } from "../data/database.js";
import { sqlName } from "../data/tables.js";
import { column, matrixOfColumns } from "../math/matrix.js";
import type { Prepared } from "./preparation.js";

/** Customers as points, wherever they come from. */
export type Points = Pick<Prepared, "ids" | "names" | "X">;

/**
 * Makes a table of points: `customer_id`, then a column of doubles for each name, in the order of the rows.
 * @throws RangeError when a name is `customer_id`, or ids or names are not as many as rows or columns.
 */
export async function storePoints(db: Database, table: string, { ids, names, X }: Points): Promise<void> {
  if (ids.length !== X.rows || names.length !== X.columns)
    throw new RangeError(
      `storePoints needs an id a row and a name a column, got ${ids.length} and ${names.length} for ${X.rows} x ${X.columns}`,
    );
  if (names.includes("customer_id")) throw new RangeError("a column of points is no customer_id");
  const columns = names.map((name, j) => `unnest($column${j}::DOUBLE[]) AS ${sqlName(name)}`);
  const parameters = Object.fromEntries(
    names.map((_, j) => [`column${j}`, JSON.stringify(Array.from(column(X, j)))]),
  );
  await db.run(
    `CREATE OR REPLACE TABLE ${sqlName(table)} AS
     SELECT ${["unnest($ids::JSON::VARCHAR[]) AS customer_id", ...columns].join(", ")}`,
    { ids: JSON.stringify(ids), ...parameters },
  );
}

/** The points of a table that `storePoints` made, in its order, digit for digit. */
export async function readPoints(db: Database, table: string): Promise<Points> {
  const described = await db.rows<{ column_name: string }>(`DESCRIBE ${sqlName(table)}`);
  const names = described.map(({ column_name }) => column_name).filter((name) => name !== "customer_id");
  const ids = await db.rows<{ customer_id: string }>(`SELECT customer_id FROM ${sqlName(table)}`);
  const columns: Float64Array[] = [];
  for (const name of names) columns.push(await db.numbers(`SELECT ${sqlName(name)} FROM ${sqlName(table)}`));
  const X =
    columns.length > 0
      ? matrixOfColumns(columns)
      : { rows: ids.length, columns: 0, data: new Float64Array(0) };
  return { ids: ids.map(({ customer_id }) => customer_id), names, X };
}
