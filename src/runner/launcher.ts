/**
 * The kernel process that JupyterLab and our runner start: tslab's compiler and executor behind a server
 * of our own. tslab's server loses output beyond 512 messages a turn and reports neither errors nor late
 * throws; this one sends every message of the Jupyter protocol and tells how a cell ended.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
// The global ones belong to the cells, which may replace them.
import process from "node:process";
import { inspect } from "node:util";
import { Worker } from "node:worker_threads";
import type { FileWatcher } from "@tslab/typescript-for-tslab";
import type { Converter } from "tslab/dist/converter.js";
import type { Executor } from "tslab/dist/executor.js";
import { Router } from "zeromq";
import { stopTasks } from "../parallel/run-tasks.js";
import { announceCell, type CellPlace, placeOf } from "./cell-positions.js";
import { type ExpandedCode, expandCell } from "./cell-source.js";
import {
  type ChannelData,
  type Frames,
  type FromChannels,
  Phase,
  Slot,
  type ToChannels,
} from "./launcher-state.js";
import {
  type ConnectionInfo,
  createMessage,
  decodeMessage,
  encodeMessage,
  type Message,
  socketAddress,
} from "./messages.js";
import { loadTypeScript } from "./typescript.js";

// After cell-positions.js, which prepares the compiler that these load.
const { createConverter, isCompleteCode } = await import("tslab/dist/converter.js");
const { createExecutor } = await import("tslab/dist/executor.js");
const { default: tslabJupyter } = await import("tslab/dist/jupyter.js");

/** A value rendered as data per MIME type. */
interface MimeBundle {
  data: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  transient?: Record<string, unknown>;
}

/** Renders the values it matches; packages add theirs to the global list `Symbol.for("jupyter.formatters")`. */
interface Formatter {
  matches(value: unknown): boolean;
  bundle(value: unknown): MimeBundle;
}

/** How a cell failed, in the words of the protocol and a few of ours. */
interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
  /** Where in a cell it arose. */
  place?: CellPlace;
  /** Whether it arose in a cell that had ended. */
  isLate?: boolean;
}

/** A complaint of the compiler; line and column count from 1. */
interface Diagnostic {
  /** A file other than the cell, with a space behind it; else empty. */
  file: string;
  line: number;
  column: number;
  text: string;
}

const INTERRUPTED: CellError = {
  ename: "Interrupted",
  evalue: "the cell was interrupted",
  traceback: ["Interrupted"],
};
/** How tslab prints a complaint of the compiler; anything else it prints as an error was thrown. */
const DIAGNOSTIC_FORMAT = "%s%d:%d - %s";
/** Time for requests already on their way to arrive, so that those behind a failed cell are aborted. */
const ABORT_WINDOW_MS = 50;

/** What a finished cell may have left to do, as Node calls it; connections that stay open are no such thing. */
const UNFINISHED = /^(Timeout|Immediate|FSReq|GetAddrInfoReq|.*RequestWrap$)/;
const DRAIN_STEP_MS = 5;
const EXIT_GRACE_MS = 1000;

const { setImmediate: soon, setTimeout: later } = globalThis;
const now = performance.now.bind(performance);

const connectionFile = process.argv.find((argument) => argument.startsWith("--config-path="))?.slice(14);
/** What the kernel itself has to say goes to its starter, not into a cell. */
const complain = process.stderr.write.bind(process.stderr);
if (!connectionFile) {
  complain("launcher: --config-path=FILE is needed (Jupyter gives it)\n");
  process.exit(2);
}
const isJS = process.argv.includes("--js");
const connection = JSON.parse(readFileSync(connectionFile, "utf8")) as ConnectionInfo;
const formatters: Formatter[] = [];

/** Where replies go. */
interface Channel {
  send(frames: Frames): Promise<void>;
}

const shell = new Router();
const stdin = new Router();

const session = crypto.randomUUID();
const state = new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT));
let executionCount = 0;
let executions = 0;
let running: string | undefined;
let cell: Message | undefined;
let failure: CellError | undefined;
let stopCell = (): void => {};
const lateFailures: CellError[] = [];
const queue: Message[] = [];
const channels = startChannels();
const control: Channel = { send: async (frames) => tell({ reply: frames }) };

watchSourcesOnly();
const executor = startExecutor();

// --- running cells ---------------------------------------------------------------------------------

async function execute(request: Message): Promise<void> {
  const { code, silent, stop_on_error } = request.content as {
    code: string;
    silent?: boolean;
    stop_on_error?: boolean;
  };
  const { cellId, drainSeconds } = request.metadata as { cellId?: string; drainSeconds?: number };
  // A silent request belongs to no cell: what still comes is the last one's.
  if (!silent) {
    cell = request;
    tell({ cell: request.header });
    executionCount++;
    publish("execute_input", { code, execution_count: executionCount });
  }
  if (drainSeconds) await drain(drainSeconds);
  const name = cellId ?? `[${executionCount}]`;
  running = name;
  failure = lateFailures.shift();
  let result: unknown;
  if (!failure && code !== "") {
    result = await executor.run(code, name);
    await settle();
    failure ??= lateFailures.shift();
    if (!failure && result !== undefined && !silent) showResult(result);
  }
  running = undefined;
  if (failure) {
    const { place, isLate, ...error } = failure;
    failure = undefined;
    if (!silent) publish("error", { ...error });
    reply(request, shell, "execute_reply", {
      status: "error",
      execution_count: executionCount,
      ...error,
      ...(place && { place: { cell: place.cell, line: place.line } }),
      ...(isLate && { isLate }),
    });
    if (stop_on_error !== false) await abortQueued();
    return;
  }
  reply(request, shell, "execute_reply", {
    status: "ok",
    execution_count: executionCount,
    payload: [],
    user_expressions: {},
  });
}

/** The value of the last expression, which may throw while it is looked at. */
function showResult(value: unknown): void {
  try {
    publish("execute_result", { ...bundleOf(value), execution_count: executionCount });
  } catch (error) {
    failure = describeThrown(error);
  }
}

/** Lets rejections that nobody handled surface before the cell is called finished. */
function settle(): Promise<void> {
  return new Promise((resolve) => soon(resolve));
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => later(resolve, ms));
}

/** Waits until what the cells have set going is done, has failed, or takes too long. */
async function drain(seconds: number): Promise<void> {
  Atomics.store(state, Slot.Execution, ++executions);
  Atomics.store(state, Slot.Phase, Phase.Awaiting);
  await settle();
  const deadline = now() + seconds * 1000;
  const isBusy = (): boolean => process.getActiveResourcesInfo().some((kind) => UNFINISHED.test(kind));
  while (isBusy() && lateFailures.length === 0 && now() < deadline) await sleep(DRAIN_STEP_MS);
  await settle();
  Atomics.store(state, Slot.Phase, Phase.Own);
}

async function abortQueued(): Promise<void> {
  await sleep(ABORT_WINDOW_MS);
  for (const request of queue.splice(0)) {
    if (request.header.msg_type === "execute_request") {
      publish("status", { execution_state: "busy" }, request);
      reply(request, shell, "execute_reply", { status: "aborted" });
      publish("status", { execution_state: "idle" }, request);
    } else {
      await handle(request, shell);
    }
  }
}

/** Something failed that no cell waits for: the cell that runs now fails with it, else the next. */
function failLate(thrown: unknown): void {
  const described = describeThrown(thrown);
  const origin = described.place?.cell;
  if (origin !== undefined && origin !== running) {
    described.isLate = true;
    described.traceback.unshift(`thrown late by cell ${origin}, which had ended`);
  }
  if (running === undefined) {
    lateFailures.push(described);
  } else if (failure === undefined) {
    failure = described;
    stopCell();
  } else {
    process.stderr.write(`${described.traceback.join("\n")}\n`);
  }
}

/** tslab would watch some hundred declaration files; what may change under a kernel are the sources beside a notebook. */
function watchSourcesOnly(): void {
  const { sys } = loadTypeScript();
  const { watchFile, watchDirectory } = sys;
  const unwatched: FileWatcher = { close: () => {} };
  sys.watchFile = (path, ...rest) =>
    path.endsWith(".d.ts") || path.includes("/node_modules/") ? unwatched : watchFile!(path, ...rest);
  sys.watchDirectory = (path, ...rest) =>
    path.includes("/node_modules") ? unwatched : watchDirectory!(path, ...rest);
}

/** tslab's executor with what it prints about results and errors turned into values. */
function startExecutor(): {
  /** The value of the cell's last expression; `failure` tells whether it went wrong. */
  run(code: string, name: string): Promise<unknown>;
  inner: Executor;
} {
  const converter: Converter = createConverter({ isJS, isBrowser: false });
  const diagnostics: Diagnostic[] = [];
  const thrown: unknown[] = [];
  let result: unknown;
  const inner = createExecutor(
    process.cwd(),
    { node: converter, browser: converter, close: () => converter.close() },
    {
      log: (value: unknown) => {
        result = value;
      },
      error: (...values: unknown[]) => {
        const [format, file, line, column, text] = values as [unknown, string, number, number, string];
        if (format === DIAGNOSTIC_FORMAT) diagnostics.push({ file, line, column, text });
        else thrown.push(format);
      },
    },
  );
  const enter = (phase: number) => (): void => void Atomics.store(state, Slot.Phase, phase);
  return {
    inner,
    async run(code, name) {
      diagnostics.length = 0;
      thrown.length = 0;
      result = undefined;
      const expanded = expandCell(code);
      const script = { name, source: code, expanded };
      announceCell({ ...script, onEnter: enter(Phase.Cell), onLeave: enter(Phase.Awaiting) });
      Atomics.store(state, Slot.Execution, ++executions);
      const stopped = new Promise<"stopped">((resolve) => {
        stopCell = () => resolve("stopped");
      });
      const finished = await Promise.race([inner.execute(expanded.code), stopped]);
      stopCell = () => {};
      Atomics.store(state, Slot.Phase, Phase.Own);
      if (finished === "stopped") failure ??= INTERRUPTED;
      else if (thrown.length > 0) failure ??= describeThrown(thrown[0]);
      else if (!finished && diagnostics.length > 0)
        failure ??= describeDiagnostics(diagnostics, code, expanded);
      else if (!finished)
        failure ??= { ename: "Error", evalue: "the cell failed without a message", traceback: [] };
      else for (const { text } of diagnostics) process.stderr.write(`${text}\n`);
      return finished === true ? result : undefined;
    },
  };
}

function describeDiagnostics(diagnostics: Diagnostic[], code: string, expanded: ExpandedCode): CellError {
  const lines = code.split("\n");
  const messages = diagnostics.map(({ file, line, column, text }) => {
    if (file) return [`${file}${line}:${column} - ${text}`];
    const at = expanded.originalColumn(line, column);
    return [`${line}:${at} - ${text}`, `  ${lines[line - 1] ?? ""}`, `  ${" ".repeat(at - 1)}^`];
  });
  return { ename: "TypeScript", evalue: messages[0]![0]!, traceback: messages.flat() };
}

/** What was thrown may be anything, and may itself throw when it is looked at. */
function describeThrown(value: unknown): CellError {
  try {
    return value instanceof Error ? describeError(value) : describeValue(value);
  } catch {
    const text = "something that cannot be shown";
    return { ename: "Thrown", evalue: text, traceback: [text] };
  }
}

function describeValue(value: unknown): CellError {
  const text = inspect(value);
  return { ename: "Thrown", evalue: text, traceback: [text] };
}

function describeError(error: Error): CellError {
  if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") return INTERRUPTED;
  const place = placeOf(error);
  const shown = place
    ? [`cell ${place.cell}, line ${place.line}`, `  ${place.text}`, `  ${" ".repeat(place.column - 1)}^`]
    : [];
  return {
    ename: String(error.name),
    evalue: String(error.message),
    traceback: [...shown, ...inspect(error).split("\n")],
    ...(place && { place }),
  };
}

// --- output ----------------------------------------------------------------------------------------

function captureStream(name: "stdout" | "stderr"): void {
  const decoder = new TextDecoder();
  process[name].write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    tell({ stream: name, text });
    const callback = typeof encoding === "function" ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
}

function display(bundle: MimeBundle, update = false): void {
  publish(update ? "update_display_data" : "display_data", {
    data: bundle.data,
    metadata: bundle.metadata ?? {},
    transient: bundle.transient ?? {},
  });
}

function bundleOf(value: unknown): MimeBundle {
  const formatter = formatters.find((candidate) => candidate.matches(value));
  const bundle = formatter?.bundle(value) ?? { data: { "text/plain": inspect(value) } };
  return { data: bundle.data, metadata: bundle.metadata ?? {} };
}

/** Tells all clients something that `cause` brought about; output belongs to the cell that ran last. */
function publish(type: string, content: Record<string, unknown>, cause = cell): void {
  const message = createMessage(type, content, session, cause);
  message.identities = [Buffer.from(`kernel.${type}`)];
  tell({ publish: encodeMessage(message, connection.key) });
}

function tell(message: ToChannels): void {
  channels.postMessage(message);
}

function reply(request: Message, channel: Channel, type: string, content: Record<string, unknown>): void {
  send(channel, createMessage(type, content, session, request));
}

function send(channel: Channel, message: Message): void {
  channel.send(encodeMessage(message, connection.key)).catch((error: unknown) => {
    process.exitCode = 1;
    complain(`launcher: a ${message.header.msg_type} was not sent: ${error}\n`);
  });
}

// --- requests --------------------------------------------------------------------------------------

async function listenShell(): Promise<void> {
  let isBusy = false;
  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    try {
      for (let request = queue.shift(); request; request = queue.shift()) await handle(request, shell);
    } finally {
      isBusy = false;
    }
  };
  for await (const frames of shell) {
    queue.push(decodeMessage(frames, connection.key));
    void work();
  }
}

/** All other channels have a thread of their own, so that no cell can keep them from being heard. */
function startChannels(): Worker {
  const data: ChannelData = {
    connection,
    connectionFile: connectionFile!,
    session,
    state: state.buffer as SharedArrayBuffer,
  };
  const thread = new Worker(new URL("./launcher-channels.js", import.meta.url), { workerData: data });
  thread.on("message", (message: FromChannels) => {
    if ("request" in message) void handle(decodeMessage(message.request, connection.key), control);
    else interrupt(message.interrupt);
  });
  thread.on("error", (error) => {
    complain(`launcher: ${error.stack}\n`);
    process.exit(1);
  });
  process.on("exit", () => {
    tell({ close: true });
    Atomics.wait(state, Slot.Closed, 0, EXIT_GRACE_MS);
  });
  return thread;
}

/** @param execution - the one that was running when somebody asked for it. */
function interrupt(execution: number): void {
  Atomics.store(state, Slot.Heard, execution);
  if (execution !== executions) return;
  // Threads that a cell waits for would go on without it.
  stopTasks(new Error(INTERRUPTED.evalue));
  stopCell();
}

async function handle(request: Message, channel: Channel): Promise<void> {
  publish("status", { execution_state: "busy" }, request);
  try {
    await answer(request, channel);
  } catch (error) {
    // A client that gets no reply waits for ever.
    const { ename, evalue, traceback } = describeThrown(error);
    const type = request.header.msg_type.replace("_request", "_reply");
    complain(`launcher: ${request.header.msg_type} failed: ${traceback.join("\n")}\n`);
    reply(request, channel, type, { status: "error", ename, evalue, traceback });
  } finally {
    publish("status", { execution_state: "idle" }, request);
  }
}

async function answer(request: Message, channel: Channel): Promise<void> {
  const { code = "", cursor_pos = 0 } = request.content as { code?: string; cursor_pos?: number };
  switch (request.header.msg_type) {
    case "kernel_info_request":
      return reply(request, channel, "kernel_info_reply", kernelInfo());
    case "execute_request":
      return execute(request);
    case "complete_request": {
      const { start, end, candidates } = executor.inner.complete(code, cursor_pos);
      return reply(request, channel, "complete_reply", {
        status: "ok",
        matches: candidates,
        cursor_start: start,
        cursor_end: end,
        metadata: {},
      });
    }
    case "inspect_request":
      return reply(request, channel, "inspect_reply", describeSymbol(code, cursor_pos));
    case "is_complete_request":
      return reply(request, channel, "is_complete_reply", describeCompleteness(code));
    case "comm_info_request":
      return reply(request, channel, "comm_info_reply", { status: "ok", comms: {} });
    case "history_request":
      return reply(request, channel, "history_reply", { status: "ok", history: [] });
    case "shutdown_request":
      reply(request, channel, "shutdown_reply", {
        status: "ok",
        restart: request.content["restart"] === true,
      });
      later(() => process.exit(0), 20);
      return;
    default:
      complain(`launcher: ${request.header.msg_type} is not supported\n`);
  }
}

function describeCompleteness(code: string): Record<string, unknown> {
  const { completed, indent } = isCompleteCode(code);
  return completed ? { status: "complete" } : { status: "incomplete", indent: indent ?? "" };
}

function describeSymbol(code: string, position: number): Record<string, unknown> {
  const info = executor.inner.inspect(code, position);
  const parts = [info?.displayParts, info?.documentation]
    .map((texts) => texts?.map((part) => part.text).join("") ?? "")
    .filter((text) => text !== "");
  return {
    status: "ok",
    found: parts.length > 0,
    data: parts.length > 0 ? { "text/plain": parts.join("\n\n") } : {},
    metadata: {},
  };
}

function kernelInfo(): Record<string, unknown> {
  const load = createRequire(import.meta.url);
  const { version } = load("tslab/package.json") as { version: string };
  const typescript = load("@tslab/typescript-for-tslab/package.json") as { version: string };
  return {
    status: "ok",
    protocol_version: "5.3",
    implementation: "tslab",
    implementation_version: version,
    banner: `TypeScript ${typescript.version} on Node ${process.version} (tslab ${version})`,
    language_info: isJS
      ? {
          name: "javascript",
          version: process.versions.node,
          mimetype: "text/javascript",
          file_extension: ".js",
          codemirror_mode: { name: "javascript" },
        }
      : {
          name: "typescript",
          version: typescript.version,
          mimetype: "text/typescript",
          file_extension: ".ts",
          codemirror_mode: { name: "javascript", typescript: true, mode: "typescript" },
        },
    help_links: [],
  };
}

// --- the process -----------------------------------------------------------------------------------

captureStream("stdout");
captureStream("stderr");
Object.assign(globalThis, {
  [Symbol.for("jupyter.display")]: display,
  [Symbol.for("jupyter.formatters")]: formatters,
});
Object.assign(tslabJupyter, { lastWriteDisplayData: display });

process.on("SIGINT", () => stopCell());
process.on("uncaughtException", failLate);
process.on("unhandledRejection", failLate);

await Promise.all([
  shell.bind(socketAddress(connection, connection.shell_port)),
  stdin.bind(socketAddress(connection, connection.stdin_port)),
]);
void listenShell();
