import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Artifacts } from "#src/runner/artifacts.js";
import { buildFingerprint, type CycleInputs, cycleKey } from "#src/runner/cycle-key.js";
import type { CodeCell, Notebook } from "#src/runner/nbformat.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-key-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const cell: CodeCell = {
  cell_type: "code",
  id: "sum",
  metadata: { tags: ["x"] },
  source: "1 + 1\n2",
  execution_count: null,
  outputs: [],
};
const notebook = (changed: Partial<CodeCell> = {}, metadata: Notebook["metadata"] = {}): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { insiders: { reads: ["a"], writes: [] }, kernelspec: { name: "tslab" }, ...metadata },
  cells: [{ ...cell, ...changed }],
});
const inputs: CycleInputs = {
  notebook: notebook(),
  parameters: { seed: 1, currency: "GBP" },
  source: "s",
  build: "b",
  node: "v20.19.1",
  reads: { a: "1", b: "2" },
};

describe("cycleKey", () => {
  const same: [title: string, change: Partial<CycleInputs>][] = [
    ["outputs and counts", { notebook: notebook({ outputs: [], execution_count: 7 }) }],
    ["a source kept as lines", { notebook: notebook({ source: ["1 + 1\n", "2"] }) }],
    ["how its last run went", { notebook: notebook({}, { papermill: { duration: 3 }, insiders_run: {} }) }],
    [
      "how a front end shows the cell",
      { notebook: notebook({ metadata: { tags: ["x"], collapsed: true } }) },
    ],
    ["the order of parameters", { parameters: { currency: "GBP", seed: 1 } }],
    ["the order of artifacts", { reads: { b: "2", a: "1" } }],
    ["a new patch of Node", { node: "v20.20.0" }],
  ];
  for (const [title, change] of same)
    it(`overlooks ${title}`, () => {
      assert.equal(cycleKey({ ...inputs, ...change }), cycleKey(inputs));
    });

  const different: [title: string, change: Partial<CycleInputs>][] = [
    ["the source of a cell", { notebook: notebook({ source: "1 + 1\n3" }) }],
    ["the tags of a cell", { notebook: notebook({ metadata: {} }) }],
    ["what it hands over", { notebook: notebook({}, { insiders: { reads: ["a"], writes: ["c"] } }) }],
    ["its kernel", { notebook: notebook({}, { kernelspec: { name: "python3" } }) }],
    ["a parameter", { parameters: { seed: 2, currency: "GBP" } }],
    ["the type of a parameter", { parameters: { seed: "1", currency: "GBP" } }],
    ["the data", { source: "t" }],
    ["the package", { build: "c" }],
    ["Node", { node: "v22.0.0" }],
    ["an artifact", { reads: { a: "1", b: "3" } }],
    ["one artifact less", { reads: { a: "1" } }],
  ];
  for (const [title, change] of different)
    it(`changes with ${title}`, () => {
      assert.notEqual(cycleKey({ ...inputs, ...change }), cycleKey(inputs));
    });
});

describe("cycleKey of numbers that JSON has not", () => {
  it("tells them apart, and from null", () => {
    const keys = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, "NaN"].map((seed) =>
      cycleKey({ ...inputs, parameters: { seed } }),
    );
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe("buildFingerprint", () => {
  it("changes with the compiled code and the locked versions, and with nothing else", () => {
    const root = join(folder, "project");
    mkdirSync(join(root, "dist", "a"), { recursive: true });
    const write = (name: string, text: string): string => {
      writeFileSync(join(root, name), text);
      return buildFingerprint(root);
    };
    writeFileSync(join(root, "package-lock.json"), "{}");
    const first = write("dist/a/b.js", "1");
    assert.equal(write("dist/a/b.d.ts", "types"), first);
    const second = write("dist/a/b.js", "2");
    const third = write("package-lock.json", "{ }");
    const fourth = write("dist/c.js", "");
    assert.equal(new Set([first, second, third, fourth]).size, 4);
  });
});

describe("Artifacts", () => {
  const workspace = join(folder, "workspace");
  mkdirSync(workspace);
  const artifacts = new Artifacts(workspace);

  it("finds an artifact whatever its ending, and no file whose name only begins alike", async () => {
    for (const name of ["model.json", "models.json", "model.json.tmp", ".model.json"])
      writeFileSync(join(workspace, name), name);
    mkdirSync(join(workspace, "folder.json"));
    assert.ok(artifacts.has("model") && artifacts.has("models"));
    assert.ok(!artifacts.has("mode") && !artifacts.has("folder"));
    assert.deepEqual(Object.keys(await artifacts.hash(["nothing", "models", "model"])), ["model", "models"]);
  });

  it("gives the hash that other tools give", async () => {
    writeFileSync(join(workspace, "abc.txt"), "abc");
    const { abc } = await artifacts.hash(["abc"]);
    assert.equal(abc, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("sees a change of the same length and the same time stamp", async () => {
    const path = join(workspace, "same.txt");
    const at = new Date("2026-01-01");
    const hashes: (string | undefined)[] = [];
    for (const text of ["one", "two"]) {
      writeFileSync(path, text);
      utimesSync(path, at, at);
      hashes.push((await artifacts.hash(["same"]))["same"]);
    }
    assert.notEqual(hashes[0], hashes[1]);
  });

  it("has nothing where there is no workspace yet", async () => {
    assert.deepEqual(await new Artifacts(join(folder, "none")).hash(["model"]), {});
  });
});
