import type { CondensedTree } from "./condensed-tree.js";

/** Rows of each cluster times the range of densities over which they are in it, summed. */
function stabilities({ clusterOf, fallsAt, parents, births, sizes }: CondensedTree): Float64Array {
  const result = new Float64Array(parents.length);
  // What is born among duplicates, at an infinite density, lives no longer than that.
  const add = (cluster: number, density: number, rows: number): void => {
    if (births[cluster] !== Infinity) result[cluster]! += (density - births[cluster]!) * rows;
  };
  fallsAt.forEach((density, row) => {
    add(clusterOf[row]!, density, 1);
  });
  for (let child = 1; child < parents.length; child++) add(parents[child]!, births[child]!, sizes[child]!);
  return result;
}

/**
 * The clusters, none within another, that are most stable together (excess of mass): a cluster unless its parts are
 * more stable than it.
 * @returns 1 for each selected cluster.
 */
export function selectByMass(tree: CondensedTree, allowSingleCluster: boolean): Uint8Array {
  const best = stabilities(tree);
  const ofParts = new Float64Array(best.length);
  const isSelected = new Uint8Array(best.length);
  for (let cluster = best.length - 1; cluster >= 0; cluster--) {
    if (cluster === 0 && !allowSingleCluster) break;
    if (ofParts[cluster]! > best[cluster]!) best[cluster] = ofParts[cluster]!;
    else isSelected[cluster] = 1;
    if (cluster > 0) ofParts[tree.parents[cluster]!]! += best[cluster]!;
  }
  // What lies within a selected cluster is part of it.
  const isWithin = new Uint8Array(best.length);
  for (let cluster = 1; cluster < best.length; cluster++) {
    const parent = tree.parents[cluster]!;
    if (isSelected[parent] === 1 || isWithin[parent] === 1) {
      isWithin[cluster] = 1;
      isSelected[cluster] = 0;
    }
  }
  return isSelected;
}

/** The clusters that fall apart no further; none when everybody is one. */
export function selectLeaves({ parents }: CondensedTree): Uint8Array {
  const isSelected = new Uint8Array(parents.length).fill(1);
  isSelected[0] = 0;
  for (const parent of parents) if (parent >= 0) isSelected[parent] = 0;
  return isSelected;
}
