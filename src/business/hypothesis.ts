/** The branches of the mind map: what a hypothesis on customers can be about. */
export type HypothesisArea = "customer" | "purchase" | "product" | "time" | "country" | "returns";

/** What of a customer is compared; `CustomerMeasures` has a column for each. */
export type MeasureName =
  | "revenue"
  | "orderValue"
  | "daysBetweenOrders"
  | "items"
  | "productsPerOrder"
  | "itemPrice"
  | "topProductShare"
  | "weekendShare"
  | "morningShare"
  | "autumnShare"
  | "tenureDays"
  | "isRecent"
  | "isAbroad"
  | "returnedValue"
  | "returnedShare"
  | "hasReturned";

/** Columns with a value for each customer of a group; NaN where a customer has none. */
export type CustomerMeasures = Readonly<Record<MeasureName, Float64Array>>;

/** The two groups, apart: nobody is compared with a base that contains him. */
export interface HypothesisInputs {
  members: CustomerMeasures;
  /** All other identified customers. */
  others: CustomerMeasures;
  /** The country of most customers. */
  home: string;
}

/** How two groups are compared; decides the test, the effect and its unit. */
export type ComparisonKind =
  | "share of the total"
  | "ratio of medians"
  | "ratio of means"
  | "difference of means"
  | "difference of shares"
  | "Cliff's delta";

/** A supposition about the members, with what would follow from it. */
export interface Hypothesis {
  id: string;
  area: HypothesisArea;
  /** Its number in earlier analyses of the same data. */
  published?: string;
  /** In a sentence: what is supposed of the members, measured against everybody else. */
  claim: string;
  measure: MeasureName;
  comparison: ComparisonKind;
  /** On which side of the bound the effect is supposed to be. */
  side: "above" | "below";
  bound: number;
  /** What is compared when it is not members with all others. */
  within?: "members at home and abroad";
  /** Columns of `customers` that tell the same: a group that was formed by one differs in it by construction. */
  columns: readonly string[];
  /** Of acting on it: 1 a mail, 2 a change of process, 3 a project. */
  effort: 1 | 2 | 3;
  /** What is done if it holds. */
  action: string;
  /** What is done if the opposite holds. */
  otherwise: string;
}

export type Verdict = "holds" | "does not hold" | "the opposite holds" | "undecided";

/** A hypothesis with what the data say. What they cannot tell is `null`. */
export interface TestedHypothesis {
  id: string;
  area: HypothesisArea;
  published: string | null;
  claim: string;
  /** Name of the test; why there is none where `statistic` is null. */
  test: string;
  /** Who is compared with whom. */
  groups: [string, string];
  /** Customers of either group that have the measure. */
  n: [number, number];
  /** The measure itself in either group, as the comparison takes it: median, mean, share. */
  values: [number | null, number | null];
  statistic: number | null;
  effect: { name: ComparisonKind; value: number | null; low: number | null; high: number | null };
  /** What the effect is held against. */
  bound: number;
  side: "above" | "below";
  /** Two-sided, against the bound. */
  pValue: number | null;
  /** Adjusted over the whole family. */
  pHolm: number | null;
  verdict: Verdict;
  /** Size of Cliff's delta between the groups, in [0, 1]: one scale for all measures. */
  strength: number | null;
  effort: 1 | 2 | 3;
  /** strength x (4 - effort); 0 where nothing follows. */
  priority: number;
  action: string;
  /** The group was formed by this measure: how far it differs is told, that it differs is no news. */
  isBuiltIn: boolean;
}
