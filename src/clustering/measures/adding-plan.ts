import type { Clusters } from "./clusters.js";

/** One step of adding up: the entries of what comes before it, each into one of its own. */
export interface AddingStep {
  /** The step whose sums are added up, -1 for the rows themselves. */
  source: number;
  /** Where each entry of the source goes. */
  places: Int32Array;
  /** Entries that come out. */
  count: number;
  /** The labelling whose clusters these are, noise after the last cluster; -1 for a step on the way. */
  labelling: number;
}

/** Rows that lie in the same cell are together in all labellings below. */
interface Node {
  /** The cell of each row. */
  cells: Int32Array;
  count: number;
  labelling: number;
  below: readonly Node[];
}

/**
 * How to add up a value of each row over the clusters of many labellings in few additions.
 *
 * Two labellings divide the rows into cells that both keep together. Sums over the cells, of which there are few
 * when the two agree in much, as K-Means with 8 and with 9 clusters do, give the sums over the clusters of both. The
 * cells of pairs are paired again, as long as it saves additions.
 * @param labellings - of the same rows; like labellings stand beside each other.
 * @returns steps, each after its source.
 */
export function planAdding(labellings: readonly Clusters[]): AddingStep[] {
  let nodes = labellings.map(
    ({ of, labels }, labelling): Node => ({
      cells: of.map((cluster) => (cluster < 0 ? labels.length : cluster)),
      count: labels.length + 1,
      labelling,
      below: [],
    }),
  );
  for (let before = 0; before !== nodes.length; ) {
    before = nodes.length;
    nodes = pairUp(nodes);
  }
  const steps: AddingStep[] = [];
  for (const node of nodes) addSteps(node, undefined, -1, steps);
  return steps;
}

/** Joins the first with the second, the third with the fourth and so on, where that saves additions. */
function pairUp(nodes: readonly Node[]): Node[] {
  const paired: Node[] = [];
  for (let at = 0; at < nodes.length; at += 2) {
    const [one, other] = [nodes[at]!, nodes[at + 1]];
    const joint = other && join(one, other);
    // Instead of all rows twice: all rows once, and the cells twice.
    if (joint && 2 * joint.count < joint.cells.length) paired.push(joint);
    else paired.push(...nodes.slice(at, at + 2));
  }
  return paired;
}

function join(one: Node, other: Node): Node {
  const numbers = new Map<number, number>();
  const cells = new Int32Array(one.cells.length);
  for (let i = 0; i < cells.length; i++) {
    const key = one.cells[i]! * other.count + other.cells[i]!;
    let cell = numbers.get(key);
    if (cell === undefined) {
      cell = numbers.size;
      numbers.set(key, cell);
    }
    cells[i] = cell;
  }
  return { cells, count: numbers.size, labelling: -1, below: [one, other] };
}

function addSteps(node: Node, above: Node | undefined, source: number, steps: AddingStep[]): void {
  const { cells, count, labelling, below } = node;
  const places = above === undefined ? cells : new Int32Array(above.count);
  if (above !== undefined) for (let i = 0; i < cells.length; i++) places[above.cells[i]!] = cells[i]!;
  const step = steps.push({ source, places, count, labelling }) - 1;
  for (const child of below) addSteps(child, node, step, steps);
}
