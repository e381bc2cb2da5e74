import type { CodedTable, CodedTableColumn } from "../data/coded-table.js";
import type { Database } from "../data/database.js";
import { withScratchTables } from "../data/tables.js";
import { recode } from "../statistics/ranks.js";
import type { Cell } from "../types.js";
import { placeCodedNumbers } from "./placed-numbers.js";
import {
  type CountedTexts,
  type DateEnds,
  dateEnds,
  type MeasuredColumn,
  type ProfiledColumn,
  type ProfiledTable,
} from "./profiled-table.js";
import { familyOf, stagedNumber, stagedValue } from "./staging.js";

type CodedSource = ProfiledColumn & CodedTableColumn;

/** A table in codes, to be profiled: the database is asked about different values only, never about rows. */
export function codedSource(
  db: Database,
  { summary, columns: coded }: CodedTable,
): ProfiledTable<CodedSource> {
  const columns = coded.map((column) => ({ ...column, family: familyOf(column.type) }));
  return {
    rows: summary.rows,
    columns,
    async measure(some): Promise<MeasuredColumn[]> {
      // Asked for at once: nothing else comes between.
      return Promise.all(some.map((column) => measureCoded(db, column)));
    },
    async withTexts(some, use) {
      const grouped = some.map(
        ({ values }) =>
          `SELECT value::VARCHAR AS v, sum(n)::BIGINT AS n FROM ${values} WHERE value IS NOT NULL GROUP BY 1`,
      );
      return withScratchTables(db, grouped, async (tables) => {
        const texts: CountedTexts[] = [];
        for (const [i, { codes, values }] of some.entries()) {
          const places = await db.numbers(
            `SELECT CASE WHEN value IS NULL THEN -1 ELSE dense_rank() OVER (ORDER BY value::VARCHAR) - 1 END
             FROM ${values} ORDER BY code`,
          );
          texts.push({ table: tables[i]!, places: recode(codes, new Int32Array(places)) });
        }
        return use(texts);
      });
    },
    async cells(rows) {
      const found: Cell[][] = rows.map(() => []);
      for (const column of columns) {
        const codes = rows.map((row) => column.codes[row]!);
        const wanted = [...new Set(codes)];
        const cells = await db.rows<{ code: number; cell: Cell }>(
          `SELECT code, ${stagedValue("value", column)} AS cell FROM ${column.values}
           WHERE list_contains([${wanted.join(", ")}]::INTEGER[], code)`,
        );
        const cellOf = new Map(cells.map(({ code, cell }) => [code, cell]));
        for (const [i, code] of codes.entries()) found[i]!.push(cellOf.get(code)!);
      }
      return found;
    },
    valuesOf(column) {
      return `(SELECT ${stagedValue("value", column)} FROM ${column.values})`;
    },
  };
}

async function measureCoded(db: Database, column: CodedSource): Promise<MeasuredColumn> {
  const { family, codes, counts, values } = column;
  const staged = stagedValue("value", column);
  const [meant, ends] = await Promise.all([
    db.numbers(`SELECT ${stagedNumber(staged, column)} FROM ${values} ORDER BY code`),
    family === "date"
      ? db.row<DateEnds & Record<string, Cell>>(`SELECT ${dateEnds(staged)} FROM ${values}`)
      : undefined,
  ]);
  return { ...placeCodedNumbers(meant, counts, codes), ends };
}
