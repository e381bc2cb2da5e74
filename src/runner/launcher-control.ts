/**
 * The part of a kernel that answers whatever its cells are doing: a thread of its own with the control channel and
 * the heartbeat. It stops a cell that computes without end, and ends a kernel whose starter is gone.
 */
import { rmSync } from "node:fs";
import { Session } from "node:inspector";
import { basename, dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { Reply, Router } from "zeromq";
import { type ControlData, type FromControl, Phase, Slot, type ToControl } from "./launcher-state.js";
import { createMessage, decodeMessage, encodeMessage, type Message, socketAddress } from "./messages.js";

const PARENT_WATCH_MS = 250;
const RETRY_MS = 50;
/** The folder of a kernel that our runner started; the runner removes it unless it was killed. */
const RUNNER_FOLDER = /^insiders-kernel-/;

const { connection, connectionFile, session, state: buffer } = workerData as ControlData;
const state = new Int32Array(buffer);
const port = parentPort!;
const control = new Router();
const heartbeat = new Reply();

async function listen(): Promise<void> {
  for await (const frames of control) {
    const message = decodeMessage(frames, connection.key);
    if (message.header.msg_type === "interrupt_request") {
      void interrupt();
      reply(message, "interrupt_reply", { status: "ok" });
    } else {
      port.postMessage({ request: frames } satisfies FromControl);
    }
  }
}

/** Tells the main thread; where it does not hear, because a cell keeps it busy, stops what it computes. */
async function interrupt(): Promise<void> {
  const execution = Atomics.load(state, Slot.Execution);
  port.postMessage({ interrupt: execution } satisfies FromControl);
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

function close(): void {
  control.close();
  heartbeat.close();
  Atomics.store(state, Slot.Closed, 1);
  Atomics.notify(state, Slot.Closed);
}

exitWithParent();
await Promise.all([
  control.bind(socketAddress(connection, connection.control_port)),
  heartbeat.bind(socketAddress(connection, connection.hb_port)),
]);
port.on("message", (message: ToControl) => {
  if ("send" in message) void control.send(message.send);
  else close();
});
void listen();
void echoHeartbeats();
