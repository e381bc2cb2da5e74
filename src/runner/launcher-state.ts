import type { ConnectionInfo, MessageHeader } from "./messages.js";

/** What the two threads of a kernel share and say to each other. */

/** What the channel thread is started with. */
export interface ChannelData {
  connection: ConnectionInfo;
  connectionFile: string;
  session: string;
  /** A place a `Slot`. */
  state: SharedArrayBuffer;
}

/** Places in the shared state. */
export const Slot = {
  /** What the main thread is doing: one of `Phase`. */
  Phase: 0,
  /** Number of the execution that runs, or ran last. */
  Execution: 1,
  /** Number of the last execution that the main thread has heard to be interrupted. */
  Heard: 2,
  /** 1 once the channel thread has closed its sockets, without which the process cannot exit in peace. */
  Closed: 3,
} as const;

/** What the main thread is doing. */
export const Phase = {
  /** Nothing, or something of its own that must not be stopped. */
  Own: 0,
  /** The synchronous part of a cell, which a signal stops. */
  Cell: 1,
  /** It waits for a cell, or computes what a cell does after it has waited. */
  Awaiting: 2,
} as const;

/** To the main thread: the frames of a request on the control channel, or the execution to interrupt. */
export type FromChannels = { request: Uint8Array[] } | { interrupt: number };

/** To the channel thread: frames for a channel, the cell that begins, what it prints, or that the end has come. */
export type ToChannels =
  | { reply: Frames }
  | { publish: Frames }
  | { cell: MessageHeader }
  | { stream: "stdout" | "stderr"; text: string }
  | { close: true };

export type Frames = (Uint8Array | string)[];
