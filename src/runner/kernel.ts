import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import type { KernelSpec } from "./kernelspec.js";
import {
  type ConnectionInfo,
  createMessage,
  decodeMessage,
  encodeMessage,
  type Message,
  socketAddress,
} from "./messages.js";

/** How to start a kernel. */
export interface KernelOptions {
  spec: KernelSpec;
  /** Working directory of the kernel: where a notebook's relative paths start. */
  cwd: string;
  /** Added to the environment of this process and that of the kernelspec. */
  env?: Record<string, string>;
  /** Seconds until the kernel must have answered. */
  startTimeout?: number;
  /** Ends the kernel while it starts. */
  signal?: AbortSignal;
}

/** Reply to an execute request. */
export interface ExecuteReply {
  status: "ok" | "error" | "aborted";
  ename?: string;
  evalue?: string;
  traceback?: string[];
  /** Where an error arose, line counting from 1; told by our launcher only. */
  place?: { cell: string; line: number };
  /** Whether it arose in a cell that had ended; told by our launcher only. */
  isLate?: boolean;
}

/** The kernel process ended while it was needed. */
export class KernelDiedError extends Error {
  override name = "KernelDiedError";
}

/** A cell ran longer than it may. */
export class CellTimeoutError extends Error {
  override name = "CellTimeoutError";
}

/** The run was stopped from outside while a cell was running. */
export class CellInterruptedError extends Error {
  override name = "CellInterruptedError";
}

/** How code is run. */
export interface ExecuteOptions {
  /** Seconds until the cell is interrupted; default: no limit. */
  timeout?: number;
  /** Interrupts the cell. */
  signal?: AbortSignal;
  /** Whether cells sent after one that fails are dropped; default: yes. */
  stopOnError?: boolean;
  /** Id of the cell, which the kernel names in errors. */
  cellId?: string;
}

/** A request and who listens to what comes of it: for as long as the kernel lives, as output may be late. */
interface Request {
  onMessage(message: Message): void;
  reply?: Message;
  isIdle: boolean;
  finish(reply: Message): void;
  fail(error: Error): void;
}

const EXECUTE_REQUEST = {
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: true,
};
const SILENT = { silent: true, store_history: false };
const LAST_WORDS = 10_000;
const EXIT_GRACE_MS = 2_000;
/** A cell that does not end so long after it was interrupted is ended with its kernel. */
const INTERRUPT_GRACE_MS = 3_000;
/** What a kernel sent before it died arrives with at most such a gap. */
const LAST_MESSAGE_GAP_MS = 50;
/** The longest time that `setTimeout` takes. */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1;
/** The name of a unix socket has at most 104 characters; what follows the folder has up to 32. */
const LONGEST_FOLDER = 70;
/** Which of a dying program's lines says why. */
const LAST_WORD = /\b(FATAL ERROR|[A-Z]\w*Error)\b/;

const live = new Set<Kernel>();
process.on("exit", () => {
  for (const kernel of live) kernel.kill();
});

/** A running Jupyter kernel and our side of its channels. */
export class Kernel {
  readonly #child: ChildProcess;
  readonly #connection: ConnectionInfo;
  readonly #folder: string;
  readonly #shell = new Dealer({ linger: 0, reconnectInterval: 10 });
  readonly #control = new Dealer({ linger: 0, reconnectInterval: 10 });
  readonly #iopub = new Subscriber({ receiveHighWaterMark: 0, linger: 0, reconnectInterval: 10 });
  readonly #session = randomUUID();
  readonly #requests = new Map<string, Request>();
  readonly #interruptMode: KernelSpec["interrupt_mode"];
  readonly #exited: Promise<string>;
  #end: string | undefined;
  #lastWords = "";
  #lastMessageAt = 0;
  /** What the kernel said of itself: implementation, versions, `language_info`. */
  info: Record<string, unknown> = {};

  private constructor(
    child: ChildProcess,
    connection: ConnectionInfo,
    folder: string,
    interruptMode: KernelSpec["interrupt_mode"],
  ) {
    this.#child = child;
    this.#connection = connection;
    this.#folder = folder;
    this.#interruptMode = interruptMode;
    live.add(this);
    child.stderr?.on("data", (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk.toString()).slice(-LAST_WORDS);
    });
    this.#exited = new Promise((resolve) => {
      child.once("error", (error) => resolve(`could not be started: ${error.message}`));
      child.once("exit", (code, signal) =>
        resolve(signal ? `was ended by ${signal}` : `exited with ${code}`),
      );
    });
    void this.#exited.then((end) => this.#onExit(end));
  }

  /** Starts a kernel and waits until it answers on all channels. @throws Error in one line when it does not. */
  static async start(options: KernelOptions): Promise<Kernel> {
    const { spec, cwd, env, signal } = options;
    if (!existsSync(cwd)) throw new Error(`there is no folder ${cwd} to run the notebook in`);
    const folder = socketFolder();
    const connection: ConnectionInfo = {
      transport: "ipc",
      ip: join(folder, "socket"),
      key: randomUUID(),
      signature_scheme: "hmac-sha256",
      shell_port: 1,
      iopub_port: 2,
      stdin_port: 3,
      control_port: 4,
      hb_port: 5,
      kernel_name: "tslab",
    };
    const file = join(folder, "connection.json");
    writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
    const [command, ...args] = spec.argv.map((part) => part.replace("{connection_file}", file));
    const child = spawn(command!, args, {
      cwd,
      env: { ...process.env, ...spec.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
      // A process group of its own: a Ctrl-C is ours to handle, and what a cell starts ends with the kernel.
      detached: true,
    });
    const kernel = new Kernel(child, connection, folder, spec.interrupt_mode ?? "signal");
    const onAbort = (): void => kernel.kill();
    signal?.addEventListener("abort", onAbort);
    try {
      if (signal?.aborted) onAbort();
      await kernel.#connect((options.startTimeout ?? 60) * 1000);
    } catch (error) {
      await kernel.stop();
      throw error;
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
    return kernel;
  }

  /** Process id of the kernel. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Runs code and waits until the kernel has replied and is idle again.
   * @param onMessage - gets every iopub message of this request, also those that come after its end.
   * @throws KernelDiedError when the process ends first; CellTimeoutError and CellInterruptedError once the
   * cell, or the kernel with it, has ended.
   */
  async execute(
    code: string,
    onMessage: (message: Message) => void,
    options: ExecuteOptions = {},
  ): Promise<ExecuteReply> {
    const metadata = options.cellId === undefined ? {} : { cellId: options.cellId };
    const content = { ...EXECUTE_REQUEST, code, stop_on_error: options.stopOnError ?? true };
    const finished = this.#ask("execute_request", content, metadata, onMessage);
    return this.#limit(finished, options, (seconds) => `the cell ran longer than ${seconds} s`);
  }

  /** Runs code of which nobody sees anything, such as an import that the first cell will repeat. */
  async warmUp(code: string): Promise<void> {
    await this.#ask("execute_request", { ...EXECUTE_REQUEST, ...SILENT, code }, {}, () => {});
  }

  /**
   * Waits until timers and promises that finished cells left behind have come to an end.
   * @param seconds - how long to wait for them at most.
   * @returns an error when one of them failed.
   */
  async drain(seconds: number, signal?: AbortSignal): Promise<ExecuteReply> {
    const content = { ...EXECUTE_REQUEST, ...SILENT, code: "" };
    const finished = this.#ask("execute_request", content, { drainSeconds: seconds }, () => {});
    const limits = { timeout: seconds + 1, ...(signal && { signal }) };
    return this.#limit(finished, limits, () => "what the cells left running keeps the kernel busy");
  }

  /** Waits for a reply as long as it may take; what does not end when it is interrupted ends with the kernel. */
  async #limit(
    finished: Promise<Message>,
    { timeout, signal }: Pick<ExecuteOptions, "timeout" | "signal">,
    describeTimeout: (seconds: number) => string,
  ): Promise<ExecuteReply> {
    let cause: Error | undefined;
    let killer: NodeJS.Timeout | undefined;
    const end = (reason: Error): void => {
      cause ??= reason;
      this.interrupt();
      killer ??= setTimeout(() => this.kill(), INTERRUPT_GRACE_MS);
    };
    const onAbort = (): void => end(new CellInterruptedError(`stopped by ${String(signal!.reason)}`));
    const tooLong = (): void => end(new CellTimeoutError(describeTimeout(timeout!)));
    const timer = timeout && setTimeout(tooLong, Math.min(timeout * 1000, LONGEST_TIMER_MS));
    signal?.addEventListener("abort", onAbort);
    try {
      if (signal?.aborted) onAbort();
      const reply = await finished;
      if (cause) throw cause;
      return reply.content as unknown as ExecuteReply;
    } catch (error) {
      throw cause ?? error;
    } finally {
      clearTimeout(timer);
      clearTimeout(killer);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Interrupts the running cell, whether it computes or waits. */
  interrupt(): void {
    if (this.#end !== undefined) return;
    if (this.#interruptMode === "signal") this.#child.kill("SIGINT");
    else this.#send(this.#control, createMessage("interrupt_request", {}, this.#session));
  }

  /** Ends the kernel and all it started at once, and removes what it left. */
  kill(): void {
    try {
      if (this.#child.pid !== undefined) process.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // Nobody of the group is left.
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Ends the kernel: asks, then kills. Safe to call twice. */
  async stop(): Promise<void> {
    if (this.#end === undefined && this.#child.pid !== undefined) {
      this.#send(this.#control, createMessage("shutdown_request", { restart: false }, this.#session));
      const killer = setTimeout(() => this.kill(), EXIT_GRACE_MS);
      await this.#exited;
      clearTimeout(killer);
    }
    if (live.delete(this)) this.kill();
    // A process that a cell left behind may hold the other end, and would keep this one waiting.
    this.#child.stderr?.destroy();
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
  }

  async #connect(timeoutMs: number): Promise<void> {
    this.#shell.connect(socketAddress(this.#connection, this.#connection.shell_port));
    this.#control.connect(socketAddress(this.#connection, this.#connection.control_port));
    this.#iopub.connect(socketAddress(this.#connection, this.#connection.iopub_port));
    this.#iopub.subscribe();
    void this.#listen(this.#shell, (message) => this.#onReply(message));
    void this.#listen(this.#iopub, (message) => this.#onPublished(message));
    void this.#listen(this.#control, () => {});
    const deadline = Date.now() + timeoutMs;
    // A request is answered on the shell channel before the iopub subscription is in place at times:
    // the kernel is ready when both have been heard of.
    for (;;) {
      const answered = this.#ask("kernel_info_request", {}, {}, () => {});
      answered.catch(() => {});
      const left = deadline - Date.now();
      const heard = await Promise.race([answered, delay(Math.min(250, left))]);
      if (this.#end !== undefined) throw this.#died();
      if (typeof heard === "object") {
        this.info = heard.content;
        return;
      }
      if (left <= 0) throw new Error(`the kernel did not answer within ${timeoutMs / 1000} s`);
    }
  }

  /** Sends a request on the shell channel. @returns its reply, once the kernel is idle again. */
  #ask(
    type: string,
    content: Record<string, unknown>,
    metadata: Record<string, unknown>,
    onMessage: (message: Message) => void,
  ): Promise<Message> {
    const message = { ...createMessage(type, content, this.#session), metadata };
    const replied = new Promise<Message>((finish, fail) => {
      this.#requests.set(message.header.msg_id, { onMessage, isIdle: false, finish, fail });
    });
    if (this.#end === undefined) this.#send(this.#shell, message);
    else this.#failAll();
    return replied;
  }

  #send(socket: Dealer, message: Message): void {
    socket.send(encodeMessage(message, this.#connection.key)).catch(() => {});
  }

  async #listen(socket: Dealer | Subscriber, take: (message: Message) => void): Promise<void> {
    try {
      for await (const frames of socket) take(decodeMessage(frames, this.#connection.key));
    } catch (error) {
      if (!socket.closed) throw error;
    }
  }

  #onReply(message: Message): void {
    const request = this.#requests.get(message.parentHeader.msg_id ?? "");
    if (!request) return;
    request.reply = message;
    if (request.isIdle) request.finish(message);
  }

  #onPublished(message: Message): void {
    this.#lastMessageAt = Date.now();
    const request = this.#requests.get(message.parentHeader.msg_id ?? "");
    if (!request) return;
    try {
      request.onMessage(message);
    } catch (error) {
      request.fail(error as Error);
    }
    if (message.header.msg_type === "status" && message.content["execution_state"] === "idle") {
      request.isIdle = true;
      if (request.reply) request.finish(request.reply);
    }
  }

  async #onExit(end: string): Promise<void> {
    this.#end = end;
    do await sleep(LAST_MESSAGE_GAP_MS);
    while (Date.now() - this.#lastMessageAt < LAST_MESSAGE_GAP_MS);
    this.#failAll();
  }

  /** Requests that have been answered do not mind. */
  #failAll(): void {
    for (const request of this.#requests.values()) request.fail(this.#died());
  }

  #died(): KernelDiedError {
    const lines = this.#lastWords.trim().split("\n");
    const words = lines.findLast((line) => LAST_WORD.test(line)) ?? lines.at(-1);
    return new KernelDiedError(`the kernel ${this.#end}${words ? `: ${words.trim()}` : ""}`);
  }
}

/** A new folder whose sockets have names as short as the system wants them. */
function socketFolder(): string {
  const base = [tmpdir(), "/tmp"].find((folder) => folder.length <= LONGEST_FOLDER) ?? "/tmp";
  try {
    return mkdtempSync(join(base, "insiders-kernel-"));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(`${base} cannot hold the kernel's sockets (${code}): name another folder in TMPDIR`, {
      cause,
    });
  }
}

function delay(ms: number): Promise<"waited"> {
  return sleep(Math.max(0, ms), "waited" as const, { ref: false });
}
