/** A headline of earlier analyses of the UCI Online Retail data, done again with their own numbers, and put right. */
export interface QuotedFigure {
  /** As it was printed. */
  printed: string;
  /** How it comes about, with the numbers they give. */
  arithmetic: string;
  /** The result of that arithmetic: what was printed, or it would be another claim. */
  value: number;
  fault: string;
  /** What it should have said, in the same unit. */
  corrected: number;
  format: "percent" | "money";
}

/** Customers of the published top segment, and days that the data cover. */
const SEGMENT = 487;
const DAYS = 373;
/** Printed for the coming three months; it is customers times mean revenue times 3. */
const PRINTED_FORECAST = 13_941_532.17;
/** Mean revenue of a customer of the segment over all days, as the printed forecast has it. */
const MEAN_REVENUE = PRINTED_FORECAST / (SEGMENT * 3);

/**
 * Headlines that hang on labels nobody has: they cannot be recomputed from the rows, only from each other. What is
 * corrected follows from the same printed numbers, or was recomputed from the raw rows with the published method.
 */
export const quotedFigures: readonly QuotedFigure[] = [
  {
    printed: "Median revenue of the segment +289.69%",
    arithmetic: "(4,154.64 - 1,066.15) / 1,066.15",
    value: (4_154.64 - 1_066.15) / 1_066.15,
    fault: "The base of 3,039 customers holds the segment; against the rest it is more.",
    corrected: 3.8077,
    format: "percent",
  },
  {
    printed: "16.03% of customers bring 56.76% of revenue",
    arithmetic: "revenue of 487 of 3,039 customers / revenue of these 3,039",
    value: 0.5676,
    fault:
      "2,656 other buyers are left out; of all purchase revenue it is less, and the sort of as many held 66.03%.",
    corrected: 0.46,
    format: "percent",
  },
  {
    printed: "13,941,532.17 of revenue in the next 3 months",
    arithmetic: "customers x mean revenue x 3",
    value: SEGMENT * MEAN_REVENUE * 3,
    fault: "The mean is of 373 days, not of a month; pro rata for 90 days it is a twelfth.",
    corrected: (SEGMENT * MEAN_REVENUE * 90) / DAYS,
    format: "money",
  },
  {
    printed: "10% more members bring 280,665",
    arithmetic: "179 x median revenue of a member",
    value: 280_665,
    fault: "The newcomers spend already: what would be new is less.",
    corrected: 170_977,
    format: "money",
  },
  {
    printed: "Returns 256% above average",
    arithmetic: "mean of the segment / mean of all = 2.56",
    value: 2.56,
    fault: "A ratio of 2.56 is 156% above.",
    corrected: 2.56 - 1,
    format: "percent",
  },
];
