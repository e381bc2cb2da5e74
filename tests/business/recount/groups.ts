import type { Database } from "#src/data/database.js";

/** What a group of customers is and brings. */
export interface GroupRow {
  label: number;
  customers: number;
  share: number;
  gross: number;
  grossShare: number;
  net: number;
  netShare: number;
  sortShare: number;
}

/** A measure of a group beside that of all others. */
export interface MeasureRow {
  label: number;
  feature: string;
  mean: number;
  restMean: number;
  median: number;
  restMedian: number;
  delta: number;
}

/**
 * Size and revenue of each group in order of mean gross revenue, and what as many hold who stand first by it.
 * @param groups - a table of customer_id and label; `now` has the measures.
 */
export function countGroups(db: Database, groups: string): Promise<GroupRow[]> {
  return db.rows<GroupRow>(`
    WITH known AS (SELECT label, gross_revenue AS gross, net_revenue AS net FROM now JOIN ${groups} USING (customer_id)),
    ranked AS (
      SELECT row_number() OVER sorted AS place, sum(gross) OVER sorted / sum(gross) OVER () AS held FROM known
      WINDOW sorted AS (ORDER BY gross DESC ROWS UNBOUNDED PRECEDING)
    ), whole AS (SELECT count(*) AS customers, sum(gross) AS gross, sum(net) AS net FROM known),
    parts AS (SELECT label, count(*) AS customers, sum(gross) AS gross, sum(net) AS net FROM known GROUP BY 1)
    SELECT label, p.customers, p.customers / w.customers AS share, p.gross, p.gross / w.gross AS "grossShare", p.net,
      p.net / w.net AS "netShare", held AS "sortShare"
    FROM parts p, whole w JOIN ranked ON place = p.customers ORDER BY p.gross / p.customers DESC`);
}

/** Mean, median and Cliff's delta of measures, each group beside all other customers; by group, then as named. */
export function compareGroups(
  db: Database,
  groups: string,
  features: readonly string[],
): Promise<MeasureRow[]> {
  const columns = features.map((name) => `${name}::DOUBLE AS ${name}`).join(", ");
  return db.rows<MeasureRow>(`
    WITH ranked AS (
      SELECT *, rank() OVER (PARTITION BY feature ORDER BY value)
        + (count(*) OVER (PARTITION BY feature, value) - 1) / 2 AS place
      FROM (SELECT customer_id, ${columns} FROM now) UNPIVOT (value FOR feature IN (${features.join(", ")}))
        JOIN ${groups} USING (customer_id)
    ), sides AS (
      SELECT g.label, feature, avg(value) FILTER (own) AS mean, avg(value) FILTER (NOT own) AS "restMean",
        median(value) FILTER (own) AS median, median(value) FILTER (NOT own) AS "restMedian",
        sum(place) FILTER (own) AS places, count(*) FILTER (own) AS n, count(*) FILTER (NOT own) AS m
      FROM (SELECT DISTINCT label FROM ${groups}) g, LATERAL (SELECT *, label = g.label AS own FROM ranked)
      GROUP BY ALL
    )
    -- Pairs won less pairs lost, from the sum of ranks.
    SELECT label, feature, mean, "restMean", median, "restMedian", 2 * (places - n * (n + 1) / 2) / (n * m) - 1 AS delta
    FROM sides ORDER BY label, list_position(['${features.join("', '")}'], feature)`);
}
