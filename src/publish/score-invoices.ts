import { cleanInvoices } from "../cleaning/clean.js";
import type { ColumnName } from "../data/columns.js";
import type { Database } from "../data/database.js";
import { InputError } from "../data/errors.js";
import { type LoadOptions, type LoadSummary, loadInvoices } from "../data/load.js";
import type { SourceFile } from "../data/read-file.js";
import { buildCustomers, type CustomersSummary } from "../features/customers.js";
import { isDay } from "../features/days.js";
import type { Model } from "./model.js";
import { type CustomerScores, requireDefinitions, scoreCustomers } from "./score-customers.js";

export interface ScoreOptions extends LoadOptions {
  /** `YYYY-MM-DD`; as the model's schema says when left out: the day after the last line. */
  referenceDate?: string | undefined;
  /** Is told what is done next. */
  onStep?: (step: string) => void;
}

/** What came of scoring a file of invoice lines. */
export interface InvoiceScores extends CustomerScores {
  /** `YYYY-MM-DD` */
  referenceDate: string;
  load: LoadSummary;
  /** What became of everybody with an id. */
  known: Omit<CustomersSummary, "customers" | "referenceDate">;
}

/**
 * Scores the customers of new invoice lines: cleaned as the model's were, described at a reference date, prepared and
 * placed by what was fitted then. Makes `scores`, and the tables on the way to it.
 * @throws InputError in one line when the lines or the model cannot be used.
 */
export async function scoreInvoices(
  db: Database,
  source: string | SourceFile,
  model: Model,
  { referenceDate, onStep = () => {}, ...options }: ScoreOptions = {},
): Promise<InvoiceScores> {
  if (referenceDate !== undefined && !isDay(referenceDate))
    throw new InputError(`a reference date is a day such as 2011-12-10, got "${referenceDate}"`);
  requireDefinitions(model);
  onStep("reading invoice lines");
  const load = await loadInvoices(db, source, options);
  requireColumns(model.schema.columns, load);
  onStep("cleaning");
  await cleanInvoices(db, model.schema.cleaning);
  onStep("describing customers");
  const built = await buildCustomers(db, { referenceDate });
  if (built.customers === 0) throw nobody(load, built);
  onStep("placing customers");
  const scores = await scoreCustomers(db, model);
  const { customers: _, referenceDate: day, ...known } = built;
  return { referenceDate: day, load, known, ...scores };
}

function requireColumns(needed: readonly ColumnName[], { file, columns }: LoadSummary): void {
  const missing = needed.filter((name) => columns[name] === null);
  if (missing.length === 0) return;
  throw new InputError(`${file} has no column for ${missing.join(", ")}, which the model needs: add it`);
}

function nobody(
  { file, firstDate, lastDate }: LoadSummary,
  { identified, referenceDate }: CustomersSummary,
): InputError {
  if (identified > 0)
    return new InputError(
      `none of the ${identified} customers of ${file} has an order left before ${referenceDate}: there is nobody to score`,
    );
  return new InputError(
    `${file} names no customer before ${referenceDate} (its lines are from ${firstDate} to ${lastDate}): there is nobody to score`,
  );
}
