import { type Database, sqlText } from "../data/database.js";
import { daysBefore } from "../features/days.js";
import { revenueBetween } from "../features/later-revenue.js";
import { withLinesAt } from "../features/lines-at.js";
import { type RfmCustomer, scoreRfm } from "../features/rfm.js";
import { spearman } from "../statistics/correlation.js";
import { compensatedSum } from "../statistics/sum.js";
import { countOfShare, gainCurve } from "./gain.js";
import { readHistories } from "./histories.js";
import { valueScores } from "./score.js";
import { fitValue, predictValue, type ValueModel, type ValueOptions } from "./value-model.js";

/** What somebody who did not know the later period would have said of it. */
export interface Candidate {
  name: string;
  /** By which customers are ordered. */
  scores: Float64Array;
  /** Revenue predicted for each; `null` for scores that are no money. */
  predicted: Float64Array | null;
}

/** How well a candidate told the later period. */
export interface BackTestResult {
  name: string;
  /** Rank correlation of score and later revenue; NaN for a score that knows no difference. */
  spearman: number;
  /** Share of the later revenue that the top customers brought, for each share of customers asked for. */
  captured: number[];
  /** That share for the top 0%, 1%, ... 100% of customers. */
  gain: Float64Array;
  /** Mean distance of prediction and later revenue over customers; `null` for scores that are no money. */
  meanAbsoluteError: number | null;
  /** Predicted total over the later total, less 1. */
  totalError: number | null;
}

export interface BackTest {
  customers: number;
  /** Revenue of the later period, of these customers. */
  total: number;
  /** The shares of customers whose capture is told. */
  shares: number[];
  /** In the order of the candidates; perfect foresight last. */
  results: BackTestResult[];
}

/**
 * Compares what candidates said of a later period with what came.
 * @param later - revenue of each customer, at least 0.
 * @param shares - of the customers, from the top.
 * @throws RangeError for columns of different lengths, scores that are no numbers or revenue that is none.
 */
export function backTest(
  later: Float64Array,
  candidates: readonly Candidate[],
  shares: readonly number[] = [0.1, 0.2, 0.3],
): BackTest {
  const customers = later.length;
  const total = compensatedSum(later);
  const all = [...candidates, { name: "perfect foresight", scores: later, predicted: later }];
  const results = all.map(({ name, scores, predicted }) => {
    if (predicted !== null && predicted.length !== customers)
      throw new RangeError(
        `backTest needs columns of one length, got ${predicted.length} and ${customers} (${name})`,
      );
    const gain = gainCurve(scores, later);
    return {
      name,
      spearman: spearman(scores, later),
      captured: shares.map((share) => gain[countOfShare(customers, share)]!),
      gain: Float64Array.from(
        { length: 101 },
        (_, percent) => gain[Math.round((percent * customers) / 100)]!,
      ),
      meanAbsoluteError:
        predicted && compensatedSum(predicted.map((value, i) => Math.abs(value - later[i]!))) / customers,
      totalError: predicted && compensatedSum(predicted) / total - 1,
    };
  });
  return { customers, total, shares: [...shares], results };
}

/** A back-test of the value score, with the model that was fitted at the cut. */
export interface ValueBackTest extends BackTest {
  cut: string;
  /** The day after the later period. */
  end: string;
  model: ValueModel;
  customerIds: string[];
  later: Float64Array;
  candidates: Candidate[];
}

/**
 * Fits the value model at a cut and holds it against the days that follow, beside what is simpler: past revenue, the
 * RFM score and the same for everybody.
 *
 * Nothing after the cut is read but the later revenue. Predictions without a model are pro rata: past revenue over the
 * days observed, times the days to come. Customers who first came after the cut are nobody's to predict.
 * @param options.cut - `YYYY-MM-DD`, the first day of the later period.
 * @param options.days - of the later period; 90 when left out.
 * @throws RangeError as `fitValue` does for histories before the cut.
 */
export async function backTestValue(
  db: Database,
  { cut, days = 90, shares, ...options }: { cut: string; days?: number; shares?: number[] } & ValueOptions,
): Promise<ValueBackTest> {
  const end = daysBefore(cut, -days);
  const histories = await readHistories(db, { referenceDate: cut });
  const model = fitValue(histories, options);
  const later = await revenueBetween(db, histories.customerIds, { from: cut, to: end });
  const customers = await readRfmCustomers(db, cut);
  const weeks = days / 7;
  const past = histories.pastRevenue;
  const proRata = past.map((revenue) => (revenue / histories.observedDays) * days);
  const mean = compensatedSum(proRata) / past.length;
  const rfm = scoreRfm(customers).map(({ recency, frequency, monetary }) => recency + frequency + monetary);
  const same = past.map(() => mean);
  const candidates = [
    {
      name: "value score",
      scores: valueScores(model, histories, weeks).scores,
      predicted: predictValue(model, histories, weeks).expectedRevenue,
    },
    { name: "past revenue", scores: past, predicted: proRata },
    { name: "RFM score", scores: Float64Array.from(rfm), predicted: null },
    { name: "same for everybody", scores: same, predicted: same },
  ];
  const tested = backTest(later, candidates, shares);
  return { cut, end, model, customerIds: histories.customerIds, later, candidates, ...tested };
}

/** What RFM scores are given for, at a date, by customer. */
function readRfmCustomers(db: Database, referenceDate: string): Promise<RfmCustomer[]> {
  return withLinesAt(db, { referenceDate }, ({ table }) =>
    db.rows<RfmCustomer>(
      `WITH orders AS (
         SELECT customer_id, invoice_no, min(invoiced_at) FILTER (kind = 'sale') AS ordered_at,
           coalesce(sum(line_total) FILTER (kind <> 'cancelled'), 0) AS net
         FROM ${table} GROUP BY customer_id, invoice_no
       )
       SELECT customer_id AS "customerId",
         datediff('day', max(ordered_at), DATE ${sqlText(referenceDate)}) AS "recencyDays",
         count(ordered_at) AS orders, sum(net)::DOUBLE AS "netRevenue"
       FROM orders GROUP BY customer_id HAVING count(ordered_at) > 0 ORDER BY customer_id`,
    ),
  );
}
