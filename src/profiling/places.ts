import type { ProfiledColumn } from "./profiled-table.js";

/** The places of the values of a table's columns, gathered while the columns are still being described. */
export class Places {
  readonly #columns: readonly ProfiledColumn[];
  readonly #found = new Map<ProfiledColumn, Int32Array>();
  #complete: () => void = () => {};
  readonly #isComplete: Promise<void> = new Promise((resolve) => {
    this.#complete = resolve;
  });

  constructor(columns: readonly ProfiledColumn[]) {
    this.#columns = columns;
  }

  add(column: ProfiledColumn, places: Int32Array): void {
    this.#found.set(column, places);
    if (this.#found.size === this.#columns.length) this.#complete();
  }

  /** Those of all columns, in table order, once they are there. @param sources - what adds them; all fails when one does. */
  async all(...sources: readonly Promise<unknown>[]): Promise<Int32Array[]> {
    await Promise.race([this.#isComplete, Promise.all(sources)]);
    return this.#columns.map((column) => this.#found.get(column)!);
  }
}
