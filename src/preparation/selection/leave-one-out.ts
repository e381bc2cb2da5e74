import { type Matrix, withoutColumn } from "../../math/matrix.js";
import { adjustedRandIndex } from "../../statistics/adjusted-rand.js";

/** What becomes of the groups when a feature is not there. */
export interface LeftOutFeature {
  name: string;
  /** Adjusted Rand index of the groups with all features and those without this one; 1 when nobody moves. */
  agreement: number;
}

/**
 * How much the groups of a clustering hang on each feature: clustered again without it, how far do they agree with
 * those of all features? A low agreement means that the groups are mostly this feature; one near 1, that the others
 * tell it already.
 * @param cluster - labels for the rows of a matrix; the same matrix must give the same labels. Several features are
 * only as comparable as it is stable.
 * @returns one entry a column, in their order.
 * @throws RangeError unless there are 2 columns and a name for each, or when labels are not as many as rows.
 */
export async function leaveOneFeatureOut(
  X: Matrix,
  names: readonly string[],
  cluster: (X: Matrix) => ArrayLike<number> | Promise<ArrayLike<number>>,
): Promise<LeftOutFeature[]> {
  if (X.columns < 2 || names.length !== X.columns)
    throw new RangeError(
      `leaveOneFeatureOut needs 2 columns and a name for each, got ${X.columns} and ${names.length} names`,
    );
  const labelsOf = async (points: Matrix): Promise<ArrayLike<number>> => {
    const labels = await cluster(points);
    if (labels.length === X.rows) return labels;
    throw new RangeError(`leaveOneFeatureOut needs a label for each of ${X.rows} rows, got ${labels.length}`);
  };
  const whole = await labelsOf(X);
  const found: LeftOutFeature[] = [];
  for (let j = 0; j < X.columns; j++)
    found.push({
      name: names[j]!,
      agreement: adjustedRandIndex(whole, await labelsOf(withoutColumn(X, j))),
    });
  return found;
}
