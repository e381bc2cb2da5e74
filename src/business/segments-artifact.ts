import type { Fidelity } from "../segments/fidelity.js";
import type { DescribedSegment } from "../segments/name-segments.js";
import type { SegmentProfile } from "../segments/profile-segments.js";
import { ruleText } from "../segments/reasons.js";
import type { EntryRule } from "../segments/rules.js";
import type { ListSummary, Range } from "./answers.js";

/** A threshold of the rule. */
export interface Threshold {
  feature: string;
  operator: "at least" | "at most";
  threshold: number;
}

/** The artifact `segments`: the rule, the segments in order of value and the one list, in numbers. */
export interface SegmentsArtifact extends ListSummary {
  format: "insiders-segments/1";
  /** The reference date, `YYYY-MM-DD`. */
  day: string;
  entry: Threshold[];
  exit: Threshold[];
  fidelity: { precision: number; recall: number; f1: number };
  segments: SegmentSummary[];
  list: ListSummary["list"] & { revenue: number };
}

/** A segment beside all other customers. */
export interface SegmentSummary {
  name: string;
  customers: number;
  /** Of identified customers. */
  share: number;
  /** Gross. */
  revenue: number;
  revenueShare: number;
  medianRevenue: number;
  restMedianRevenue: number;
  medianRatio: Range;
  /** Features in which it differs most. */
  drivers: string[];
  paragraph: string;
  actions: string[];
}

/** What the artifact is made from. */
export interface SegmentsSources {
  day: string;
  programme: string;
  rule: EntryRule;
  /** How amounts are written. */
  money: (value: number) => string;
  fidelity: Fidelity;
  described: readonly DescribedSegment[];
  /** The list beside all other identified customers; like those of the segments with gross revenue as first feature. */
  listed: SegmentProfile;
  /** Of all sales, those without a customer included. */
  allRevenue: number;
}

/** The artifact `segments`. */
export function segmentsArtifact(sources: SegmentsSources): SegmentsArtifact {
  const { day, programme, rule, money, fidelity, described, listed, allRevenue } = sources;
  const thresholds = (as: "entry" | "exit"): Threshold[] =>
    rule.conditions.map(({ feature, is, [as]: threshold }) => ({ feature, operator: is, threshold }));
  return {
    format: "insiders-segments/1",
    day,
    programme,
    entry: thresholds("entry"),
    exit: thresholds("exit"),
    entryText: ruleText(rule, "entry", money),
    exitText: ruleText(rule, "exit", money),
    fidelity: { precision: fidelity.precision, recall: fidelity.recall, f1: fidelity.f1 },
    segments: described.map(({ name, drivers, paragraph, actions, profile }) => ({
      name,
      customers: profile.customers,
      share: profile.share,
      revenue: profile.gross.revenue,
      revenueShare: profile.gross.share,
      ...mediansOf(profile),
      drivers: drivers.map(({ feature }) => feature),
      paragraph,
      actions,
    })),
    list: {
      customers: listed.customers,
      share: listed.share,
      revenue: listed.gross.revenue,
      revenueShare: listed.gross.share,
      revenueShareInterval: listed.gross.interval,
      revenueShareOfAll: listed.gross.revenue / allRevenue,
      sortShare: listed.sortShare,
      ...mediansOf(listed),
    },
  };
}

function mediansOf({
  features: [revenue],
}: SegmentProfile): Pick<SegmentSummary, "medianRevenue" | "restMedianRevenue" | "medianRatio"> {
  const { own, rest, ratio, ratioInterval } = revenue!.median;
  return {
    medianRevenue: own,
    restMedianRevenue: rest,
    medianRatio: { value: ratio, low: ratioInterval?.low ?? null, high: ratioInterval?.high ?? null },
  };
}
