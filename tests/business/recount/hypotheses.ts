import type { TestedHypothesis } from "#src/business/hypothesis.js";
import type { Database } from "#src/data/database.js";
import { makeTable } from "./tables.js";

/** What SQL finds of a hypothesis. */
export interface EffectRow {
  id: string;
  n: [number, number];
  values: [number | null, number | null];
  effect: number | null;
  statistic: number | null;
  strength: number | null;
}

/** The measure of each hypothesis in SQL over `now`, and how it is compared. */
const ASKED: Readonly<
  Record<string, { measure: string; as: keyof typeof EFFECTS; bound: number; isWithin?: true }>
> = {
  "items-share": { measure: "items", as: "share", bound: 0.1 },
  "returned-value": { measure: "returned_value", as: "means", bound: 0.9 },
  "median-revenue": { measure: "gross_revenue", as: "medians", bound: 1.1 },
  "order-value": { measure: "average_order_value", as: "medians", bound: 1.25 },
  "sooner-again": { measure: "gap", as: "medians", bound: 0.9 },
  "wide-orders": { measure: "products_per_order", as: "medians", bound: 1 },
  "item-price": { measure: "item_price", as: "medians", bound: 1 },
  "best-product": { measure: "top_product_share", as: "dominance", bound: 1 },
  "weekend-orders": { measure: "weekend_share", as: "difference", bound: 0 },
  "morning-orders": { measure: "morning_share", as: "difference", bound: 0 },
  "autumn-revenue": { measure: "autumn_revenue / gross_revenue", as: "difference", bound: 0 },
  "longer-customers": { measure: "tenure_days", as: "medians", bound: 1.1 },
  "recent-customers": { measure: "(recency_days <= 90)::INTEGER", as: "shares", bound: 0 },
  abroad: { measure: "(country <> home)::INTEGER", as: "shares", bound: 0 },
  "abroad-revenue": { measure: "gross_revenue", as: "medians", bound: 1.1, isWithin: true },
  "returned-share": { measure: "returned_share", as: "dominance", bound: 1 },
  "ever-returned": { measure: "(returned_value > 0)::INTEGER", as: "shares", bound: 0 },
};

/** Welch's t of the groups times these weights. */
const welch = (first: string, second: string): string =>
  `(${first} * a.mean - ${second} * b.mean) / sqrt((${first}) ** 2 * a.variance / a.n + (${second}) ** 2 * b.variance / b.n)`;
/** Pairs in which the first is larger, ties half, when the second is taken times the bound. */
const pairs = (): string => "won";

/** For each kind of comparison: the values of the groups, the effect, and the statistic of its test against a bound. */
const EFFECTS = {
  share: {
    value: "mean",
    effect: "a.total / (a.total + b.total)",
    // The share exceeds the bound where its rest of the one sum exceeds it times the other.
    statistic: (bound: number): string => welch(`${1 - bound} * a.n`, `${bound} * b.n`),
  },
  means: {
    value: "mean",
    effect: "a.mean / b.mean",
    statistic: (bound: number): string => welch("1", `${bound}`),
  },
  medians: { value: "median", effect: "a.median / b.median", statistic: pairs },
  dominance: { value: "median", effect: "delta", statistic: pairs },
  difference: { value: "mean", effect: "a.mean - b.mean", statistic: (): string => welch("1", "1") },
  shares: {
    value: "mean",
    effect: "a.mean - b.mean",
    statistic: (): string => "(a.mean - b.mean) / sqrt(share * (1 - share) * (1 / a.n + 1 / b.n))",
  },
} as const;

/** The country of most customers, the first by name of several. */
export async function countHome(db: Database): Promise<string> {
  const { home } = await db.row<{ home: string }>(
    "SELECT first(country ORDER BY n DESC, country) AS home FROM (SELECT country, count(*) AS n FROM now WHERE country IS NOT NULL GROUP BY 1)",
  );
  return home;
}

/** Groups, effect, statistic and strength of a hypothesis, from the measures of `now` and the list. */
export async function countEffect(db: Database, id: string, home: string): Promise<EffectRow> {
  const { measure, as, bound, isWithin } = ASKED[id]!;
  const { value, effect, statistic } = EFFECTS[as];
  const side = isWithin ? "(country = home)::INTEGER" : "label";
  // The sum of ranks of the first less what it is at least: pairs won, ties half.
  const won = (scale: number): string => `(
    SELECT sum(place) FILTER (side = 0) - count(*) FILTER (side = 0) * (count(*) FILTER (side = 0) + 1) / 2 FROM (
      SELECT side, rank() OVER (ORDER BY scaled) + (count(*) OVER (PARTITION BY scaled) - 1) / 2 AS place
      FROM (SELECT side, if(side = 0, value, ${scale}::DOUBLE * value) AS scaled FROM known)))`;
  const { found } = await db.row<{ found: string }>(`
    WITH known AS (
      SELECT * FROM (
        SELECT ${side} AS side, (${measure})::DOUBLE AS value
        FROM (SELECT *, '${home}' AS home FROM now JOIN listed USING (customer_id)) ${isWithin ? "WHERE label = 0" : ""}
      ) WHERE side IS NOT NULL AND value IS NOT NULL
    ), sides AS (
      SELECT side, count(*) AS n, sum(value) AS total, avg(value) AS mean, median(value) AS median,
        var_samp(value) AS variance FROM known GROUP BY 1
    ), pooled AS (
      SELECT avg(value) AS share, ${won(as === "medians" ? bound : 1)} AS won,
        2 * ${won(1)} / (count(*) FILTER (side = 0) * count(*) FILTER (side = 1)) - 1 AS delta FROM known
    )
    SELECT to_json({'n': [a.n, b.n], 'values': [a.${value}, b.${value}], 'effect': ${effect},
      'statistic': ${statistic(bound)}, 'strength': abs(delta)})::VARCHAR AS found
    FROM sides a JOIN sides b ON a.side = 0 AND b.side = 1, pooled`);
  return { id, ...(JSON.parse(found) as Omit<EffectRow, "id">) };
}

/** The hypotheses that are counted. */
export const countedHypotheses: readonly string[] = Object.keys(ASKED);

/** What follows from the p-values and effects of a family: p by Holm, the verdict at 5%, the priority; by id. */
export async function countVerdicts(
  db: Database,
  rows: readonly TestedHypothesis[],
): Promise<{ id: string; pHolm: number | null; verdict: string; priority: number }[]> {
  const numbers = (of: (row: TestedHypothesis) => number | null): Float64Array =>
    Float64Array.from(rows, (row) => of(row) ?? -1);
  await makeTable(db, "tested", {
    id: rows.map(({ id }) => id),
    kind: rows.map(({ effect }) => effect.name),
    side: rows.map(({ side }) => side),
    p: numbers(({ pValue }) => pValue),
    bound: numbers(({ bound }) => bound),
    value: numbers(({ effect }) => effect.value),
    low: numbers(({ effect }) => effect.low),
    high: numbers(({ effect }) => effect.high),
    strength: numbers(({ strength }) => strength),
    effort: numbers(({ effort }) => effort),
  });
  return db.rows(`
    WITH ordered AS (
      SELECT id, p, row_number() OVER (ORDER BY p, id) AS nth, count(*) OVER () AS n FROM tested WHERE p >= 0
    ), adjusted AS (SELECT id, max(least(1, p * (n - nth + 1))) OVER (ORDER BY nth) AS holm FROM ordered),
    judged AS (
      SELECT id, holm, strength, effort, CASE WHEN holm IS NULL OR holm >= 0.05 THEN 'undecided'
          WHEN if(side = 'above', value > bound, value < bound) THEN 'holds'
          WHEN if(side = 'above', high < alike, low > alike) THEN 'the opposite holds' ELSE 'does not hold' END AS verdict
      FROM (SELECT *, CASE WHEN kind LIKE 'ratio%' THEN 1 WHEN kind LIKE 'share%' THEN bound ELSE 0 END AS alike FROM tested)
        LEFT JOIN adjusted USING (id)
    )
    SELECT id, holm AS "pHolm", verdict, if(verdict IN ('holds', 'the opposite holds'), strength * (4 - effort), 0) AS priority
    FROM judged ORDER BY priority DESC, id`);
}
