import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { withLock } from "#src/runner/lock.js";

it("a lock that cannot be made says where", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "insiders-test-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, ".jupyter"), "");
  await assert.rejects(
    withLock(
      join(folder, ".jupyter/preparing"),
      async () => {},
      () => {},
    ),
    { message: new RegExp(`^${folder}/\\.jupyter cannot be written \\(EEXIST\\): make the set-up`) },
  );
});
