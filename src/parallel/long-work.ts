/** What long work has in common. */
export interface LongWork {
  /** Told how much of the work is done, of how much in all. */
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Ends the work when it is aborted. */
  signal?: AbortSignal | undefined;
}
