import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
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
  /** Command and arguments; `{connection_file}` stands for the path of the connection file. */
  argv: string[];
  /** Working directory of the kernel: where a notebook's relative paths start. */
  cwd: string;
  /** Added to the environment of this process. */
  env?: Record<string, string>;
  /** Seconds until the kernel must have answered. */
  startTimeout?: number;
}

/** Reply to an execute request. */
export interface ExecuteReply {
  status: "ok" | "error" | "aborted";
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

/** The kernel process ended while it was needed. */
export class KernelDiedError extends Error {
  override name = "KernelDiedError";
}

/** A cell ran longer than it may. */
export class CellTimeoutError extends Error {
  override name = "CellTimeoutError";
}

interface Pending {
  onMessage(message: Message): void;
  reply?: Message;
  isIdle: boolean;
  finish(reply: Message): void;
  fail(error: Error): void;
}

const LAST_WORDS = 2_000;
const EXIT_GRACE_MS = 2_000;

/** A running Jupyter kernel and our side of its channels. */
export class Kernel {
  readonly #child: ChildProcess;
  readonly #connection: ConnectionInfo;
  readonly #folder: string;
  readonly #shell = new Dealer({ linger: 0, reconnectInterval: 10 });
  readonly #control = new Dealer({ linger: 0, reconnectInterval: 10 });
  readonly #iopub = new Subscriber({ receiveHighWaterMark: 0, linger: 0, reconnectInterval: 10 });
  readonly #session = randomUUID();
  readonly #pending = new Map<string, Pending>();
  readonly #exited: Promise<string>;
  #end: string | undefined;
  #lastWords = "";
  /** What the kernel said of itself: implementation, versions, `language_info`. */
  info: Record<string, unknown> = {};

  private constructor(child: ChildProcess, connection: ConnectionInfo, folder: string) {
    this.#child = child;
    this.#connection = connection;
    this.#folder = folder;
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

  /** Starts a kernel and waits until it answers on all channels. */
  static async start(options: KernelOptions): Promise<Kernel> {
    const folder = mkdtempSync(join(tmpdir(), "insiders-kernel-"));
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
    const [command, ...args] = options.argv.map((part) => part.replace("{connection_file}", file));
    const child = spawn(command!, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    const kernel = new Kernel(child, connection, folder);
    try {
      await kernel.#connect((options.startTimeout ?? 60) * 1000);
    } catch (error) {
      await kernel.stop();
      throw error;
    }
    return kernel;
  }

  /** Process id of the kernel. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Runs code and waits until the kernel has replied and is idle again.
   * @param onMessage - gets every iopub message of this request.
   * @throws KernelDiedError when the process ends first; CellTimeoutError after `timeout` seconds.
   */
  async execute(
    code: string,
    onMessage: (message: Message) => void,
    options: { timeout?: number; stopOnError?: boolean } = {},
  ): Promise<ExecuteReply> {
    const request = this.#request("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: options.stopOnError ?? true,
    });
    const finished = this.#await(request, onMessage);
    const seconds = options.timeout;
    if (!seconds) return (await finished).content as unknown as ExecuteReply;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.interrupt();
        reject(new CellTimeoutError(`the cell ran longer than ${seconds} s`));
      }, seconds * 1000);
    });
    try {
      return (await Promise.race([finished, late])).content as unknown as ExecuteReply;
    } finally {
      clearTimeout(timer);
      finished.catch(() => {});
    }
  }

  /** Interrupts the running cell, whether it computes or waits. */
  interrupt(): void {
    if (this.#end === undefined) this.#child.kill("SIGINT");
  }

  /** Ends the kernel: asks, then kills. Safe to call twice. */
  async stop(): Promise<void> {
    if (this.#end === undefined && this.#child.pid !== undefined) {
      this.#send(this.#control, createMessage("shutdown_request", { restart: false }, this.#session));
      const killer = setTimeout(() => this.#child.kill("SIGKILL"), EXIT_GRACE_MS);
      await this.#exited;
      clearTimeout(killer);
    }
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
    rmSync(this.#folder, { recursive: true, force: true });
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
      const request = this.#request("kernel_info_request", {});
      const answered = this.#await(request, () => {});
      const heard = await Promise.race([
        answered,
        delay(250),
        delay(deadline - Date.now()).then(() => "late"),
      ]);
      answered.catch(() => {});
      if (this.#end !== undefined) throw this.#died();
      if (typeof heard === "object") {
        this.info = heard.content;
        return;
      }
      if (heard === "late") throw new Error(`the kernel did not answer within ${timeoutMs / 1000} s`);
    }
  }

  #request(type: string, content: Record<string, unknown>): Message {
    const message = createMessage(type, content, this.#session);
    this.#send(this.#shell, message);
    return message;
  }

  #send(socket: Dealer, message: Message): void {
    socket.send(encodeMessage(message, this.#connection.key)).catch(() => {});
  }

  #await(request: Message, onMessage: (message: Message) => void): Promise<Message> {
    return new Promise((resolve, reject) => {
      const id = request.header.msg_id;
      this.#pending.set(id, {
        onMessage,
        isIdle: false,
        finish: (reply) => {
          this.#pending.delete(id);
          resolve(reply);
        },
        fail: reject,
      });
      if (this.#end !== undefined) reject(this.#died());
    });
  }

  async #listen(socket: Dealer | Subscriber, take: (message: Message) => void): Promise<void> {
    try {
      for await (const frames of socket) take(decodeMessage(frames, this.#connection.key));
    } catch (error) {
      if (!socket.closed) throw error;
    }
  }

  #onReply(message: Message): void {
    const pending = this.#pending.get(message.parentHeader.msg_id ?? "");
    if (!pending) return;
    pending.reply = message;
    if (pending.isIdle) pending.finish(message);
  }

  #onPublished(message: Message): void {
    const pending = this.#pending.get(message.parentHeader.msg_id ?? "");
    if (!pending) return;
    pending.onMessage(message);
    if (message.header.msg_type === "status" && message.content["execution_state"] === "idle") {
      pending.isIdle = true;
      if (pending.reply) pending.finish(pending.reply);
    }
  }

  #onExit(end: string): void {
    this.#end = end;
    for (const pending of this.#pending.values()) pending.fail(this.#died());
    this.#pending.clear();
  }

  #died(): KernelDiedError {
    const words = this.#lastWords.trim().split("\n").at(-1);
    return new KernelDiedError(`the kernel ${this.#end}${words ? `: ${words}` : ""}`);
  }
}

function delay(ms: number): Promise<"waited"> {
  return new Promise((resolve) => {
    setTimeout(() => resolve("waited"), Math.max(0, ms)).unref();
  });
}
