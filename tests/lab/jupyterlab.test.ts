/** JupyterLab as an analyst has it: a notebook runs from the top, names complete, a wrong call is pointed out. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { runNotebook } from "#src/runner/execute.js";
import { type CodeCell, cellSource, type Notebook } from "#src/runner/nbformat.js";
import { readNotebook, writeNotebook } from "#src/runner/notebook-file.js";
import { exitCode } from "#src/runner/processes.js";
import { CHROMIUM_FLAGS, chromiumPath, NO_CHROMIUM } from "../browser/chromium.js";
import { LEAST } from "../e2e/least.js";
import { codeNotebook } from "../runner/notebooks.js";
import { root } from "../structure/support.js";

const TOKEN = "only-for-this-test";
const ANSWER_MS = 60_000;
const CELLS = ['import * as insiders from "insiders";', 'console.log("answer", 6 * 7);\ntypeof insiders', ""];

describe("JupyterLab", {
  skip: chromiumPath ? false : NO_CHROMIUM,
}, () => {
  /** Inside the project, where a kernel finds "insiders"; git ignores it. */
  const folder = join(root, "build", "lab-notebooks");
  const home = mkdtempSync(join(tmpdir(), "insiders-lab-"));
  let lab: ChildProcess;
  let browser: Browser;
  let page: Page;
  let address: string;

  before(async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "try.ipynb"), JSON.stringify(codeNotebook(CELLS)));
    const port = await freePort();
    lab = startLab(port, home);
    await listening(lab);
    browser = await chromium.launch({
      executablePath: chromiumPath!,
      args: CHROMIUM_FLAGS,
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(ANSWER_MS);
    address = `http://127.0.0.1:${port}`;
    await openNotebook("try.ipynb");
    await cell(1).locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await cell(1).locator(".jp-InputPrompt").filter({ hasText: "[1]" }).waitFor();
  });

  after(async () => {
    await browser?.close();
    if (lab?.exitCode === null) {
      lab.kill("SIGTERM");
      await exitCode(lab);
    }
    for (const path of [folder, home]) rmSync(path, { recursive: true, force: true });
  });

  it("offers the project's kernel", async () => {
    const kernel = page.locator(".jp-Toolbar-kernelName");
    assert.equal((await kernel.innerText()).trim(), "TypeScript (Insiders)");
  });

  it("restarts the kernel and runs all cells", async () => {
    await page.locator('[data-command="notebook:restart-run-all"]').first().click();
    await page.locator(".jp-Dialog .jp-mod-accept").click();
    await shown(cell(2), "'object'");
    await shown(cell(2), "answer 42");
  });

  it("completes a name that only the package knows", async () => {
    await cell(3).locator(".cm-content").click();
    await page.keyboard.type("insiders.seed");
    await page.keyboard.press("Tab");
    await page.locator(".jp-Completer").filter({ hasText: "seededRandom" }).waitFor();
    await page.keyboard.press("Enter");
    await cell(3).locator(".cm-content").filter({ hasText: "insiders.seededRandom" }).waitFor();
  });

  it("points out a wrong call", async () => {
    await page.keyboard.type('("42")');
    await page.keyboard.press("Control+Enter");
    await shown(cell(3), "Argument of type 'string' is not assignable to parameter of type 'number'");
  });

  for (const [title, source] of [
    ["computes", "while (true) {}"],
    ["waits", "await new Promise(() => {});"],
    ["computes after it has waited", "await new Promise((r) => setTimeout(r, 50)); while (true) {}"],
  ] as const)
    it(`interrupts a cell that ${title}, and goes on`, async () => {
      await rewrite(3, source);
      await cell(3).locator(".jp-InputPrompt").filter({ hasText: "[*]" }).waitFor();
      await page.waitForTimeout(1000);
      await page.locator('[data-command="notebook:interrupt-kernel"]').first().click();
      await shown(cell(3), "Interrupted");
      await rewrite(3, "6 * 111");
      await shown(cell(3), "666");
    });

  it("opens what the runner wrote of a run that failed", async () => {
    const sources = ['console.log("kept");', 'throw new RangeError("out of it");', "1"];
    const path = join(folder, "failed.ipynb");
    const { status } = await runNotebook(codeNotebook(sources), path, { cwd: folder });
    assert.equal(status, "failed");
    await openNotebook("failed.ipynb");
    const book = page.locator(".jp-Notebook:visible");
    for (const text of ["kept", "RangeError: out of it", "The run stopped here"])
      await book.filter({ hasText: text }).waitFor();
    assert.equal(await page.locator(".jp-Dialog").count(), 0);
  });

  for (const name of readdirSync(join(root, "notebooks")).filter((file) => file.endsWith(".ipynb"))) {
    it(`runs every cell of ${name} with Restart & Run All`, async () => {
      const path = join(folder, name);
      const book = onSample(readNotebook(join(root, "notebooks", name)));
      writeNotebook(path, book);
      await openNotebook(name);
      await page.locator('[data-command="notebook:restart-run-all"]:visible').first().click();
      await page.locator(".jp-Dialog .jp-mod-accept").click();
      const ran = await savedWhen(path, (cells) => cells.every((code) => code.execution_count !== null));
      assert.deepEqual(
        ran
          .filter((code) => code.outputs.some((output) => output.output_type === "error"))
          .map(({ id }) => id),
        [],
      );
      assert.ok(ran.some((code) => code.outputs.length > 0));
    });
  }

  /** A copy that reads the sample, leaves the artifacts of the last report alone and repeats nothing more than it must. */
  function onSample(book: Notebook): Notebook {
    for (const code of book.cells)
      if (code.metadata.tags?.includes("parameters"))
        code.source = cellSource(code)
          .replace('source = ""', 'source = "data/sample/online-retail-sample.csv"')
          .replace('workspace = "data/interim"', `workspace = "${relative(root, folder)}/interim"`)
          .replace(/(?<=const (\w+) = )\d+(?=;)/g, (value, name: string) => String(LEAST[name] ?? value));
    return book;
  }

  async function openNotebook(name: string): Promise<void> {
    await page.goto(`${address}/lab/tree/${relative(root, folder)}/${name}?token=${TOKEN}&reset`);
    // JupyterLab forgets a cell that is run before the kernel has answered.
    await page.locator("#jp-bottom-panel").filter({ hasText: "| Idle" }).waitFor();
  }

  /** Saves the open notebook until its code cells are as wanted. */
  async function savedWhen(path: string, isDone: (cells: CodeCell[]) => boolean): Promise<CodeCell[]> {
    const end = Date.now() + 2 * ANSWER_MS;
    for (;;) {
      await page.waitForTimeout(500);
      await page.keyboard.press("Control+s");
      await page.waitForTimeout(500);
      const cells = readWhileWritten(path);
      if (isDone(cells)) return cells;
      if (Date.now() > end) {
        const waiting = cells.filter((code) => code.execution_count === null).map(({ id }) => id);
        throw new Error(`${path}: not run after ${(2 * ANSWER_MS) / 1000} s: ${waiting.join(", ")}`);
      }
    }
  }

  /** Runs other code in a cell. */
  async function rewrite(position: number, source: string): Promise<void> {
    await cell(position).locator(".cm-content").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(source);
    await page.keyboard.press("Control+Enter");
  }

  function cell(position: number): Locator {
    return page.locator(".jp-Notebook .jp-CodeCell").nth(position - 1);
  }

  async function shown(where: Locator, text: string): Promise<void> {
    await where.locator(".jp-OutputArea").filter({ hasText: text }).waitFor();
  }
});

/** The code cells of a notebook that JupyterLab may be writing at this moment. */
function readWhileWritten(path: string): CodeCell[] {
  for (;;) {
    try {
      return readNotebook(path).cells.filter((candidate) => candidate.cell_type === "code");
    } catch (error) {
      if (!String(error).includes("is not a notebook")) throw error;
    }
  }
}

/** Starts the lab by the command that `npm run lab` uses, with nobody's settings but its own. */
function startLab(port: number, home: string): ChildProcess {
  const args = ["--no-browser", "--allow-root", `--port=${port}`, `--IdentityProvider.token=${TOKEN}`];
  return spawn(process.execPath, [join(root, "dist", "cli", "main.js"), "lab", ...args], {
    cwd: root,
    env: {
      ...process.env,
      JUPYTER_CONFIG_DIR: join(home, "config"),
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
      JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Waits until the lab says where it is. @throws Error with what it printed when it ends first. */
function listening(lab: ChildProcess): Promise<void> {
  let printed = "";
  return new Promise((done, fail) => {
    lab.stderr!.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      if (printed.includes("is running at:")) done();
    });
    lab.once("close", (code) => fail(new Error(`the lab ended with ${code}: ${printed}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
