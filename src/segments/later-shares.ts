import { shareOfTop } from "./share-of-top.js";
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
  const total = Array.from(later).reduce((sum, revenue) => sum + revenue, 0);
  let [customers, share] = [0, 0];
  return rankClusters(labels, past).map((cluster) => {
    let sum = 0;
    for (let i = 0; i < labels.length; i++) if (labels[i] === cluster.label) sum += later[i]!;
    customers += cluster.customers;
    share += sum / total;
    const [sort, rfmShare, foresight] = [past, rfm, later].map((scores) =>
      shareOfTop(scores, later, customers),
    );
    return {
      label: cluster.label,
      customers: cluster.customers,
      share: sum / total,
      together: { customers, share, sort: sort!, rfm: rfmShare!, foresight: foresight! },
    };
  });
}
