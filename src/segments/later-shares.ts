import { compensatedSum } from "../statistics/sum.js";
import { gainCurve } from "../value/gain.js";
import { rankClusters } from "./value-order.js";

/** What a cluster, and the clusters above it, bring in a later period. */
export interface LaterShare {
  /** As the model numbers it. */
  label: number;
  customers: number;
  /** Its share of the later revenue of all customers. */
  share: number;
  /** It and all clusters ranked above it: */
  together: {
    customers: number;
    share: number;
    /** The share of as many customers by past revenue, by RFM score, and by the later revenue itself. */
    sort: number;
    rfm: number;
    foresight: number;
  };
}

/** What is known of customers before a day, and what they bought after it; one value a customer each. */
export interface CustomerValues {
  /** Gross revenue before the day. */
  past: ArrayLike<number>;
  /** Sum of RFM scores before the day. */
  rfm: ArrayLike<number>;
  /** Gross revenue from the day on. */
  later: ArrayLike<number>;
}

/**
 * How much of later revenue each cluster brings, ordered by what was known before, against as many customers by a sort
 * of past revenue, by RFM and by perfect foresight.
 * @throws RangeError when lengths differ or a value is not finite.
 */
export function laterShares(labels: ArrayLike<number>, { past, rfm, later }: CustomerValues): LaterShare[] {
  const total = compensatedSum(later);
  const [bySort, byRfm, byForesight] = [past, rfm, later].map((scores) => gainCurve(scores, later));
  let [customers, share] = [0, 0];
  return rankClusters(labels, past).map((cluster) => {
    const own = Float64Array.from(later).filter((_, i) => labels[i] === cluster.label);
    const ownShare = compensatedSum(own) / total;
    customers += cluster.customers;
    share += ownShare;
    const rivals = {
      sort: bySort![customers]!,
      rfm: byRfm![customers]!,
      foresight: byForesight![customers]!,
    };
    return {
      label: cluster.label,
      customers: cluster.customers,
      share: ownShare,
      together: { customers, share, ...rivals },
    };
  });
}
