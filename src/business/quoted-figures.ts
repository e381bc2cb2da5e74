/** A headline of earlier analyses of the UCI Online Retail data, done again with their own numbers, and put right. */
export interface QuotedFigure {
  /** As it was printed. */
  printed: string;
  /** How it comes about, with the numbers they give. */
  arithmetic: string;
  /** The result of that arithmetic: what was printed, or it would be another claim. */
  value: number;
  fault: string;
  /** How it is put right, with numbers of theirs and of the raw rows. */
  correction: string;
  /** What it should have said, in the same unit. */
  corrected: number;
  /** Whether that is all that can be told without the labels. */
  isMost: boolean;
  format: "percent" | "money";
}

/** Of the raw rows under the published cleaning, in pounds and units: all purchases, and those of buyers seen twice. */
const ALL = { revenue: 10_104_658.35, items: 5_492_405 };
const BASE = { customers: 3_039, revenue: 8_188_732.24, items: 4_801_612 };
/** Customers of the published top segment, and days that the data cover. */
const SEGMENT = 487;
const DAYS = 373;
/** Printed for the coming three months; it is customers times mean revenue times 3. */
const PRINTED_FORECAST = 13_941_532.17;
/** Mean revenue of a customer of the segment over all days, as the printed forecast has it. */
const MEAN_REVENUE = PRINTED_FORECAST / (SEGMENT * 3);
/** Another analysis: 10% more of 1,786 members, and what the median of them and of its 5,693 customers spent. */
const NEWCOMERS = 179;
const MEDIANS = { members: 1_567.96, all: 612.78 };

/**
 * Headlines that hang on labels nobody has: they cannot be recomputed from the rows, only from each other. What is
 * corrected follows from the same printed numbers and from what the raw rows say whatever the labels were; a test counts
 * the latter. Two numbers are quoted from who had the labels: the median of all others, 864.16, and of the last 90 days.
 */
export const quotedFigures: readonly QuotedFigure[] = [
  {
    printed: "Median revenue of the segment +289.69%",
    arithmetic: "(4,154.64 - 1,066.15) / 1,066.15",
    value: (4_154.64 - 1_066.15) / 1_066.15,
    fault:
      "The base of 3,039 customers holds the segment. The median of the others is 864.16, no less than the 859.31 it would be were all of the segment above it.",
    correction: "(4,154.64 - 864.16) / 864.16",
    corrected: (4_154.64 - 864.16) / 864.16,
    isMost: false,
    format: "percent",
  },
  {
    printed: "16.03% of customers bring 56.76% of revenue",
    arithmetic: "revenue of 487 of 3,039 customers / revenue of these 3,039",
    value: 0.5676,
    fault:
      "2,656 other buyers are left out; of all purchase revenue it is less, and the sort of as many held 66.03%.",
    correction: "56.76% x 8,188,732 / 10,104,658",
    corrected: (0.5676 * BASE.revenue) / ALL.revenue,
    isMost: false,
    format: "percent",
  },
  {
    printed: "They buy 55.38% of all products",
    arithmetic: "units of 487 of 3,039 customers / units of these 3,039",
    value: 0.5538,
    fault: "The same buyers are left out; the sort by units held 66.20% with as many.",
    correction: "55.38% x 4,801,612 / 5,492,405",
    corrected: (0.5538 * BASE.items) / ALL.items,
    isMost: false,
    format: "percent",
  },
  {
    printed: "13,941,532.17 of revenue in the next 3 months",
    arithmetic: "customers x mean revenue x 3",
    value: SEGMENT * MEAN_REVENUE * 3,
    fault:
      "The mean is of 373 days, not of a month; pro rata for 90 days it is a twelfth. In the last 90 days these customers spent 1.68 million, and no 487 of the 3,039 more than 2.06 million.",
    correction: "487 x 9,542.46 x 90 / 373",
    corrected: (SEGMENT * MEAN_REVENUE * 90) / DAYS,
    isMost: false,
    format: "money",
  },
  {
    printed: "10% more members bring 280,665",
    arithmetic: "179 x 1,567.96, the median revenue of a member",
    value: Math.round(NEWCOMERS * MEDIANS.members),
    fault: "The newcomers spend already, as much as the median customer of all: what would be new is less.",
    correction: "179 x (1,567.96 - 612.78)",
    corrected: Math.round(NEWCOMERS * (MEDIANS.members - MEDIANS.all)),
    isMost: false,
    format: "money",
  },
  {
    printed: "Returns 256% above average",
    arithmetic: "mean of the segment / mean of all = 2.56",
    value: 2.56,
    fault: "A ratio of 2.56 is 156% above.",
    correction: "2.56 - 1",
    corrected: 2.56 - 1,
    isMost: false,
    format: "percent",
  },
  {
    printed: "Median revenue of members 155% above all",
    arithmetic: "(1,567.96 - 612.78) / 612.78",
    value: (MEDIANS.members - MEDIANS.all) / MEDIANS.all,
    fault:
      "All 5,693 customers hold the 1,786 members. The median of the others is no less than the 345.30 it would be were all members above it.",
    correction: "(1,567.96 - 345.30) / 345.30",
    corrected: (MEDIANS.members - 345.3) / 345.3,
    isMost: true,
    format: "percent",
  },
  {
    printed: "Members bring 50% of different products",
    arithmetic: "not told; what was called products are lines",
    value: 0.5,
    fault:
      "Shares of different products do not add up to one: as many customers by revenue bought 97.57% of them, all others 94.27%. Choices, pairs of a customer and a product, do: no 1,786 buyers made more of them than this.",
    correction: "302,473 of 396,768 choices",
    corrected: 302_473 / 396_768,
    isMost: true,
    format: "percent",
  },
];

/** A top segment that was published, beside the sort that needs no model. */
export interface PublishedSegment {
  model: string;
  customers: number;
  base: number;
  /** Who the base are. */
  of: string;
  /** Of the revenue of its base, as published. */
  share: number;
  /** What as many customers of this base hold who stand first by revenue; null where the base is not told. */
  sortShare: number | null;
}

const BUYERS = "buyers, each invoice without a customer as one";

/** The top segments of earlier analyses: nobody has their labels, yet everybody can sort their customers. */
export const publishedSegments: readonly PublishedSegment[] = [
  {
    model: "mixture, 8 segments",
    customers: SEGMENT,
    base: BASE.customers,
    of: "buyers seen at two times, returns included",
    share: 0.5676,
    sortShare: 0.6603,
  },
  {
    model: "mixture, 8 segments",
    customers: 413,
    base: 2_968,
    of: "buyers seen on two days, returns included",
    share: 0.503,
    sortShare: 0.6272,
  },
  {
    model: "K-Means, 8 segments",
    customers: 721,
    base: 5_695,
    of: BUYERS,
    share: 0.467,
    sortShare: 0.6401,
  },
  {
    model: "Ward, 8 segments",
    customers: 1_786,
    base: 5_693,
    of: `${BUYERS}, without two: the two largest, at worst for the sort`,
    share: 0.69,
    sortShare: 0.8267,
  },
  {
    model: "K-Means, 10 segments",
    customers: 1_747,
    base: 5_695,
    of: BUYERS,
    share: 0.664,
    sortShare: 0.8308,
  },
  {
    model: "Ward, 10 segments",
    customers: 475,
    base: 4_334,
    of: "identified buyers of all countries",
    share: 0.59,
    sortShare: 0.6228,
  },
  {
    model: "K-Means, 6 segments",
    customers: 1_942,
    base: 7_864,
    of: "not told: more than ever bought",
    share: 0.789,
    sortShare: null,
  },
];
