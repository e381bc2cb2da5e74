import { assertSame } from "./compare.js";
import type { Members } from "./find-members.js";
import type { GroupRow, MeasureRow } from "./groups.js";

type Profile = Members["listed"];

/** A profile as SQL counts it. */
export function groupOf({ label, customers, share, gross, net, sortShare }: Profile): GroupRow {
  return {
    label,
    customers,
    share,
    gross: gross.revenue,
    grossShare: gross.share,
    net: net.revenue,
    netShare: net.share,
    sortShare,
  };
}

/** The measures of a profile as SQL counts them. */
export function measuresOf({ label, features }: Profile): MeasureRow[] {
  return features.map(({ feature, mean, median, delta }) => {
    assertSame(mean.difference, mean.own - mean.rest);
    assertSame(median.difference, median.own - median.rest);
    // A ratio is told only where the others are above zero in every resample.
    for (const { ratio, own, rest } of [mean, median]) if (ratio !== null) assertSame(ratio, own / rest);
    return {
      label,
      feature,
      mean: mean.own,
      restMean: mean.rest,
      median: median.own,
      restMedian: median.rest,
      delta: delta.value,
    };
  });
}
