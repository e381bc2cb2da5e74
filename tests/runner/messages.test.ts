import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { createMessage, decodeMessage, encodeMessage, socketAddress } from "#src/runner/messages.js";

const frames = (message: ReturnType<typeof createMessage>, key: string): Uint8Array[] =>
  encodeMessage(message, key).map((frame) => Buffer.from(frame));

describe("messages", () => {
  it("come back from the wire as they were sent", () => {
    const request = createMessage("execute_request", { code: 'const s = "ü€😀";' }, "session");
    const reply = createMessage("execute_reply", { status: "ok" }, "session", {
      ...request,
      identities: [Buffer.from("client")],
    });
    const decoded = decodeMessage(frames(reply, "key"), "key");
    assert.deepEqual(decoded.content, { status: "ok" });
    assert.deepEqual(decoded.parentHeader, request.header);
    assert.equal(Buffer.from(decoded.identities[0]!).toString(), "client");
  });

  it("are signed with HMAC SHA-256 over header, parent, metadata and content", () => {
    const encoded = frames(createMessage("status", { execution_state: "idle" }, "session"), "secret");
    const hmac = createHmac("sha256", "secret");
    for (const part of encoded.slice(2)) hmac.update(part);
    assert.equal(encoded[0]!.toString(), "<IDS|MSG>");
    assert.equal(encoded[1]!.toString(), hmac.digest("hex"));
  });

  it("are refused when the signature is of another key or a part was changed", () => {
    const encoded = frames(createMessage("status", {}, "session"), "secret");
    assert.throws(() => decodeMessage(encoded, "other"), /wrong signature/);
    encoded[5] = Buffer.from('{"code":"evil"}');
    assert.throws(() => decodeMessage(encoded, "secret"), /wrong signature/);
  });

  it("need a delimiter and four parts", () => {
    assert.throws(() => decodeMessage([Buffer.from("x")], ""), /not a Jupyter message/);
    assert.throws(
      () => decodeMessage([Buffer.from("<IDS|MSG>"), Buffer.from("")], ""),
      /not a Jupyter message/,
    );
  });

  it("go to addresses of both transports", () => {
    const connection = { transport: "tcp", ip: "127.0.0.1" } as Parameters<typeof socketAddress>[0];
    assert.equal(socketAddress(connection, 5555), "tcp://127.0.0.1:5555");
    assert.equal(socketAddress({ ...connection, transport: "ipc", ip: "/run/x" }, 1), "ipc:///run/x-1");
  });
});
