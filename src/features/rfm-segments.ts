/** Lowest and highest score, both included. */
type Scores = readonly [from: number, to: number];

/** Conditions on the three scores; what is left out may be anything. */
export interface RfmCondition {
  recency?: Scores;
  frequency?: Scores;
  monetary?: Scores;
}

/** A named group of RFM scores. */
export interface RfmSegment {
  name: string;
  meaning: string;
  /** It applies when one of these does, unless an earlier segment applies. */
  anyOf: readonly RfmCondition[];
  /** `anyOf` as text: "R 4-5, F 4-5, M 4-5". */
  rule: string;
}

const NAMES: readonly [keyof RfmCondition, string][] = [
  ["recency", "R"],
  ["frequency", "F"],
  ["monetary", "M"],
];

/** The segments in the order in which they are tried; every customer is in exactly one. */
export const rfmSegments: readonly RfmSegment[] = [
  segment("Champions", "Bought lately, often and for much.", {
    recency: [4, 5],
    frequency: [4, 5],
    monetary: [4, 5],
  }),
  segment("Loyal", "Often here, and not long ago.", { recency: [3, 5], frequency: [4, 5] }),
  segment("Big spenders", "Few orders, but large ones, and not long ago.", {
    recency: [3, 5],
    monetary: [4, 5],
  }),
  segment(
    "Slipping away",
    "Were among the best by orders or revenue, and have not been here for long.",
    {
      recency: [1, 2],
      frequency: [4, 5],
    },
    { recency: [1, 2], monetary: [4, 5] },
  ),
  segment("Newcomers", "Bought lately, with the lowest number of orders.", {
    recency: [4, 5],
    frequency: [1, 1],
  }),
  segment("Promising", "Came back and bought lately; revenue is not high yet.", { recency: [4, 5] }),
  segment("Need attention", "Neither recent nor gone, with ordinary orders and revenue.", {
    recency: [3, 3],
  }),
  segment("Hibernating", "Some time ago, with ordinary orders and revenue.", { recency: [2, 2] }),
  segment("Lost", "Longest ago, with ordinary orders and revenue.", {}),
];

/** The first segment whose rule the scores meet. @throws RangeError for scores that are not 1, 2, 3, 4 or 5. */
export function rfmSegmentOf(scores: Record<keyof RfmCondition, number>): RfmSegment {
  const unfit = NAMES.find(([name]) => ![1, 2, 3, 4, 5].includes(scores[name]));
  if (unfit !== undefined)
    throw new RangeError(`an RFM score is 1, 2, 3, 4 or 5, got ${scores[unfit[0]]} for ${unfit[0]}`);
  return rfmSegments.find(({ anyOf }) => anyOf.some((condition) => isMet(condition, scores)))!;
}

function isMet(condition: RfmCondition, scores: Record<keyof RfmCondition, number>): boolean {
  return NAMES.every(([name]) => {
    const [from, to] = condition[name] ?? [1, 5];
    return scores[name] >= from && scores[name] <= to;
  });
}

function segment(name: string, meaning: string, ...anyOf: RfmCondition[]): RfmSegment {
  return { name, meaning, anyOf, rule: anyOf.map(writeCondition).join("; or ") };
}

function writeCondition(condition: RfmCondition): string {
  const parts = NAMES.flatMap(([name, letter]) => {
    const scores = condition[name];
    if (scores === undefined) return [];
    const [from, to] = scores;
    return [`${letter} ${from === to ? from : `${from}-${to}`}`];
  });
  return parts.length === 0 ? "everybody else" : parts.join(", ");
}
