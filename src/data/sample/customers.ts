import {
  randomBeta,
  randomExponential,
  randomGamma,
  randomIndex,
  weightedIndex,
} from "../../math/distributions.js";
import type { Random } from "../../math/random.js";
import { HOME } from "./document.js";

/** How a customer of the invented shop behaves; nothing of it is written into the sample. */
export interface SampleCustomer {
  id: string;
  country: string;
  /** Where later orders go, for the few who move. */
  laterCountry: string;
  role: CustomerRole;
  /** Shop day of the first order. */
  arrival: number;
  /** Mean shop days between two orders of an active customer. */
  daysBetween: number;
  /** Chance to leave for good after an order. */
  dropout: number;
  /** Typical money of one line. */
  spendPerLine: number;
  /** Mean number of lines beyond the first. */
  furtherLines: number;
}

/**
 * `mistaken` bought once, by mistake, a huge quantity; `past` bought before the period and only returns things.
 * Both are rare, as in the real shop.
 */
export type CustomerRole = "regular" | "wholesaler" | "mistaken" | "past";

const FIRST_ID = 30_001;

/** Customers in each country, by weight; some orders carry no country. */
const COUNTRY_WEIGHTS: Readonly<Record<string, number>> = {
  [HOME]: 870,
  Germany: 20,
  France: 18,
  Spain: 8,
  EIRE: 7,
  Belgium: 6,
  Switzerland: 6,
  Portugal: 5,
  Italy: 5,
  Netherlands: 4,
  Finland: 4,
  Norway: 4,
  Australia: 3,
  Unspecified: 3,
  "European Community": 2,
};
const COUNTRIES = Object.keys(COUNTRY_WEIGHTS);
const drawCountry = weightedIndex(Object.values(COUNTRY_WEIGHTS));

/**
 * Invents customers whose pace is gamma distributed, whose chance to leave is beta distributed and whose spend is
 * inverse gamma distributed: close to what BG/NBD and Gamma-Gamma value models assume, but for the wholesalers.
 * @param period - shop days in the whole period.
 */
export function inventCustomers(random: Random, count: number, period: number): SampleCustomer[] {
  return assignRoles(count).map((role, i) => {
    const country = COUNTRIES[drawCountry(random)]!;
    const base = { id: String(FIRST_ID + i), country, laterCountry: moveSome(random, country), role };
    return role === "wholesaler" ? asWholesaler(random, base, period) : asShopper(random, base, period);
  });
}

type Identity = Pick<SampleCustomer, "id" | "country" | "laterCountry" | "role">;

function asShopper(random: Random, identity: Identity, period: number): SampleCustomer {
  return {
    ...identity,
    arrival: drawArrival(random, period),
    daysBetween: 1 / randomGamma(random, 0.9, 1 / 40),
    dropout: randomBeta(random, 0.6, 3),
    spendPerLine: 30 / randomGamma(random, 3, 1 / 3),
    furtherLines: randomGamma(random, 1.2, 1.4),
  };
}

function asWholesaler(random: Random, identity: Identity, period: number): SampleCustomer {
  return {
    ...identity,
    arrival: (random() * period) / 10,
    daysBetween: 8 + 12 * random(),
    dropout: 0.005,
    spendPerLine: 90 + 120 * random(),
    furtherLines: 3 + 3 * random(),
  };
}

/** Roles in a fixed mix, rare ones spread over the ids. */
function assignRoles(count: number): CustomerRole[] {
  const roles = new Array<CustomerRole>(count).fill("regular");
  const wholesalers = Math.max(1, Math.round(count / 100));
  const past = Math.max(1, Math.round(count / 125));
  const rare: CustomerRole[] = [
    "mistaken",
    ...new Array<CustomerRole>(wholesalers).fill("wholesaler"),
    ...new Array<CustomerRole>(past).fill("past"),
  ];
  rare.forEach((role, i) => {
    roles[Math.floor(((i + 0.5) * count) / rare.length)] = role;
  });
  return roles;
}

/** Many customers are known already and order early in the period; the others find the shop later. */
function drawArrival(random: Random, period: number): number {
  if (random() < 0.4) return Math.min(randomExponential(random, period / 9), period * 0.98);
  return random() * period * 0.98;
}

function moveSome(random: Random, country: string): string {
  return random() < 0.003 ? COUNTRIES[1 + randomIndex(random, COUNTRIES.length - 1)]! : country;
}
