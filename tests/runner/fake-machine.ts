import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How the Python of a fake machine behaves. */
export interface FakePython {
  version?: string;
  /** Whether it comes with venv and ensurepip. */
  isComplete?: boolean;
  /** What pip complains about; without it pip succeeds. */
  pipError?: string;
  /** Exit code of a Jupyter tool. */
  toolCode?: number;
}

/** Behaves like Python as far as the set-up calls it; `.venv/bin/python` becomes a copy of itself. */
const PYTHON = (log: string, python: Required<FakePython>): string => `
const fs = require("node:fs");
const args = process.argv.slice(2).join(" ");
fs.appendFileSync(${JSON.stringify(log)}, args + "\\n");
const python = ${JSON.stringify(python)};
if (args.startsWith("-I -c ")) {
  console.log(...python.version.split("."), python.isComplete ? "True" : "False");
} else if (args.startsWith("-I -m venv ")) {
  const bin = args.slice("-I -m venv ".length) + "/bin";
  fs.mkdirSync(bin, { recursive: true });
  fs.copyFileSync(__filename, bin + "/python");
} else if (args.startsWith("-I -m pip install ") && python.pipError) {
  console.error(python.pipError);
  process.exitCode = 1;
} else if (args.startsWith("-I -m jupyterlab")) {
  console.error("JUPYTER_PATH=" + process.env.JUPYTER_PATH);
  process.exitCode = python.toolCode;
}
`;

/** A project and the programs of a machine on which nothing else is installed. */
export class FakeMachine {
  readonly #folder = mkdtempSync(join(tmpdir(), "insiders-machine-"));
  readonly root: string = join(this.#folder, "project");
  readonly bin: string = join(this.#folder, "bin");
  readonly env: Record<string, string> = { PATH: this.bin };
  readonly messages: string[] = [];
  readonly onMessage = (line: string): void => void this.messages.push(line);

  constructor() {
    mkdirSync(this.bin);
    mkdirSync(this.root);
    this.pin("7.17.2");
  }

  /** Writes the requirements of the project. */
  pin(nbconvert: string): void {
    writeFileSync(join(this.root, "requirements.txt"), `jupyterlab==4.5.11\nnbconvert==${nbconvert}\n`);
  }

  /** Puts a Python on the PATH, or changes it and its copy in the project. */
  addPython(python: FakePython = {}, name = "python3"): void {
    const behaviour = { version: "3.11", isComplete: true, pipError: "", toolCode: 0, ...python };
    const code = PYTHON(join(this.#folder, "calls"), behaviour);
    this.addProgram(name, code);
    const copy = join(this.root, ".venv", "bin");
    if (existsSync(copy)) writeProgram(join(copy, "python"), code);
  }

  /** Puts a program on the PATH. */
  addProgram(name: string, code: string): void {
    writeProgram(join(this.bin, name), code);
  }

  /** Takes a program off the PATH. */
  removeProgram(name: string): void {
    rmSync(join(this.bin, name));
  }

  /** What Python was called with since the last question. */
  calls(): string[] {
    const log = join(this.#folder, "calls");
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, "utf8").trim().split("\n");
    rmSync(log);
    return lines;
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function writeProgram(path: string, code: string): void {
  writeFileSync(path, `#!${process.execPath}\n${code}`);
  chmodSync(path, 0o755);
}
