import { formatNumber } from "#src/format.js";

/** What one method cost with so many rows, in a process of its own. */
export interface CostPoint {
  method: string;
  rows: number;
  /** Of the work on the clock. */
  seconds: number;
  /** Of the work in all threads, added up. */
  cpu: number;
  /** Of the process and all it starts; null where that cannot be seen. */
  peakBytes: number | null;
  /** What the work found, where that is told beside its cost. */
  found?: Record<string, number>;
}

/** All points of a figure, of one machine. */
export interface Costs {
  machine: string;
  points: CostPoint[];
}

/** From here on the exponent is fitted: before, the time goes into starting and compiling. */
const FITTED_FROM = 4_000;
const FITTED_TO = 50_000;

/**
 * Points in the order of the methods and by rows: those taken anew replace those of the same method and rows.
 * Points of another machine cannot stand beside new ones and are left out.
 */
export function mergeCosts(old: Costs | null, taken: Costs, methods: readonly string[]): Costs {
  const keyOf = ({ method, rows }: CostPoint): string => `${method} ${rows}`;
  const kept = old?.machine === taken.machine ? old.points : [];
  const points = new Map([...kept, ...taken.points].map((point) => [keyOf(point), point]));
  const place = ({ method }: CostPoint): number => methods.indexOf(method);
  const known = [...points.values()].filter((point) => place(point) >= 0);
  return {
    machine: taken.machine,
    points: known.sort((a, b) => place(a) - place(b) || a.rows - b.rows),
  };
}

/** Whether the exponent looks at a point. */
export function isFitted({ rows }: Pick<CostPoint, "rows">): boolean {
  return rows >= FITTED_FROM && rows <= FITTED_TO;
}

/**
 * The power of the rows that a cost grows with: the slope of its logarithm from 4,000 to 50,000 rows by least squares.
 * @returns null with fewer than two points there.
 */
export function exponentOf(points: readonly Pick<CostPoint, "rows" | "cpu">[]): number | null {
  const fitted = points.filter(isFitted);
  if (fitted.length < 2) return null;
  const xs = fitted.map(({ rows }) => Math.log(rows));
  const ys = fitted.map(({ cpu }) => Math.log(cpu));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const products = xs.map((value, at) => (value - x) * (ys[at]! - y));
  const squares = xs.map((value) => (value - x) ** 2);
  return mean(products) / mean(squares);
}

/** What `exponentOf` says of a cost of n log n at the same rows: a little above 1. */
export function exponentOfSorting(points: readonly Pick<CostPoint, "rows">[]): number | null {
  return exponentOf(points.map(({ rows }) => ({ rows, cpu: rows * Math.log(rows) })));
}

/** Bytes as MiB, or as GiB where those are many. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return "memory not seen";
  const mebibytes = bytes / 2 ** 20;
  return mebibytes < 1000 ? `${Math.round(mebibytes)} MiB` : `${formatNumber(mebibytes / 1024, 1)} GiB`;
}

/** Seconds with what tells them apart. */
export function formatSeconds(seconds: number): string {
  return `${formatNumber(seconds, seconds < 1 ? 3 : seconds < 10 ? 2 : seconds < 100 ? 1 : 0)} s`;
}
