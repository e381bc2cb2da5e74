import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { jointProbabilities } from "#src/embedding/tsne/affinities.js";
import { descend, shareDescent } from "#src/embedding/tsne/descent.js";
import { addCells, shift, TERMS } from "#src/embedding/tsne/expansion.js";
import { MASS, QuadTree, RADIUS, STRIDE, X, XX, XY, Y, YY } from "#src/embedding/tsne/quadtree.js";
import { Repulsion } from "#src/embedding/tsne/repulsion.js";
import { nearestNeighbours } from "#src/math/neighbours.js";
import { seededRandom } from "#src/math/random.js";
import { clouds, largestGap } from "../support.js";

/** What pushes each point, and the sum of q over all pairs, which divides it. */
interface Forces {
  pushes: Float64Array;
  total: number;
}

/** Calls back for what a point sees: masses and where they are. */
type Look = (point: number, see: (mass: number, x: number, y: number) => void) => void;

function forces(points: Float64Array, look: Look): Forces {
  const pushes = new Float64Array(points.length);
  let total = 0;
  for (let i = 0; i < points.length / 2; i++)
    look(i, (mass, x, y) => {
      const [dx, dy] = [points[2 * i]! - x, points[2 * i + 1]! - y];
      const q = 1 / (1 + dx * dx + dy * dy);
      total += mass * q;
      pushes[2 * i]! += mass * q * q * dx;
      pushes[2 * i + 1]! += mass * q * q * dy;
    });
  return { pushes, total };
}

function exact(points: Float64Array): Forces {
  return forces(points, (i, see) => {
    for (let j = 0; j < points.length / 2; j++) if (j !== i) see(1, points[2 * j]!, points[2 * j + 1]!);
  });
}

interface Cell {
  mass: number;
  x: number;
  y: number;
  width: number;
  children: Cell[];
}

function quarter(points: Float64Array, members: number[], x: number, y: number, width: number): Cell {
  const mean = (axis: number): number =>
    members.reduce((sum, i) => sum + points[2 * i + axis]!, 0) / members.length;
  const parts: number[][] = [[], [], [], []];
  const half = width / 2;
  for (const i of members)
    parts[(points[2 * i]! < x + half ? 0 : 1) + (points[2 * i + 1]! < y + half ? 0 : 2)]!.push(i);
  const children =
    members.length === 1 || width === 0
      ? []
      : parts.flatMap((part, at) =>
          part.length === 0 ? [] : [quarter(points, part, x + (at & 1) * half, y + (at >> 1) * half, half)],
        );
  return { mass: members.length, x: mean(0), y: mean(1), width, children };
}

/** From each point: a cell counts as one mass where it looks narrower than the angle (Barnes & Hut 1986). */
function barnesHut(points: Float64Array, angle: number): Forces {
  const all = Array.from({ length: points.length / 2 }, (_, i) => i);
  const xs = all.map((i) => points[2 * i]!);
  const ys = all.map((i) => points[2 * i + 1]!);
  const [left, low] = [Math.min(...xs), Math.min(...ys)];
  const root = quarter(points, all, left, low, Math.max(Math.max(...xs) - left, Math.max(...ys) - low));
  return forces(points, (i, see) => {
    const waiting = [root];
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
      const distance = Math.hypot(points[2 * i]! - cell.x, points[2 * i + 1]! - cell.y);
      if (cell.children.length > 0 && cell.width >= angle * distance) waiting.push(...cell.children);
      else if (distance > 0) see(cell.mass, cell.x, cell.y);
    }
  });
}

function ours(points: Float64Array, angle: number): Forces {
  const tree = new QuadTree(points.length / 2);
  const repulsion = new Repulsion(tree, angle);
  const pushes = new Float64Array(points.length);
  const sums = new Float64Array(points.length / 2);
  tree.build(points);
  for (let group = 0; group < tree.groupCount; group++) repulsion.ofGroup(group, pushes, sums);
  return { pushes, total: sums.reduce((sum, value) => sum + value, 0) };
}

/** Root of the mean square error of what moves the points, as a share of its size. */
function errorOf(found: Forces, right: Forces): number {
  let squares = 0;
  let size = 0;
  right.pushes.forEach((push, c) => {
    squares += (found.pushes[c]! / found.total - push / right.total) ** 2;
    size += (push / right.total) ** 2;
  });
  return Math.sqrt(squares / size);
}

/** The map of some clouds after some iterations. */
function mapOf(count: number, iterations: number): Float64Array {
  const rows = clouds(1_200 / count, 5, 3, count);
  const random = seededRandom(1);
  const start = Float64Array.from({ length: 2 * rows.rows }, () => 1e-4 * (random() - 0.5));
  const P = jointProbabilities(nearestNeighbours(rows, 91), 30);
  const settings = { team: 1, angle: 0.5, learningRate: 50, exaggeration: 12, iterations };
  const shared = shareDescent(P, start, settings);
  descend(shared, 0, () => {});
  return shared.points;
}

describe("repulsion", () => {
  for (const [count, iterations] of [
    [12, 260],
    [4, 280],
    [4, 600],
  ] as const)
    it(`of ${count} clouds after ${iterations} steps is as near to the exact one as Barnes-Hut is`, () => {
      const points = mapOf(count, iterations);
      const right = exact(points);
      for (const angle of [0.3, 0.5, 0.7]) {
        const [mine, theirs] = [ours(points, angle), barnesHut(points, angle)];
        const told = `at ${angle}: ${errorOf(mine, right)} and ${errorOf(theirs, right)}`;
        assert.ok(errorOf(mine, right) > 0 && errorOf(mine, right) <= errorOf(theirs, right), told);
        const [gap, theirGap] = [mine, theirs].map(({ total }) => Math.abs(total - right.total));
        assert.ok(gap! < 0.3 * theirGap!, `sum ${told}: ${gap} and ${theirGap}`);
      }
    });

  it("is exact at angle 0, with duplicates, a far point and all points in one place too", () => {
    const random = seededRandom(2);
    const scattered = Float64Array.from({ length: 600 }, () => 20 * random());
    const twice = Float64Array.from([...scattered, ...scattered.subarray(0, 100), 1e6, -1e6]);
    const one = new Float64Array(60).fill(3);
    for (const points of [scattered, twice, one, Float64Array.of(1, 2), Float64Array.of(0, 0, 0, 1)]) {
      const [mine, right] = [ours(points, 0), exact(points)];
      assert.ok(largestGap(mine.pushes, right.pushes) < 1e-12);
      assert.ok(Math.abs(mine.total - right.total) <= 1e-9 * right.total);
    }
  });

  it("sees duplicates in one place as the mass that they are", () => {
    const points = Float64Array.from({ length: 400 }, (_, c) => (c < 200 ? 1 : 4 + (c & 1)));
    const [mine, right] = [ours(points, 0.5), exact(points)];
    assert.ok(largestGap(mine.pushes, right.pushes) < 1e-12);
  });
});

describe("an expansion", () => {
  const random = seededRandom(4);
  const offsets = Array.from({ length: 9 }, () => [random() - 0.5, random() - 0.5] as const);

  /** The largest error of a force within a cell of this width, of the points of another one 3 away. */
  function errorAt(width: number): number {
    const tree = new QuadTree(offsets.length);
    const source = offsets.map(([x, y]) => [3 + width * x, 1 - width * y] as const);
    tree.build(Float64Array.from(source.flat()));
    const expansion = new Float64Array(2 * TERMS);
    addCells(tree.nodes, Int32Array.of(0), 1, 0.4, 0.2, expansion, 0);
    let error = 0;
    for (const [offsetX, offsetY] of offsets) {
      const [x, y] = [0.4 + width * offsetX, 0.2 + width * offsetY];
      shift(expansion, 0, TERMS, width * offsetX, width * offsetY);
      let [pushX, pushY, sum] = [0, 0, 0];
      for (const [otherX, otherY] of source) {
        const q = 1 / (1 + (x - otherX) ** 2 + (y - otherY) ** 2);
        sum += q;
        pushX += q * q * (x - otherX);
        pushY += q * q * (y - otherY);
      }
      const [value, slopeX, slopeY] = expansion.subarray(TERMS);
      const gaps = [value! - sum, -slopeX! / 2 - pushX, -slopeY! / 2 - pushY];
      error = Math.max(error, ...gaps.map(Math.abs));
    }
    return error;
  }

  it("errs by a term of the third order: half the width, an eighth of the error", () => {
    for (const width of [0.2, 0.1, 0.05]) {
      const ratio = errorAt(width) / errorAt(width / 2);
      assert.ok(ratio > 7 && ratio < 9, `${width}: ${ratio}`);
    }
  });

  it("is the same polynomial wherever its centre lies", () => {
    const values = new Float64Array(4 * TERMS).map(() => random() - 0.5);
    shift(values, 0, TERMS, 0.3, -0.7);
    shift(values, TERMS, 2 * TERMS, -0.9, 0.2);
    shift(values, 0, 3 * TERMS, -0.6, -0.5);
    assert.ok(largestGap(values.subarray(2 * TERMS, 3 * TERMS), values.subarray(3 * TERMS)) < 1e-14);
  });
});

describe("the tree", () => {
  const random = seededRandom(6);
  const points = Float64Array.from({ length: 2_000 }, () => random() ** 4);
  const tree = new QuadTree(1_000);
  tree.build(points);

  it("knows mass, centre, reach and moments of each node", () => {
    for (let node = 0; node < tree.count; node++) {
      const numbers = tree.nodes.subarray(node * STRIDE, (node + 1) * STRIDE);
      const sums = { mass: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
      for (let at = tree.starts[node]!; at < tree.ends[node]!; at++) {
        const i = tree.order[at]!;
        const [dx, dy] = [points[2 * i]! - numbers[X]!, points[2 * i + 1]! - numbers[Y]!];
        assert.ok(Math.hypot(dx, dy) <= numbers[RADIUS]! * (1 + 1e-12));
        sums.mass++;
        sums.x += dx;
        sums.y += dy;
        sums.xx += dx * dx;
        sums.xy += dx * dy;
        sums.yy += dy * dy;
      }
      assert.equal(numbers[MASS], sums.mass);
      const moments = [0, 0, numbers[XX]!, numbers[XY]!, numbers[YY]!];
      assert.ok(largestGap(moments, [sums.x, sums.y, sums.xx, sums.xy, sums.yy]) < 1e-12);
    }
  });

  it("parts the points into groups of which each point has one", () => {
    const groups = Array.from(tree.groups.subarray(0, tree.groupCount));
    const seen = groups.flatMap((node) =>
      Array.from(tree.order.subarray(tree.starts[node]!, tree.ends[node]!)),
    );
    assert.deepEqual(
      seen.toSorted((a, b) => a - b),
      Array.from({ length: 1_000 }, (_, i) => i),
    );
    assert.ok(groups.length > 8);
  });
});
