import type { Database } from "../data/database.js";
import type { RankCodes } from "../statistics/ranks.js";
import { equalBins, measureNumbers } from "./describe-number.js";
import type { DateVariable } from "./profile.js";
import type { StagedColumn } from "./staging.js";

const MS_PER_DAY = 86_400_000;
const MAX_BINS = 50;

/** First and last moment of a column as `YYYY-MM-DD HH:MM:SS`. */
export interface DateEnds {
  min: string | null;
  max: string | null;
}

/** First and last moment of columns of moments. */
export async function findDateEnds(
  db: Database,
  staged: string,
  columns: readonly StagedColumn[],
): Promise<Map<StagedColumn, DateEnds>> {
  if (columns.length === 0) return new Map();
  const ends = columns.flatMap(({ key }) =>
    ["min", "max"].map((end) => `strftime(${end}(${key}), '%Y-%m-%d %H:%M:%S') AS ${end}_${key}`),
  );
  const found = await db.row<Record<string, string | null>>(`SELECT ${ends.join(", ")} FROM ${staged}`);
  return new Map(
    columns.map((column) => [column, { min: found[`min_${column.key}`]!, max: found[`max_${column.key}`]! }]),
  );
}

/**
 * Range, variety and histogram of a column of moments.
 * @param times - its values in row order, milliseconds since 1970; NaN is missing.
 * @param ranks - the same ranked.
 */
export function describeDateColumn(
  column: StagedColumn,
  times: Float64Array,
  ranks: RankCodes,
  ends: DateEnds,
): DateVariable {
  const measured = measureNumbers(times, ranks);
  const isWholeDays = ranks.size > 0 && ranks.values.every((time) => time % MS_PER_DAY === 0);
  const asText = (value: unknown): string =>
    new Date(value as number)
      .toISOString()
      .slice(0, isWholeDays ? 10 : 19)
      .replace("T", " ");
  const days = measured.range === null ? 0 : measured.range / MS_PER_DAY;
  const bins = Math.min(MAX_BINS, isWholeDays ? days + 1 : MAX_BINS, measured.distinct);
  return {
    name: column.name,
    type: column.type,
    kind: "date",
    count: measured.count,
    missing: measured.missing,
    missingShare: measured.missingShare,
    distinct: measured.distinct,
    distinctShare: measured.distinctShare,
    singles: measured.singles,
    bytes: measured.bytes,
    common: measured.common.map((each) => ({ ...each, value: asText(each.value) })),
    min: ends.min,
    max: ends.max,
    rangeDays: measured.range === null ? null : days,
    isWholeDays,
    monotonicity: measured.monotonicity,
    histogram: equalBins(ranks, measured.min ?? 0, measured.max ?? 0, Math.max(1, Math.floor(bins))),
  };
}
