import { equalBins, measureNumbers } from "./describe-number.js";
import type { PlacedNumbers } from "./placed-numbers.js";
import type { DateVariable } from "./profile.js";
import type { DateEnds, ProfiledColumn } from "./profiled-table.js";

const MS_PER_DAY = 86_400_000;
const MAX_BINS = 50;

/**
 * Range, variety and histogram of a column of moments.
 * @param times - in milliseconds since 1970.
 */
export function describeDateColumn(
  column: ProfiledColumn,
  times: PlacedNumbers,
  ends: DateEnds,
): DateVariable {
  const { ranks } = times;
  const measured = measureNumbers(times);
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
