import assert from "node:assert/strict";
import { it } from "node:test";
import * as runner from "insiders/runner";

it("the package offers the runner to other programs, and inspects a notebook for them", () => {
  assert.deepEqual(Object.keys(runner).sort(), ["NotebookFailedError", "executeNotebook", "inspectNotebook"]);
  const source = "const limit: number = 5; // how many\nconst name = 'x';";
  const parameters = runner.inspectNotebook({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "tslab" } },
    cells: [
      {
        cell_type: "code",
        id: "a",
        metadata: { tags: ["parameters"] },
        source,
        execution_count: null,
        outputs: [],
      },
    ],
  });
  assert.deepEqual(parameters["limit"], {
    name: "limit",
    inferredTypeName: "number",
    default: "5",
    help: "how many",
  });
});
