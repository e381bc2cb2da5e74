/**
 * The kernel process that JupyterLab and our runner start: tslab's compiler and executor behind a server
 * of our own. tslab's server loses output beyond 512 messages a turn and reports neither errors nor late
 * throws; this one sends every message of the Jupyter protocol and tells how a cell ended.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import { createConverter } from "tslab/dist/converter.js";
import { createExecutor, type Executor } from "tslab/dist/executor.js";
import tslabJupyter from "tslab/dist/jupyter.js";
import { Publisher, Reply, Router } from "zeromq";
import {
  type ConnectionInfo,
  createMessage,
  decodeMessage,
  encodeMessage,
  type Message,
  socketAddress,
} from "./messages.js";
import { type ExpandedCode, expandShorthand } from "./shorthand.js";

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

/** How a cell failed, in the words of the protocol. */
interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** A complaint of the compiler; line and column count from 1. */
interface Diagnostic {
  /** A file other than the cell, with a space behind it; else empty. */
  file: string;
  line: number;
  column: number;
  text: string;
}

/** How tslab prints a complaint of the compiler; anything else it prints as an error was thrown. */
const DIAGNOSTIC_FORMAT = "%s%d:%d - %s";
/** Time for requests already on their way to arrive, so that those behind a failed cell are aborted. */
const ABORT_WINDOW_MS = 50;
/** Output is sent in chunks of at most this many characters or this age. */
const STREAM_CHUNK = 16_384;
const STREAM_AGE_MS = 50;

const connectionFile = process.argv.find((argument) => argument.startsWith("--config-path="))?.slice(14);
if (!connectionFile) {
  process.stderr.write("launcher: --config-path=FILE is needed (Jupyter gives it)\n");
  process.exit(2);
}
const connection = JSON.parse(readFileSync(connectionFile, "utf8")) as ConnectionInfo;
const formatters: Formatter[] = [];

const iopub = new Publisher({ sendHighWaterMark: 0, sendTimeout: 0 });
const shell = new Router();
const control = new Router();
const stdin = new Router();
const heartbeat = new Reply();

const session = crypto.randomUUID();
let executionCount = 0;
let running = false;
let cell: Message | undefined;
let failure: CellError | undefined;
const lateFailures: CellError[] = [];
const queue: Message[] = [];
/** Text of one stream that waits to be sent, and since when. */
const streams = { name: "stdout", text: "", since: 0 };
let flushTimer: NodeJS.Timeout | undefined;

const executor = startExecutor();

// --- running cells ---------------------------------------------------------------------------------

async function execute(request: Message): Promise<void> {
  const { code, silent, stop_on_error } = request.content as {
    code: string;
    silent?: boolean;
    stop_on_error?: boolean;
  };
  cell = request;
  if (!silent) {
    executionCount++;
    publish("execute_input", { code, execution_count: executionCount });
  }
  running = true;
  failure = lateFailures.shift();
  let result: unknown;
  if (!failure) {
    executor.onResult = (value) => {
      result = value;
    };
    const finished = await executor.run(code);
    await settle();
    failure ??= lateFailures.shift();
    if (!finished) failure ??= { ename: "Error", evalue: "the cell failed without a message", traceback: [] };
  }
  running = false;
  flushStreams();
  if (failure) {
    publish("error", { ...failure });
    reply(request, shell, "execute_reply", {
      status: "error",
      execution_count: executionCount,
      ...failure,
    });
    failure = undefined;
    if (stop_on_error !== false) await abortQueued();
    return;
  }
  if (result !== undefined && !silent)
    publish("execute_result", { ...bundleOf(result), execution_count: executionCount });
  reply(request, shell, "execute_reply", {
    status: "ok",
    execution_count: executionCount,
    payload: [],
    user_expressions: {},
  });
}

/** Lets rejections that nobody handled surface before the cell is called finished. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function abortQueued(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ABORT_WINDOW_MS));
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

function fail(error: CellError): void {
  if (running) failure ??= error;
  else lateFailures.push(error);
}

/** tslab's executor with what it prints about results and errors turned into values. */
function startExecutor(): {
  run(code: string): Promise<boolean>;
  inner: Executor;
  onResult: (value: unknown) => void;
} {
  const converter = createConverter({ isJS: false, isBrowser: false });
  const diagnostics: Diagnostic[] = [];
  const thrown: unknown[] = [];
  const inner = createExecutor(
    process.cwd(),
    { node: converter, browser: converter, close: () => converter.close() },
    {
      log: (value: unknown) => self.onResult(value),
      error: (...values: unknown[]) => {
        const [format, file, line, column, text] = values as [unknown, string, number, number, string];
        if (format === DIAGNOSTIC_FORMAT) diagnostics.push({ file, line, column, text });
        else thrown.push(format);
      },
    },
  );
  const self = {
    inner,
    onResult: (_: unknown): void => {},
    async run(code: string): Promise<boolean> {
      diagnostics.length = 0;
      thrown.length = 0;
      const expanded = expandShorthand(code);
      const finished = await inner.execute(expanded.code);
      if (thrown.length > 0) fail(describeThrown(thrown[0]));
      else if (!finished && diagnostics.length > 0) fail(describeDiagnostics(diagnostics, code, expanded));
      else for (const { text } of diagnostics) process.stderr.write(`${text}\n`);
      return finished;
    },
  };
  return self;
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

function describeThrown(value: unknown): CellError {
  if (!(value instanceof Error)) {
    const text = inspect(value);
    return { ename: "Thrown", evalue: text, traceback: [text] };
  }
  if ((value as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" || isInterrupt(value))
    return { ename: "Interrupted", evalue: "the cell was interrupted", traceback: ["Interrupted"] };
  const traceback = inspect(value)
    .split("\n")
    .filter((line) => !/node_modules\/tslab|node:internal|node:vm|runner\/launcher/.test(line));
  return { ename: value.name, evalue: value.message, traceback };
}

function isInterrupt(error: Error): boolean {
  return error.message === "Interrupted asynchronously";
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
    if (streams.name !== name) flushStreams();
    if (streams.text === "") streams.since = Date.now();
    streams.name = name;
    streams.text += text;
    if (streams.text.length >= STREAM_CHUNK || Date.now() - streams.since >= STREAM_AGE_MS) flushStreams();
    else flushTimer ??= setTimeout(flushStreams, STREAM_AGE_MS);
    const callback = typeof encoding === "function" ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
}

function flushStreams(): void {
  clearTimeout(flushTimer);
  flushTimer = undefined;
  if (streams.text === "") return;
  const { name, text } = streams;
  streams.text = "";
  publish("stream", { name, text });
}

function display(bundle: MimeBundle, update = false): void {
  flushStreams();
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
  send(iopub, message);
}

function reply(request: Message, socket: Router, type: string, content: Record<string, unknown>): void {
  send(socket, createMessage(type, content, session, request));
}

function send(socket: Publisher | Router, message: Message): void {
  socket.send(encodeMessage(message, connection.key)).catch((error: unknown) => {
    process.exitCode = 1;
    process.stderr.write(`launcher: a ${message.header.msg_type} was not sent: ${error}\n`);
  });
}

// --- requests --------------------------------------------------------------------------------------

async function listenShell(): Promise<void> {
  let isBusy = false;
  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let request = queue.shift(); request; request = queue.shift()) await handle(request, shell);
    isBusy = false;
  };
  for await (const frames of shell) {
    queue.push(decodeMessage(frames, connection.key));
    void work();
  }
}

async function listenControl(): Promise<void> {
  for await (const frames of control) await handle(decodeMessage(frames, connection.key), control);
}

async function handle(request: Message, socket: Router): Promise<void> {
  publish("status", { execution_state: "busy" }, request);
  try {
    await answer(request, socket);
  } finally {
    publish("status", { execution_state: "idle" }, request);
  }
}

async function answer(request: Message, socket: Router): Promise<void> {
  const { code = "", cursor_pos = 0 } = request.content as { code?: string; cursor_pos?: number };
  switch (request.header.msg_type) {
    case "kernel_info_request":
      return reply(request, socket, "kernel_info_reply", kernelInfo());
    case "execute_request":
      return execute(request);
    case "complete_request": {
      const { start, end, candidates } = executor.inner.complete(code, cursor_pos);
      return reply(request, socket, "complete_reply", {
        status: "ok",
        matches: candidates,
        cursor_start: start,
        cursor_end: end,
        metadata: {},
      });
    }
    case "inspect_request":
      return reply(request, socket, "inspect_reply", describeSymbol(code, cursor_pos));
    case "is_complete_request":
      return reply(request, socket, "is_complete_reply", { status: "unknown" });
    case "comm_info_request":
      return reply(request, socket, "comm_info_reply", { status: "ok", comms: {} });
    case "history_request":
      return reply(request, socket, "history_reply", { status: "ok", history: [] });
    case "interrupt_request":
      executor.inner.interrupt();
      return reply(request, socket, "interrupt_reply", { status: "ok" });
    case "shutdown_request":
      reply(request, socket, "shutdown_reply", {
        status: "ok",
        restart: request.content["restart"] === true,
      });
      setTimeout(() => process.exit(0), 20);
      return;
    default:
      process.stderr.write(`launcher: ${request.header.msg_type} is not supported\n`);
  }
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
    language_info: {
      name: "typescript",
      version: typescript.version,
      mimetype: "text/typescript",
      file_extension: ".ts",
      codemirror_mode: { name: "javascript", typescript: true, mode: "typescript" },
    },
    help_links: [],
  };
}

async function echoHeartbeats(): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

// --- the process -----------------------------------------------------------------------------------

/** A kernel whose starter is gone serves nobody. */
function exitWithParent(): void {
  const starter = process.ppid;
  setInterval(() => {
    if (process.ppid !== starter) process.exit(1);
  }, 1000).unref();
}

captureStream("stdout");
captureStream("stderr");
Object.assign(globalThis, {
  [Symbol.for("jupyter.display")]: display,
  [Symbol.for("jupyter.formatters")]: formatters,
});
Object.assign(tslabJupyter, { lastWriteDisplayData: display });

process.on("SIGINT", () => executor.inner.interrupt());
process.on("uncaughtException", (error) => fail(describeThrown(error)));
process.on("unhandledRejection", (reason) => fail(describeThrown(reason)));

await Promise.all([
  iopub.bind(socketAddress(connection, connection.iopub_port)),
  shell.bind(socketAddress(connection, connection.shell_port)),
  control.bind(socketAddress(connection, connection.control_port)),
  stdin.bind(socketAddress(connection, connection.stdin_port)),
  heartbeat.bind(socketAddress(connection, connection.hb_port)),
]);
exitWithParent();
void echoHeartbeats();
void listenControl();
void listenShell();
