import { type Random, seededRandom } from "../math/random.js";
import { openCalendar } from "./sample/calendar.js";
import { cancelSome, orderByMistake, returnFromBefore } from "./sample/cancellations.js";
import { inventCatalogue } from "./sample/catalogue.js";
import { addCharges, adjustBadDebt, creditCharges } from "./sample/charges.js";
import { formatCsv, spoilSome, writeRows } from "./sample/csv.js";
import { inventCustomers } from "./sample/customers.js";
import type { SampleDocument } from "./sample/document.js";
import { type Shop, sellAnonymously, sellToCustomer } from "./sample/sales.js";
import { findStock, giveAway, writeOffStock } from "./sample/stock.js";

/** What can be asked of the invented shop; what is left out is as in the committed sample. */
export interface SampleOptions {
  /** Fixes every byte. */
  seed?: number;
  /** Different customer ids, at least 20. */
  customers?: number;
  /** First day, `YYYY-MM-DD`. */
  start?: string;
  /** Last day, `YYYY-MM-DD`. */
  end?: string;
}

/** Lines without a customer id for one with: a quarter of all lines. */
const ANONYMOUS_PER_KNOWN_LINE = 0.33;

/**
 * The invoice lines of an invented gift shop, as CSV text with the columns, the date format and the kinds of dirt
 * of the UCI Online Retail data. Nobody in it exists.
 * @returns text whose characters all exist in ISO-8859-1, the encoding of the original; same options, same text.
 * @throws RangeError when there are fewer than 20 customers, the period is shorter than 60 days or an option is
 * no whole number or date.
 */
export function generateSample(options: SampleOptions = {}): string {
  const { seed = 42, customers = 1_000, start = "2010-12-01", end = "2011-12-09" } = options;
  if (!Number.isInteger(customers) || customers < 20)
    throw new RangeError(`a sample has a whole number of at least 20 customers, got ${customers}`);
  const random = seededRandom(seed);
  const shop: Shop = { calendar: openCalendar(start, end), catalogue: inventCatalogue(random) };
  const documents = trade(random, shop, customers);
  return formatCsv(spoilSome(random, writeRows(random, repeatSomeLines(random, documents))));
}

/** Everything that is bought, returned, charged and written off in the period. */
function trade(random: Random, shop: Shop, count: number): SampleDocument[] {
  const customers = inventCustomers(random, count, shop.calendar.length);
  const buyers = customers.filter(({ role }) => role === "regular" || role === "wholesaler");
  const known = buyers.flatMap((customer) => sellToCustomer(random, shop, customer));
  const knownLines = countLines(known);
  const anonymous = sellAnonymously(random, shop, Math.round(knownLines * ANONYMOUS_PER_KNOWN_LINE));
  const share = (perThousand: number): number => Math.ceil((perThousand * knownLines) / 1_000);
  const charged = addCharges(random, [...giveAway(random, shop, known, share(0.3)), ...anonymous]);
  const mistaken = customers.filter(({ role }) => role === "mistaken");
  return [
    ...charged,
    ...creditCharges(random, shop.calendar, charged),
    ...cancelSome(random, shop, known),
    ...returnFromBefore(random, shop, customers),
    ...mistaken.flatMap((customer) => orderByMistake(random, shop, customer)),
    ...adjustBadDebt(random, shop.calendar),
    ...writeOffStock(random, shop, share(3.5)),
    ...findStock(random, shop, share(2.8)),
  ];
}

/** The documents with one line in a hundred entered twice. */
function repeatSomeLines(random: Random, documents: readonly SampleDocument[]): SampleDocument[] {
  return documents.map((document) => ({
    ...document,
    lines: [...document.lines, ...document.lines.filter(() => document.kind === "" && random() < 0.01)],
  }));
}

function countLines(documents: readonly SampleDocument[]): number {
  return documents.reduce((total, { lines }) => total + lines.length, 0);
}
