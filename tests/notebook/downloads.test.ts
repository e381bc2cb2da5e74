import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { downloadsBundle } from "#src/notebook/downloads.js";

const htmlOf = (...files: Parameters<typeof downloadsBundle>[0]): string =>
  String(downloadsBundle(files).data["text/html"]);

describe("files in a report", () => {
  it("are links that hold the file itself, to the byte", () => {
    const bytes = Uint8Array.of(0, 255, 10, 13);
    const html = htmlOf({ name: "list.xlsx", label: "The list", content: bytes });
    const [, type, data] = /download="list\.xlsx" href="data:([^;]+);base64,([^"]+)">The list<\/a>/.exec(
      html,
    )!;
    assert.match(type!, /spreadsheetml\.sheet$/);
    assert.deepEqual(new Uint8Array(Buffer.from(data!, "base64")), bytes);
    assert.match(htmlOf({ name: "a.csv", label: "", content: "ä" }), /text\/csv;charset=utf-8;base64,w6Q="/);
  });

  it("show names as text", () => {
    const hostile = `"><script>`;
    assert.doesNotMatch(htmlOf({ name: hostile, label: hostile, content: "" }), /<script/);
  });
});
