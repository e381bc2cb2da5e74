import type { Database } from "#src/data/database.js";
import type { Matrix } from "#src/math/matrix.js";

/** A table of these columns: texts as VARCHAR, numbers as DOUBLE. */
export async function makeTable(
  db: Database,
  name: string,
  columns: Readonly<Record<string, readonly string[] | Float64Array>>,
): Promise<void> {
  const names = Object.keys(columns);
  const selected = names.map((column) => {
    const type = columns[column] instanceof Float64Array ? "DOUBLE" : "VARCHAR";
    return `unnest($${column}::JSON::${type}[]) AS ${column}`;
  });
  const parameters = names.map((column) => [column, JSON.stringify(Array.from<unknown>(columns[column]!))]);
  await db.run(
    `CREATE OR REPLACE TABLE ${name} AS SELECT ${selected.join(", ")}`,
    Object.fromEntries(parameters),
  );
}

/** A table with a row for each customer and draw of a matrix of customers by draws. */
export function makeDraws(
  db: Database,
  name: string,
  ids: readonly string[],
  { columns, data }: Matrix,
): Promise<void> {
  return makeTable(db, name, {
    customer_id: ids.flatMap((id) => Array<string>(columns).fill(id)),
    draw: Float64Array.from(data, (_, at) => at % columns),
    revenue: data,
  });
}
