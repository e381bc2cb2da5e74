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

/** What is used of the engine's WebAssembly: the library of the language declares it for browsers only. */
interface Engine {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (pages: { initial: number; maximum: number }) => { buffer: ArrayBuffer };
  Instance: new (
    module: object,
    imports: { env: { memory: object } },
  ) => { exports: Record<string, (...values: number[]) => number> };
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: Engine };

const PAGE = 65_536;
/** Addresses have 32 bits. */
const MOST_BYTES = 2 ** 32;

let compiled: object | undefined;

/**
 * Kernels for one piece of work, and arrays of zeros for it with these lengths. Their memory goes when nothing refers to
 * them any more.
 * @throws RangeError when the arrays take more than 4 GiB, or more than there is.
 */
export function openKernels<Floats extends string, Integers extends string>(
  who: string,
  floats: Readonly<Record<Floats, number>>,
  integers: Readonly<Record<Integers, number>>,
): { kernels: Kernels; arrays: Record<Floats, Float64Array> & Record<Integers, Int32Array> } {
  const sizes = [
    ...Object.entries<number>(floats).map(([name, length]) => ({ name, length, Type: Float64Array })),
    ...Object.entries<number>(integers).map(([name, length]) => ({ name, length, Type: Int32Array })),
  ];
  let bytes = 0;
  const places = sizes.map(({ length, Type }) => {
    const start = bytes;
    // Each begins with a line of the processor's cache.
    bytes += Math.ceil((length * Type.BYTES_PER_ELEMENT) / 64) * 64;
    return start;
  });
  const memory = openMemory(who, bytes);
  const arrays = sizes.map(({ name, length, Type }, at) => [
    name,
    new Type(memory.buffer, places[at]!, length),
  ]);
  compiled ??= new WebAssembly.Module(Buffer.from(COMPILED, "base64"));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernels = Object.entries(exports).map(([name, run]) => [
    name,
    (...values: (number | Float64Array | Int32Array)[]) =>
      run(...values.map((value) => (typeof value === "number" ? value : value.byteOffset))),
  ]);
  return { kernels: Object.fromEntries(kernels), arrays: Object.fromEntries(arrays) };
}

function openMemory(who: string, bytes: number): { buffer: ArrayBuffer } {
  const problem = `${who} needs room for its work of at most 4 GiB, got ${(bytes / 2 ** 30).toFixed(1)} GiB`;
  if (!(bytes <= MOST_BYTES)) throw new RangeError(problem);
  const pages = Math.ceil(bytes / PAGE);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw new RangeError(`${problem}, which this machine does not have`, { cause });
  }
}
