import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { collectParameters, typeParameter } from "#src/runner/parameter-sources.js";
import { parseParametersYaml } from "#src/runner/parameter-yaml.js";
import { decode, type Encoded, papermillValues } from "./papermill-values.js";

/** Texts of which ours makes something else than papermill does. */
function differences(rows: readonly [string, Encoded][], read: (text: string) => unknown): string[] {
  const outcome = (make: () => unknown): { value?: unknown; error?: string } => {
    try {
      return { value: make() };
    } catch (error) {
      return { error: (error as Error).message };
    }
  };
  return rows.flatMap(([text, encoded]) => {
    const expected = outcome(() => decode(encoded));
    const actual = outcome(() => read(text));
    try {
      if (expected.error === undefined) assert.deepStrictEqual(actual, expected);
      else assert.ok(actual.error !== undefined && !actual.error.includes("\n"));
      if (encoded[0] === "int" && expected.error) assert.match(actual.error!, /integers beyond 2\^53/);
      return [];
    } catch {
      return [
        `${JSON.stringify(text)}: papermill ${JSON.stringify(encoded)}, ours ${JSON.stringify(actual)}`,
      ];
    }
  });
}

describe("a value given with -p", () => {
  it("is what papermill makes of it, and an error where a number would round it", () => {
    assert.ok(papermillValues.typed.length > 480);
    assert.deepEqual(
      differences(papermillValues.typed, (text) => typeParameter("value", text)),
      [],
    );
  });
});

describe("YAML", () => {
  it("scalars are what PyYAML makes of them, dates staying text", () => {
    assert.ok(papermillValues.scalars.length > 500);
    assert.deepEqual(
      differences(papermillValues.scalars, (text) => parseParametersYaml(`a: ${text}`, "it")["a"]),
      [],
    );
  });

  it("documents are what PyYAML makes of them, and an error where they are no map", () => {
    const rows = papermillValues.documents.map(([text, encoded]): [string, Encoded] => {
      if (encoded[0] === "none") return [text, ["map", []]];
      return [text, encoded[0] === "map" ? encoded : ["error", "no map"]];
    });
    assert.deepEqual(
      differences(rows, (text) => parseParametersYaml(text, "it")),
      // A tab within plain text is no reason to refuse a file.
      ['"a: x\\ty": papermill ["error","no map"], ours {"value":{"a":"x\\ty"}}'],
    );
  });
});

describe("YAML that no notebook can be given", () => {
  it("is refused in one line that names where it comes from", () => {
    for (const [text, message] of [
      ["just text", "-y is no map of names to values: write NAME: VALUE, with a space"],
      ["limit:5", "-y is no map of names to values: write NAME: VALUE, with a space"],
      ["a: !!binary aGk=", "-y is no YAML: Unresolved tag: tag:yaml.org,2002:binary at line 1, column 4"],
      ["a: &x [*x]", "-y: a[0] holds itself"],
      ["a: {[1]: 2}", "-y: a key of a is a list or a map, not a text"],
      [
        "a: {b: [1, 0x20000000000001]}",
        "-y: parameter a.b[1] is 9007199254740993: integers beyond 2^53 are not exact, pass it as a text",
      ],
    ] as const)
      assert.throws(() => parseParametersYaml(text, "-y"), { message });
  });
});

describe("parameters of several sources", () => {
  const folder = mkdtempSync(join(tmpdir(), "insiders-sources-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  const everywhere = "{s1: NAME, s2: NAME, s3: NAME, s4: NAME, s5: NAME, s6: NAME}";
  const from = (name: string, first: number): string =>
    everywhere.replaceAll("NAME", name).replace(new RegExp(`s[1-${first}]: ${name},? ?`, "g"), "");

  it("give way to each other in papermill's order", () => {
    assert.deepEqual(
      collectParameters({
        raw: [["s6", "raw"]],
        typed: ["s5", "s6"].map((name) => [name, "typed"] as const),
        yaml: [from("yaml", 3)],
        files: [file("order.yaml", from("file", 2))],
        base64: [base64(from("base64", 1))],
        injected: Object.fromEntries(["s1", "s2", "s3", "s4", "s5", "s6"].map((name) => [name, "injected"])),
      }),
      { s1: "injected", s2: "base64", s3: "file", s4: "yaml", s5: "typed", s6: "raw" },
    );
  });

  it("let the last of one kind count", () => {
    assert.deepEqual(
      collectParameters({
        files: [file("one.json", '{"a": 1, "b": 1}'), file("two.yml", "b: 2")],
        yaml: ["c: 1\nd: 1", "d: 2"],
        base64: [base64("e: 1"), base64("e: 2")],
        typed: [
          ["f", "1"],
          ["f", "True"],
        ],
        raw: [
          ["g", "1"],
          ["g", "True"],
        ],
      }),
      { a: 1, b: 2, c: 1, d: 2, e: 2, f: true, g: "True" },
    );
  });

  it("keep a parameter named __proto__ a parameter", () => {
    const parameters = collectParameters({ yaml: ["{__proto__: {x: 1}}"], raw: [["b", "2"]] });
    assert.deepEqual(Object.keys(parameters), ["__proto__", "b"]);
    assert.equal(Object.getPrototypeOf(parameters), Object.prototype);
  });

  it("are refused in one line that names the source", () => {
    const latin = file("latin.yaml", Buffer.from("a: é", "latin1"));
    const none = join(folder, "none.yaml");
    const list = file("list.json", "[1]");
    for (const [sources, message] of [
      [{ files: [none] }, `the parameters file ${none} cannot be read: there is no such file`],
      [{ files: [folder] }, `the parameters file ${folder} cannot be read: EISDIR`],
      [{ files: [latin] }, `${latin} is not UTF-8 text`],
      [{ files: [list] }, `${list} is no map of names to values: write NAME: VALUE, with a space`],
      [{ base64: ["YTogM"] }, "--parameters_base64 is no base64"],
      [{ base64: ["a: 1"] }, "--parameters_base64 is no base64"],
      [
        { typed: [["id", "9007199254740993"]] },
        "parameter id is 9007199254740993: integers beyond 2^53 are not exact, pass it as a text with -r",
      ],
    ] as const)
      assert.throws(() => collectParameters(sources), { message });
  });
});
