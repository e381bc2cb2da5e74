import type { Database } from "./database.js";
import { InputError } from "./errors.js";
import type { SourceFile } from "./read-file.js";
import { sqlFile } from "./tables.js";

/** Names and types of the columns of a Parquet file. @throws InputError when it is damaged. */
export async function describeParquet(
  db: Database,
  file: SourceFile,
): Promise<{ header: string[]; types: string[] }> {
  const columns = await db
    .rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${parquetReader(file)}`)
    .catch((cause: unknown) => {
      throw damagedParquet(file, cause);
    });
  return {
    header: columns.map(({ column_name }) => column_name),
    types: columns.map(({ column_type }) => column_type),
  };
}

/** SQL to select a Parquet file's rows from. */
export function parquetReader(file: SourceFile, ...options: string[]): string {
  return `read_parquet(${[sqlFile(file.path), ...options].join(", ")})`;
}

export function damagedParquet(file: SourceFile, cause: unknown): InputError {
  return new InputError(`${file.name} is a damaged Parquet file: write or copy it again`, { cause });
}
