/** What is used of the engine's WebAssembly: the library of the language declares it for browsers only. */
export interface WebAssemblyEngine {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (pages: { initial: number; maximum: number }) => WebAssemblyMemory;
  Instance: new (
    module: object,
    imports: { env: { memory: WebAssemblyMemory } },
  ) => { exports: Record<string, (...values: number[]) => number> };
  RuntimeError: new () => Error;
}

/** Another `buffer` each time that it has grown. */
export interface WebAssemblyMemory {
  buffer: ArrayBuffer;
}

export const WebAssembly: WebAssemblyEngine = (globalThis as unknown as { WebAssembly: WebAssemblyEngine })
  .WebAssembly;

/** Of a memory. */
export const PAGE_BYTES: number = 2 ** 16;
/** Addresses have 32 bits. */
export const MOST_BYTES: number = 2 ** 32;
