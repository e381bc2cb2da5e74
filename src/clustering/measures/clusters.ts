/** The label of what belongs to no cluster. */
export const NOISE = -1;

/** How a labelling divides its rows. */
export interface LabelCounts {
  /** Clusters; noise is none. */
  nClusters: number;
  /** Rows of the smallest cluster; 0 without any. */
  smallest: number;
  /** Rows of the largest cluster; 0 without any. */
  largest: number;
  /** Share of the rows in no cluster; 0 without rows. */
  noiseShare: number;
  /** The labels in use, ascending, with their rows. */
  clusters: { label: number; size: number }[];
}

/** A labelling whose clusters are numbered from 0 in the order of their labels. */
export interface Clusters {
  /** The labels in use, ascending. */
  labels: Int32Array;
  /** Rows of each. */
  sizes: Int32Array;
  /** Position of each row's cluster among them, NOISE for rows in none. */
  of: Int32Array;
  /** Rows in clusters. */
  clustered: number;
}

/**
 * How many clusters a labelling has, how large they are and what share of the rows is noise.
 * @param labels - a cluster for each row, -1 for noise; which number names a cluster does not matter.
 * @throws RangeError for a label that is not a whole number from -1.
 */
export function countLabels(labels: ArrayLike<number>): LabelCounts {
  const clusters = findClusters("countLabels", labels);
  const sizes = [...clusters.sizes];
  return {
    nClusters: sizes.length,
    smallest: sizes.reduce((least, size) => Math.min(least, size), sizes[0] ?? 0),
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
    noiseShare: labels.length === 0 ? 0 : 1 - clusters.clustered / labels.length,
    clusters: sizes.map((size, at) => ({ label: clusters.labels[at]!, size })),
  };
}

/** @throws RangeError for a label that is not a whole number from -1. */
export function findClusters(who: string, labels: ArrayLike<number>): Clusters {
  const positions = new Map<number, number>();
  const sizes: number[] = [];
  const appearance = new Int32Array(labels.length).fill(NOISE);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label === NOISE) continue;
    let position = positions.get(label);
    if (position === undefined) {
      if (!(Number.isInteger(label) && label >= 0 && label < 2 ** 31))
        throw new RangeError(`${who} needs labels that are whole numbers from -1, got ${label} (row ${i})`);
      position = sizes.push(0) - 1;
      positions.set(label, position);
    }
    sizes[position]!++;
    appearance[i] = position;
  }
  const used = Int32Array.from(positions.keys()).sort();
  const inOrder = new Int32Array(used.length);
  used.forEach((label, at) => {
    inOrder[positions.get(label)!] = at;
  });
  return {
    labels: used,
    sizes: used.map((label) => sizes[positions.get(label)!]!),
    of: appearance.map((position) => (position < 0 ? NOISE : inOrder[position]!)),
    clustered: sizes.reduce((sum, size) => sum + size, 0),
  };
}

/**
 * The clusters of a labelling that measures of separation are defined for.
 * @param which - where several labellings come at once, the position of this one.
 * @throws RangeError unless there is a label for each row and there are 2 to n - 1 clusters (n without noise).
 */
export function requireClusters(
  who: string,
  labels: ArrayLike<number>,
  rows: number,
  which?: number,
): Clusters {
  const place = which === undefined ? "" : ` in labelling ${which}`;
  if (labels.length !== rows)
    throw new RangeError(`${who} needs ${rows} labels, got ${labels.length}${place}`);
  const clusters = findClusters(who, labels);
  const count = clusters.labels.length;
  if (count < 2 || count > clusters.clustered - 1)
    throw new RangeError(
      `${who} needs 2 to n - 1 clusters, got ${count}${place} (n = ${clusters.clustered})`,
    );
  return clusters;
}
