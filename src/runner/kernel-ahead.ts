import { Kernel } from "./kernel.js";
import { findKernel } from "./kernelspec.js";

/** What tells kernels apart that serve different notebooks. */
export interface KernelNeed {
  /** Name of the kernel; undefined where the notebook names none. */
  name: string | undefined;
  cwd: string;
}

/** Starts the kernel of the next notebook while the current one runs; at most one waits. */
export class KernelAhead {
  readonly #env: Record<string, string>;
  readonly #signal: AbortSignal | undefined;
  #waiting: { need: KernelNeed; kernel: Promise<Kernel> } | null = null;

  /**
   * @param env - added to the environment of every kernel.
   * @param signal - ends kernels while they start.
   */
  constructor(env: Record<string, string> = {}, signal?: AbortSignal) {
    this.#env = env;
    this.#signal = signal;
  }

  /**
   * Starts a kernel for later, unless one is waiting.
   * @param warmUp - code it runs while it waits, so that the cells need not wait for it.
   */
  prepare(need: KernelNeed, warmUp = ""): void {
    if (this.#waiting !== null) return;
    const kernel = this.#start(need);
    // Whether it failed matters to who takes it; until then it must not end the process.
    kernel.then((started) => started.warmUp(warmUp)).catch(() => {});
    this.#waiting = { need, kernel };
  }

  /** The kernel that waits, or a new one where it does not fit or has died. The caller stops it. */
  async take(need: KernelNeed): Promise<Kernel> {
    const waiting = this.#waiting;
    if (waiting === null) return this.#start(need);
    if (waiting.need.name !== need.name || waiting.need.cwd !== need.cwd) {
      await this.discard();
      return this.#start(need);
    }
    this.#waiting = null;
    const kernel = await waiting.kernel;
    if (isAlive(kernel)) return kernel;
    await kernel.stop();
    return this.#start(need);
  }

  /** Stops the kernel that nobody took. */
  async discard(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = null;
    const kernel = await waiting?.kernel.catch(() => undefined);
    await kernel?.stop();
  }

  async #start({ name, cwd }: KernelNeed): Promise<Kernel> {
    if (name === undefined)
      throw new Error("the notebook names no kernel: choose one in Jupyter and save it");
    const signal = this.#signal;
    return Kernel.start({ spec: findKernel(name), cwd, env: this.#env, ...(signal && { signal }) });
  }
}

function isAlive({ pid }: Kernel): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}
