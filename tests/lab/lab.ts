/** A JupyterLab of its own in a browser, with nobody's settings. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import type { CodeCell } from "#src/runner/nbformat.js";
import { readNotebook } from "#src/runner/notebook-file.js";
import { exitCode } from "#src/runner/processes.js";
import { CHROMIUM_FLAGS, chromiumPath } from "../browser/chromium.js";
import { root } from "../structure/support.js";

const TOKEN = "only-for-this-test";
const ANSWER_MS = 60_000;

/** JupyterLab as an analyst has it, opened on a folder inside the project, where a kernel finds "insiders". */
export class Lab {
  readonly page: Page;
  readonly folder: string;
  readonly #home: string;
  readonly #process: ChildProcess;
  readonly #browser: Browser;
  readonly #address: string;

  private constructor(
    folder: string,
    home: string,
    lab: ChildProcess,
    browser: Browser,
    page: Page,
    port: number,
  ) {
    this.folder = folder;
    this.#home = home;
    this.#process = lab;
    this.#browser = browser;
    this.page = page;
    this.#address = `http://127.0.0.1:${port}`;
  }

  /** Starts the lab by the command that `npm run lab` uses. @param name - of a folder in `build/`, which git ignores. */
  static async start(name: string): Promise<Lab> {
    const folder = join(root, "build", name);
    mkdirSync(folder, { recursive: true });
    const home = mkdtempSync(join(tmpdir(), "insiders-lab-"));
    const port = await freePort();
    const lab = startLab(port, home);
    await listening(lab);
    const browser = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(ANSWER_MS);
    return new Lab(folder, home, lab, browser, page, port);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    if (this.#process.exitCode === null) {
      this.#process.kill("SIGTERM");
      await exitCode(this.#process);
    }
    for (const path of [this.folder, this.#home]) rmSync(path, { recursive: true, force: true });
  }

  /** Opens JupyterLab anew, with a notebook of the folder. */
  async open(name: string): Promise<void> {
    await this.page.goto(
      `${this.#address}/lab/tree/${relative(root, this.folder)}/${name}?token=${TOKEN}&reset`,
    );
    await this.#idle();
  }

  /** Opens a further notebook of the folder in place of the one that is open. */
  async openNext(name: string): Promise<void> {
    await this.page.locator(`.jp-DirListing-item[title*="Name: ${name}"]`).dblclick();
    await this.page.locator(`.lm-TabBar-tab.lm-mod-current[title*="Name: ${name}"]`).waitFor();
    await this.#idle();
  }

  /** JupyterLab forgets a cell that is run before the kernel has answered. */
  async #idle(): Promise<void> {
    await this.page.locator('.jp-NotebookPanel:visible [data-status="idle"]').waitFor();
    await this.page.locator("#jp-bottom-panel").filter({ hasText: "| Idle" }).waitFor();
  }

  async restartAndRunAll(): Promise<void> {
    await this.page.locator('[data-command="notebook:restart-run-all"]:visible').first().click();
    await this.page.locator(".jp-Dialog .jp-mod-accept").click();
  }

  async runAll(): Promise<void> {
    await this.page.getByRole("menuitem", { name: "Run", exact: true }).click();
    await this.page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
  }

  /** Saves the open notebook until its code cells are as wanted. */
  async savedWhen(name: string, isDone: (cells: CodeCell[]) => boolean): Promise<CodeCell[]> {
    const end = Date.now() + 3 * ANSWER_MS;
    for (;;) {
      await this.page.waitForTimeout(500);
      await this.page.keyboard.press("Control+s");
      await this.page.waitForTimeout(500);
      const cells = readWhileWritten(join(this.folder, name));
      if (isDone(cells)) return cells;
      if (Date.now() > end) {
        const waiting = cells.filter((code) => code.execution_count === null).map(({ id }) => id);
        throw new Error(`${name}: not run after ${(3 * ANSWER_MS) / 1000} s: ${waiting.join(", ")}`);
      }
    }
  }

  /** Puts other code into a cell, and runs it. */
  async rewrite(position: number, source: string): Promise<void> {
    await this.cell(position).locator(".cm-content").click();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.insertText(source);
    await this.page.keyboard.press("Control+Enter");
  }

  /** A code cell of the open notebook, from 1. */
  cell(position: number): Locator {
    return this.page.locator(".jp-Notebook .jp-CodeCell").nth(position - 1);
  }

  /** Waits for a text in what a cell shows. */
  async shown(position: number, text: string): Promise<void> {
    await this.cell(position).locator(".jp-OutputArea").filter({ hasText: text }).waitFor();
  }
}

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
