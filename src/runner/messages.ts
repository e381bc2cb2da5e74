import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** Header of a Jupyter message. */
export interface MessageHeader {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** A Jupyter message without its signature. */
export interface Message {
  /** Routing prefixes of a ROUTER socket; empty for a client. */
  identities: Uint8Array[];
  header: MessageHeader;
  parentHeader: Partial<MessageHeader>;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
}

/** Where a kernel listens, as in a Jupyter connection file. */
export interface ConnectionInfo {
  transport: string;
  ip: string;
  key: string;
  signature_scheme: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  kernel_name?: string;
}

const PROTOCOL_VERSION = "5.3";
const DELIMITER = Buffer.from("<IDS|MSG>");

/** A new message; a reply when `parent` is given: same session, routed back to where it came from. */
export function createMessage(
  type: string,
  content: Record<string, unknown>,
  session: string,
  parent?: Pick<Message, "identities" | "header">,
): Message {
  return {
    identities: parent?.identities ?? [],
    header: {
      msg_id: randomUUID(),
      msg_type: type,
      session,
      username: "insiders",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    },
    parentHeader: parent?.header ?? {},
    metadata: {},
    content,
  };
}

/** Frames of a message as they go over the wire, signed with `key` (HMAC SHA-256). */
export function encodeMessage(message: Message, key: string): (Uint8Array | string)[] {
  const parts = [message.header, message.parentHeader, message.metadata, message.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  return [...message.identities, DELIMITER, sign(parts, key), ...parts];
}

/** The message in `frames`. @throws Error when the frames are no message or the signature does not fit `key`. */
export function decodeMessage(frames: Uint8Array[], key: string): Message {
  const at = frames.findIndex((frame) => DELIMITER.equals(frame));
  if (at < 0 || frames.length < at + 6) throw new Error("not a Jupyter message: delimiter or parts missing");
  const parts = frames.slice(at + 2, at + 6);
  const expected = Buffer.from(sign(parts, key));
  const signature = Buffer.from(frames[at + 1]!);
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
    throw new Error("a Jupyter message with a wrong signature was refused");
  const [header, parentHeader, metadata, content] = parts.map((part) =>
    JSON.parse(Buffer.from(part).toString()),
  );
  return { identities: frames.slice(0, at), header, parentHeader, metadata, content };
}

/** Address of one of a kernel's sockets; ports of the `ipc` transport are suffixes of a file name. */
export function socketAddress(connection: ConnectionInfo, port: number): string {
  const separator = connection.transport === "ipc" ? "-" : ":";
  return `${connection.transport}://${connection.ip}${separator}${port}`;
}

function sign(parts: Uint8Array[], key: string): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
