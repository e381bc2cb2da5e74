import type { Database } from "#src/data/database.js";
import { buildCustomers } from "#src/features/customers.js";
import { findHypotheses, type Hypotheses } from "./find-answers.js";
import { type Baskets, findBaskets, findMembers, type Members } from "./find-members.js";
import { findValue, type Value } from "./find-value.js";
import { measuresAt, openLedger } from "./ledger.js";
import { holds, openMornings, replayBySql } from "./rule.js";
import { makeTable } from "./tables.js";
import type { Terms } from "./terms.js";

/** A shop, the day it is looked at, and what makes the first of its segments. */
export interface Shop {
  open: () => Promise<Database>;
  terms: Terms;
  first: string;
  /** Verdicts on the published hypotheses, where these lines are as many. */
  published?: { lines: number; verdicts: readonly string[] };
}

/** What the product tells of a shop, and the database in which SQL counts it again. */
export interface Told {
  db: Database;
  terms: Terms;
  day: string;
  told: Members;
  tested: Hypotheses;
  value: Value;
  baskets: Baskets;
}

/**
 * Has the product tell all figures of a shop, and opens what SQL counts from: `ledger`, the measures of `now`, the
 * mornings of the replay in `standing`, and in `listed` who is on the list (label 0) by SQL's own replay.
 */
export async function tellShop({ open, terms, first: condition }: Shop): Promise<Told> {
  const { day } = terms;
  const db = await open();
  await openLedger(db);
  await db.run(`CREATE TABLE now AS FROM ${measuresAt(day)}`);
  // Every eleventh customer is put elsewhere, so that no rule repeats the segment.
  await db.run(`CREATE TABLE assignments AS
    SELECT customer_id, CASE WHEN (${condition}) <> (customer_id[-2:]::INTEGER % 11 = 0 AND orders > 2) THEN 1
      WHEN recency_days > 120 THEN 3 ELSE 2 END AS segment FROM now`);
  await buildCustomers(db, { referenceDate: day });
  const told = await findMembers(db, terms);
  await openMornings(db, told.mornings);
  const [entry, exit] = [holds(told.rule, "entry"), holds(told.rule, "exit")];
  const { members } = await replayBySql(db, { entry, exit, patience: 2 });
  await makeTable(db, "members_by_sql", { customer_id: members });
  await db.run(`CREATE TABLE listed AS SELECT customer_id, (customer_id NOT IN (FROM members_by_sql))::INTEGER AS label FROM now;
    CREATE TABLE members AS SELECT customer_id, label = 0 AS is_insider FROM listed`);
  const tested = await findHypotheses(db, terms, told);
  const baskets = await findBaskets(db, terms, told);
  const value = await findValue(db, terms, told);
  return { db, terms, day, told, tested, value, baskets };
}
