import { MOST_BYTES, PAGE_BYTES, WebAssembly, type WebAssemblyMemory } from "../../math/web-assembly.js";
import { COMPILED } from "./compiled.js";

/** Kernels by name, each described in `assembly/`. Arrays have to be those that came with them. */
export interface Kernels {
  weighCandidates(
    n: number,
    d: number,
    width: number,
    rows: Float64Array,
    candidates: Float64Array,
    closest: Float64Array,
    left: Float64Array,
    gains: Float64Array,
  ): void;
  assign(
    n: number,
    d: number,
    width: number,
    rows: Float64Array,
    centers: Float64Array,
    labels: Int32Array,
    upper: Float64Array,
    lower: Float64Array,
    way: Float64Array,
    fastest: number,
    halfNext: Float64Array,
    squares: Float64Array,
    changed: Int32Array,
    before: Int32Array,
  ): number;
  shareRows(
    n: number,
    length: number,
    d: number,
    k: number,
    columns: Float64Array,
    means: Float64Array,
    whitening: Float64Array,
    isTriangular: number,
    peaks: Float64Array,
    far: Float64Array,
    gaps: Float64Array,
    shares: Float64Array,
    tops: Float64Array,
    sums: Float64Array,
  ): void;
  addRows(
    length: number,
    d: number,
    k: number,
    columns: Float64Array,
    shares: Float64Array,
    sizes: Float64Array,
    totals: Float64Array,
  ): void;
  addSquares(
    length: number,
    d: number,
    k: number,
    columns: Float64Array,
    shares: Float64Array,
    means: Float64Array,
    squares: Float64Array,
  ): void;
  addProducts(
    n: number,
    length: number,
    d: number,
    width: number,
    k: number,
    columns: Float64Array,
    shares: Float64Array,
    means: Float64Array,
    gaps: Float64Array,
    products: Float64Array,
  ): void;
}

/** Rooms up to this size are alike, and a thread keeps those that it has used. */
const KEPT_BYTES = 2 ** 24;

/** A memory, and the kernels that compute in it. */
interface Room {
  buffer: ArrayBuffer;
  kernels: Kernels;
}

let compiled: object | undefined;
const kept: Room[] = [];

/**
 * Has a piece of work done with kernels and with arrays of these lengths, all zero at first. The arrays are its own while
 * it lasts: what it returns has to be copied.
 * @throws RangeError when the arrays take more than 4 GiB, or than there is; what the work throws.
 */
export function withKernels<Floats extends string, Integers extends string, Result>(
  who: string,
  floats: Readonly<Record<Floats, number>>,
  integers: Readonly<Record<Integers, number>>,
  work: (kernels: Kernels, arrays: Record<Floats, Float64Array> & Record<Integers, Int32Array>) => Result,
): Result {
  let bytes = 0;
  const place = (length: number, size: number): number => {
    const start = bytes;
    // Each begins with a line of the processor's cache.
    bytes += Math.ceil((length * size) / 64) * 64;
    return start;
  };
  const places = [
    ...Object.entries<number>(floats).map(([name, length]) => {
      return { name, length, Type: Float64Array, start: place(length, 8) };
    }),
    ...Object.entries<number>(integers).map(([name, length]) => {
      return { name, length, Type: Int32Array, start: place(length, 4) };
    }),
  ];
  const room = takeRoom(who, bytes);
  try {
    const arrays = places.map(({ name, length, Type, start }) => [
      name,
      new Type(room.buffer, start, length),
    ]);
    return work(room.kernels, Object.fromEntries(arrays));
  } finally {
    if (room.buffer.byteLength <= KEPT_BYTES) kept.push(room);
  }
}

function takeRoom(who: string, bytes: number): Room {
  if (bytes > KEPT_BYTES) return openRoom(who, bytes);
  const room = kept.pop() ?? openRoom(who, KEPT_BYTES);
  new Uint8Array(room.buffer, 0, bytes).fill(0);
  return room;
}

function openRoom(who: string, bytes: number): Room {
  const memory = openMemory(who, bytes);
  compiled ??= new WebAssembly.Module(Buffer.from(COMPILED, "base64"));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  // Kernels know arrays by the address of their first number.
  const kernels = Object.entries(exports).map(([name, run]) => [
    name,
    (...values: (number | Float64Array | Int32Array)[]) =>
      run(...values.map((value) => (typeof value === "number" ? value : value.byteOffset))),
  ]);
  return { buffer: memory.buffer, kernels: Object.fromEntries(kernels) };
}

function openMemory(who: string, bytes: number): WebAssemblyMemory {
  const size = `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  if (!(bytes <= MOST_BYTES))
    throw new RangeError(`${who} needs rows that it can work on within 4 GiB, got ${size}`);
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw new RangeError(`${who} needs ${size} of memory for its work, got none`, { cause });
  }
}
