/**
 * The part of a kernel that goes on whatever its cells are doing: a thread of its own with all channels but the one
 * that brings cells. It sends what they put out, stops one that computes without end, answers the heartbeat, and
 * ends a kernel whose starter is gone.
 */
import { rmSync, writeSync } from "node:fs";
import { Session } from "node:inspector";
import { basename, dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Publisher, Reply, Router } from "zeromq";
import {
  type ChannelData,
  type Frames,
  type FromChannels,
  Phase,
  Slot,
  type ToChannels,
} from "./launcher-state.js";
import {
  createMessage,
  decodeMessage,
  encodeMessage,
  type Message,
  type MessageHeader,
  socketAddress,
} from "./messages.js";
import { StreamBatch } from "./stream-batch.js";

const PARENT_WATCH_MS = 250;
const RETRY_MS = 50;
/** The folder of a kernel that our runner started; the runner removes it unless it was killed. */
const RUNNER_FOLDER = /^insiders-kernel-/;

const { connection, connectionFile, session, state: buffer } = workerData as ChannelData;
const state = new Int32Array(buffer);
const port = parentPort!;
const control = new Router();
const heartbeat = new Reply();
/** It queues without limit: nothing is lost, however much is printed in one turn. */
const iopub = new Publisher({ sendHighWaterMark: 0, sendTimeout: 0 });
const printed = new StreamBatch((name, text) => {
  const cause = cell && { identities: [], header: cell };
  const message = createMessage("stream", { name, text }, session, cause);
  message.identities = [Buffer.from("kernel.stream")];
  publish(encodeMessage(message, connection.key));
});
/** The cell that what is printed belongs to. */
let cell: MessageHeader | undefined;

async function listen(): Promise<void> {
  for await (const frames of control) {
    const message = decodeMessage(frames, connection.key);
    if (message.header.msg_type === "interrupt_request") {
      void interrupt();
      reply(message, "interrupt_reply", { status: "ok" });
    } else {
      port.postMessage({ request: frames } satisfies FromChannels);
    }
  }
}

/** Tells the main thread; where it does not hear, because a cell keeps it busy, stops what it computes. */
async function interrupt(): Promise<void> {
  const execution = Atomics.load(state, Slot.Execution);
  port.postMessage({ interrupt: execution } satisfies FromChannels);
  for (;;) {
    await sleep(RETRY_MS);
    const isOver = Atomics.load(state, Slot.Execution) !== execution;
    if (isOver || Atomics.load(state, Slot.Heard) === execution) return;
    const phase = Atomics.load(state, Slot.Phase);
    if (phase === Phase.Cell) process.kill(process.pid, "SIGINT");
    else if (phase === Phase.Awaiting) terminateExecution();
  }
}

function terminateExecution(): void {
  const inspector = new Session();
  inspector.connectToMainThread();
  inspector.post("Runtime.terminateExecution", () => inspector.disconnect());
}

function reply(request: Message, type: string, content: Record<string, unknown>): void {
  void control.send(encodeMessage(createMessage(type, content, session, request), connection.key));
}

/** A kernel whose starter is gone serves nobody: it ends with all it started. */
function exitWithParent(): void {
  const starter = process.ppid;
  setInterval(() => {
    if (process.ppid === starter) return;
    const folder = dirname(connectionFile);
    if (RUNNER_FOLDER.test(basename(folder))) rmSync(folder, { recursive: true, force: true });
    try {
      process.kill(-process.pid, "SIGKILL");
    } catch {
      process.kill(process.pid, "SIGKILL");
    }
  }, PARENT_WATCH_MS);
}

async function echoHeartbeats(): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

function take(message: ToChannels): void {
  const now = performance.now();
  if ("stream" in message) printed.add(message.stream, message.text, now);
  else printed.flush(now);
  if ("cell" in message) cell = message.cell;
  if ("publish" in message) publish(message.publish);
  if ("reply" in message) void control.send(message.reply);
  if ("close" in message) close();
}

function publish(frames: Frames): void {
  // What a thread writes to process.stderr passes through the main thread and would look like a cell's.
  iopub.send(frames).catch((error: unknown) => writeSync(2, `launcher: not sent: ${error}\n`));
}

function close(): void {
  for (const socket of [control, heartbeat, iopub]) socket.close();
  Atomics.store(state, Slot.Closed, 1);
  Atomics.notify(state, Slot.Closed);
}

exitWithParent();
await Promise.all([
  iopub.bind(socketAddress(connection, connection.iopub_port)),
  control.bind(socketAddress(connection, connection.control_port)),
  heartbeat.bind(socketAddress(connection, connection.hb_port)),
]);
port.on("message", take);
void listen();
void echoHeartbeats();
