/** JupyterLab as an analyst has it: names complete, a wrong call is pointed out, a cell can be stopped. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { runNotebook } from "#src/runner/execute.js";
import { chromiumPath, NO_CHROMIUM } from "../browser/chromium.js";
import { codeNotebook } from "../runner/notebooks.js";
import { Lab } from "./lab.js";

const CELLS = ['import * as insiders from "insiders";', 'console.log("answer", 6 * 7);\ntypeof insiders', ""];

describe("JupyterLab", {
  skip: chromiumPath ? false : NO_CHROMIUM,
}, () => {
  let lab: Lab;
  before(async () => {
    lab = await Lab.start("lab-cells");
    writeFileSync(join(lab.folder, "try.ipynb"), JSON.stringify(codeNotebook(CELLS)));
    await lab.open("try.ipynb");
    await lab.cell(1).locator(".cm-content").click();
    await lab.page.keyboard.press("Control+Enter");
    await prompt(1, "[1]");
  });
  after(() => lab?.stop());

  it("offers the project's kernel", async () => {
    const kernel = lab.page.locator(".jp-Toolbar-kernelName");
    assert.equal((await kernel.innerText()).trim(), "TypeScript (Insiders)");
  });

  it("restarts the kernel and runs all cells", async () => {
    await lab.restartAndRunAll();
    await lab.shown(2, "'object'");
    await lab.shown(2, "answer 42");
  });

  it("completes a name that only the package knows", async () => {
    await lab.cell(3).locator(".cm-content").click();
    await lab.page.keyboard.type("insiders.seed");
    await lab.page.keyboard.press("Tab");
    await lab.page.locator(".jp-Completer").filter({ hasText: "seededRandom" }).waitFor();
    await lab.page.keyboard.press("Enter");
    await lab.cell(3).locator(".cm-content").filter({ hasText: "insiders.seededRandom" }).waitFor();
  });

  it("points out a wrong call", async () => {
    await lab.page.keyboard.type('("42")');
    await lab.page.keyboard.press("Control+Enter");
    await lab.shown(3, "Argument of type 'string' is not assignable to parameter of type 'number'");
  });

  for (const [title, source] of [
    ["computes", "while (true) {}"],
    ["waits", "await new Promise(() => {});"],
    ["computes after it has waited", "await new Promise((r) => setTimeout(r, 50)); while (true) {}"],
  ] as const)
    it(`interrupts a cell that ${title}, and goes on`, async () => {
      await lab.rewrite(3, source);
      await prompt(3, "[*]");
      await lab.page.waitForTimeout(1000);
      await lab.page.locator('[data-command="notebook:interrupt-kernel"]').first().click();
      await lab.shown(3, "Interrupted");
      await lab.rewrite(3, "6 * 111");
      await lab.shown(3, "666");
    });

  it("opens what the runner wrote of a run that failed", async () => {
    const sources = ['console.log("kept");', 'throw new RangeError("out of it");', "1"];
    const path = join(lab.folder, "failed.ipynb");
    const { status } = await runNotebook(codeNotebook(sources), path, { cwd: lab.folder });
    assert.equal(status, "failed");
    await lab.open("failed.ipynb");
    const book = lab.page.locator(".jp-Notebook:visible");
    for (const text of ["kept", "RangeError: out of it", "The run stopped here"])
      await book.filter({ hasText: text }).waitFor();
    assert.equal(await lab.page.locator(".jp-Dialog").count(), 0);
  });

  async function prompt(position: number, text: string): Promise<void> {
    await lab.cell(position).locator(".jp-InputPrompt").filter({ hasText: text }).waitFor();
  }
});
