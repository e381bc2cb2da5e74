import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { type JupyterTools, prepareJupyterLab, prepareNbconvert } from "#src/runner/jupyter.js";
import { findProgram } from "#src/runner/processes.js";
import { FakeMachine } from "./fake-machine.js";

const UNREACHABLE = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'";
const DEBIAN = 'console.log("6.5.3")';
const DAY_MS = 24 * 60 * 60 * 1000;

let machine: FakeMachine;
beforeEach(() => {
  machine = new FakeMachine();
});
afterEach(() => machine.dispose());

function prepare(tool: typeof prepareNbconvert = prepareNbconvert): Promise<JupyterTools> {
  return tool(machine.root, { onMessage: machine.onMessage, env: machine.env });
}

function venv(...parts: string[]): string {
  return join(machine.root, ".venv", ...parts);
}

describe("nbconvert in the project", () => {
  it("is installed as pinned the first time, and found without a process the second", async () => {
    machine.addPython();
    const tools = await prepare();
    assert.deepEqual(tools, {
      command: venv("bin", "python"),
      args: ["-I", "-m", "nbconvert"],
      version: "7.17.2",
      origin: "project",
      prefix: venv(),
    });
    assert.match(machine.calls().at(-1)!, /-m pip install .*--constraint \S+requirements\.txt nbconvert$/);
    assert.equal(machine.messages.length, 1);
    assert.deepEqual(await prepare(), tools);
    assert.deepEqual(machine.calls(), []);
    assert.equal(machine.messages.length, 1);
  });

  it("is installed again, in the same environment, when the pins change", async () => {
    machine.addPython();
    await prepare();
    machine.calls();
    machine.pin("7.18.0");
    assert.equal((await prepare()).version, "7.18.0");
    assert.deepEqual(
      machine.calls().map((call) => call.split(" ").slice(2, 4).join(" ")),
      ["pip --version", "pip install"],
    );
  });

  it("is installed anew when the Python of the environment is gone", async () => {
    machine.addPython();
    await prepare();
    rmSync(venv("bin", "python"));
    machine.calls();
    await prepare();
    assert.ok(machine.calls().some((call) => call.includes("-m venv")));
  });

  it("keeps an environment that somebody else made and that works", async () => {
    machine.addPython();
    await prepare();
    rmSync(venv("insiders-nbconvert.json"));
    writeFileSync(venv("theirs"), "");
    await prepare();
    assert.ok(existsSync(venv("theirs")));
  });

  it("makes an environment anew that an interrupted run has left", async () => {
    machine.addPython();
    mkdirSync(venv("lib"), { recursive: true });
    writeFileSync(venv("lib", "half"), "");
    const lock = join(machine.root, ".jupyter", "preparing");
    mkdirSync(join(machine.root, ".jupyter"), { recursive: true });
    writeFileSync(lock, JSON.stringify({ pid: 1, place: "a machine that is off" }));
    utimesSync(lock, 0, 0);
    await prepare();
    assert.ok(!existsSync(venv("lib", "half")));
    assert.ok(!existsSync(lock));
  });

  it("is installed once when two runs begin together", async () => {
    machine.addPython();
    const [first, second] = await Promise.all([prepare(), prepare()]);
    assert.deepEqual(first, second);
    assert.equal(machine.calls().filter((call) => call.includes("pip install")).length, 1);
    assert.ok(machine.messages.some((line) => line.includes("waiting for another process")));
  });

  it("leaves JupyterLab for the day it is asked for", async () => {
    machine.addPython();
    await prepare();
    assert.ok(!machine.calls().some((call) => call.includes("jupyterlab")));
    assert.deepEqual((await prepare(prepareJupyterLab)).args, ["-I", "-m", "jupyterlab"]);
    assert.match(machine.calls().at(-1)!, /jupyterlab$/);
  });
});

describe("nbconvert of the system", () => {
  beforeEach(() => machine.addProgram("jupyter-nbconvert", DEBIAN));

  it("stands in when the index cannot be reached, and the message says so", async () => {
    machine.addPython({ pipError: UNREACHABLE });
    assert.deepEqual(await prepare(), {
      command: join(machine.bin, "jupyter-nbconvert"),
      args: [],
      version: "6.5.3",
      origin: "system",
      prefix: join(machine.root, ".jupyter"),
    });
    assert.match(
      machine.messages.at(-1)!,
      /^using this system's nbconvert 6\.5\.3 .*package index could not be reached/,
    );
  });

  it("stands in where there is no Python to use", async () => {
    assert.equal((await prepare()).origin, "system");
    assert.match(machine.messages.at(-1)!, /python3 or python was not found/);
  });

  it("is found as a subcommand of jupyter as well", async () => {
    machine.removeProgram("jupyter-nbconvert");
    machine.addProgram("jupyter", 'console.log(process.argv[2] === "nbconvert" ? "7.2.0" : "no version")');
    const { command, args, version } = await prepare();
    assert.deepEqual(
      { command, args, version },
      { command: join(machine.bin, "jupyter"), args: ["nbconvert"], version: "7.2.0" },
    );
  });

  it("does not stand in when it is older than 6", async () => {
    machine.addProgram("jupyter-nbconvert", 'console.log("5.6.1")');
    await assert.rejects(prepare(), /nbconvert 6 or newer/);
  });

  it("is used without another try for a day", async () => {
    machine.addPython({ pipError: UNREACHABLE });
    await prepare();
    machine.calls();
    machine.addPython();
    assert.equal((await prepare()).origin, "system");
    assert.deepEqual(machine.calls(), []);
    const note = join(machine.root, ".jupyter", "system-nbconvert.json");
    const remembered = JSON.parse(readFileSync(note, "utf8")) as { since: number };
    writeFileSync(note, JSON.stringify({ ...remembered, since: Date.now() - DAY_MS - 1 }));
    assert.equal((await prepare()).origin, "project");
  });

  it("is given up at once for another index, other pins, or when it is gone", async () => {
    const changes = [
      () => machine.pin("7.18.0"),
      () => Object.assign(machine.env, { PIP_INDEX_URL: "https://mirror.example/simple" }),
      () => machine.removeProgram("jupyter-nbconvert"),
    ];
    for (const change of changes) {
      machine.dispose();
      machine = new FakeMachine();
      machine.addProgram("jupyter-nbconvert", DEBIAN);
      machine.addPython({ pipError: UNREACHABLE });
      await prepare();
      machine.addPython();
      change();
      assert.equal((await prepare()).origin, "project");
    }
  });
});

describe("a machine that lacks something", () => {
  const lacks: [string, () => void, RegExp][] = [
    ["any Python", () => {}, /python3 or python was not found: install Python 3\.9/],
    ["a Python that is new enough", () => machine.addPython({ version: "3.8" }), /python3 is 3\.8/],
    ["venv", () => machine.addPython({ isComplete: false }), /without venv or ensurepip: .*python3-venv/],
    ["an index", () => machine.addPython({ pipError: UNREACHABLE }), /index could not be reached: connect/],
    ["space", () => machine.addPython({ pipError: "ERROR: No space left" }), /pip failed \(No space left\)/],
    [
      "the Python that is named",
      () => Object.assign(machine.env, { PYTHON: "snake" }),
      /snake was not found/,
    ],
  ];
  for (const [what, setUp, expected] of lacks)
    it(`is told in one line what to do: ${what}`, async () => {
      setUp();
      await assert.rejects(prepare(), ({ message }: Error) => {
        assert.match(message, expected);
        assert.match(message, /apt install jupyter-nbconvert/);
        assert.doesNotMatch(message, /\n/);
        return true;
      });
    });

  it("uses a newer Python that is named", async () => {
    machine.addPython({ version: "3.8" });
    machine.addPython({ version: "3.12" }, "python3.12");
    machine.env["PYTHON"] = "python3.12";
    assert.equal((await prepare()).origin, "project");
  });

  it("falls back to python where there is no python3", async () => {
    machine.addPython({}, "python");
    assert.equal((await prepare()).origin, "project");
  });
});

describe("the real Python", { skip: findProgram("python3", process.env) ? false : "no python3" }, () => {
  it("gives up an index that refuses within seconds", async () => {
    const env = {
      ...withoutPip(process.env),
      PATH: process.env["PATH"],
      PIP_INDEX_URL: "http://127.0.0.1:9/simple",
    };
    const started = Date.now();
    const ending = await prepareJupyterLab(machine.root, { onMessage: machine.onMessage, env }).then(
      ({ origin }) => origin,
      ({ message }: Error) => message,
    );
    assert.match(ending, /could not be reached|ensurepip|^system$/);
    assert.ok(Date.now() - started < 60_000);
  });
});

function withoutPip(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("PIP_")));
}
