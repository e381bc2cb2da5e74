import { type Database, sqlText } from "../data/database.js";
import { isDay } from "../features/days.js";

export interface ReturnsValueOptions {
  /** Share of revenue that is left after the cost of goods, 0 to 1. An assumption, until the shop says it. */
  margin: number;
  /** What handling one return costs, in the currency of the source: for each line, or for each unit, as counted. */
  costPerReturn: number;
}

/** What a customer is worth with and without the returns; one value a customer each. */
export interface ReturnsValue {
  /** Margin on gross revenue: the value if nothing came back. */
  before: Float64Array;
  /** Margin on what was kept, less the cost of handling what came back. */
  after: Float64Array;
  /** What returns took: `before` less `after`. */
  lost: Float64Array;
}

/**
 * What customers are worth when returns take their margin back and cost money to handle.
 * @param gross - revenue before returns; `returned` the value that came back; `returns` its lines or units.
 * @throws RangeError when lengths differ, the margin is outside [0, 1] or the cost is negative.
 */
export function valueAfterReturns(
  { gross, returned, returns }: Record<"gross" | "returned" | "returns", ArrayLike<number>>,
  { margin, costPerReturn }: ReturnsValueOptions,
): ReturnsValue {
  if (!(margin >= 0 && margin <= 1))
    throw new RangeError(`valueAfterReturns needs a margin in [0, 1], got ${margin}`);
  if (!(costPerReturn >= 0 && costPerReturn < Infinity))
    throw new RangeError(`valueAfterReturns needs a cost of at least 0, got ${costPerReturn}`);
  if (returned.length !== gross.length || returns.length !== gross.length)
    throw new RangeError(
      `valueAfterReturns needs returns for each of ${gross.length} customers, got ${returned.length} and ${returns.length}`,
    );
  const before = Float64Array.from(gross, (value) => margin * value);
  const lost = Float64Array.from(returned, (value, i) => margin * value + costPerReturn * returns[i]!);
  return { before, after: before.map((value, i) => value - lost[i]!), lost };
}

/**
 * Lines and units that each customer sent back before a day; sales cancelled in full are no returns here.
 * @throws RangeError for a date that is none.
 */
export async function readReturnCounts(
  db: Database,
  ids: readonly string[],
  before: string,
): Promise<{ lines: Float64Array; units: Float64Array }> {
  if (!isDay(before)) throw new RangeError(`readReturnCounts needs a date YYYY-MM-DD, got "${before}"`);
  const rows = await db.rows<{ id: string; lines: number; units: number }>(
    `SELECT customer_id AS id, count(*)::DOUBLE AS lines, -sum(quantity)::DOUBLE AS units FROM returns
     WHERE customer_id IS NOT NULL AND invoiced_at < DATE ${sqlText(before)} GROUP BY customer_id`,
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return {
    lines: Float64Array.from(ids, (id) => found.get(id)?.lines ?? 0),
    units: Float64Array.from(ids, (id) => found.get(id)?.units ?? 0),
  };
}
