import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readText } from "../../structure/support.js";
import { COMPILED_PATH, compileKernels } from "./compiler.js";

describe("the kernels", () => {
  it("are what their sources compile to; npm run kernels writes them", async () => {
    assert.ok(readText(COMPILED_PATH) === (await compileKernels()));
  });
});
