import { MOST_BYTES, PAGE_BYTES, WebAssembly, type WebAssemblyMemory } from "../../math/web-assembly.js";
import { COMPILED } from "./compiled.js";

/** Kernels by name, each described in `assembly/`. */
export interface CodingKernels {
  open(
    delimiter: number,
    fields: number,
    wanted: number,
    longest: number,
    window: number,
    records: number,
  ): number;
  want(position: number, field: number): void;
  moveTo(length: number): void;
  filled(): number;
  empty(): number;
  readPlain(at: number, row: number): number;
  put(field: number, start: number, end: number): void;
  take(row: number): void;
  sizeOf(field: number): number;
  entriesOf(field: number): number;
  bytesOf(field: number): number;
  usedOf(field: number): number;
}

let compiled: object | undefined;

/**
 * The kernels that read a text, with a memory of their own that grows with what they have to keep.
 * @throws RangeError, also later when a kernel is called, when that is more than `mostBytes` or than there is.
 */
export function openCodingKernels(mostBytes: number = MOST_BYTES): {
  memory: WebAssemblyMemory;
  kernels: CodingKernels;
} {
  compiled ??= new WebAssembly.Module(Buffer.from(COMPILED, "base64"));
  const outOfMemory = (cause: unknown): RangeError => {
    const most = `${Math.floor(mostBytes / 2 ** 20)} MiB`;
    return new RangeError(`codeText needs the different values of a text to fit into ${most}, got more`, {
      cause,
    });
  };
  const memory = openMemory(mostBytes);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernels = Object.entries(exports).map(([name, run]) => [
    name,
    (...values: number[]) => {
      try {
        // Addresses come as signed numbers.
        return run(...values) >>> 0;
      } catch (cause) {
        throw cause instanceof WebAssembly.RuntimeError ? outOfMemory(cause) : cause;
      }
    },
  ]);
  return { memory, kernels: Object.fromEntries(kernels) };
}

function openMemory(mostBytes: number): WebAssemblyMemory {
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: Math.floor(mostBytes / PAGE_BYTES) });
  } catch (cause) {
    throw new RangeError("codeText needs addresses for a memory of its own, got none", { cause });
  }
}
