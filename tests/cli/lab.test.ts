import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { openLab } from "#src/cli/lab.js";
import { FakeMachine } from "../runner/fake-machine.js";

describe("opening the lab", () => {
  let machine: FakeMachine;
  beforeEach(() => {
    machine = new FakeMachine();
  });
  afterEach(() => machine.dispose());

  const open = (...args: string[]): Promise<number> =>
    openLab(machine.root, args, { onMessage: machine.onMessage, env: machine.env });

  it("installs JupyterLab the first time only, and registers the kernel beside it", async () => {
    machine.addPython();
    await open();
    assert.ok(machine.calls().some((call) => /pip install .*jupyterlab$/.test(call)));
    assert.ok(existsSync(join(machine.root, ".venv/share/jupyter/kernels/tslab/kernel.json")));
    await open();
    assert.equal(machine.calls().length, 1);
    assert.equal(machine.messages.length, 1);
  });

  it("shows notebooks/ on this machine only, and passes arguments on", async () => {
    machine.addPython();
    await open("--no-browser", "--port=9999");
    const call = machine.calls().at(-1)!;
    assert.match(call, /^-I -m jupyterlab /);
    assert.ok(call.includes(`--ServerApp.root_dir=${machine.root} `));
    assert.ok(call.includes("--ServerApp.ip=127.0.0.1 "));
    assert.ok(call.includes("--LabApp.default_url=/lab/tree/notebooks "));
    assert.ok(call.endsWith(" --no-browser --port=9999"));
  });

  it("refuses to listen to other machines", async () => {
    for (const option of ["--ip=0.0.0.0", "--ip", "--ServerApp.ip=*"])
      await assert.rejects(open(option), /listens on this machine only/);
  });

  it("keeps the pinned version from asking for news and newer versions", async () => {
    machine.addPython();
    await open();
    const page = readFileSync(join(machine.root, ".jupyter/etc/jupyter/labconfig/page_config.json"), "utf8");
    assert.match(page, /"@jupyterlab\/apputils-extension:announcements": true/);
  });

  it("gives the exit code of JupyterLab", async () => {
    machine.addPython({ toolCode: 4 });
    assert.equal(await open(), 4);
  });

  it("uses the system's JupyterLab with the kernel of the project where the index is out of reach", async () => {
    machine.addPython({ pipError: "after connection broken by 'NewConnectionError'" });
    machine.addProgram(
      "jupyter-lab",
      `if (process.argv[2] === "--version") console.log("4.2.0");
       else process.exitCode = process.env.JUPYTER_PATH === process.cwd() + "/.jupyter/share/jupyter" ? 5 : 6`,
    );
    assert.equal(await open(), 5);
    assert.ok(existsSync(join(machine.root, ".jupyter/share/jupyter/kernels/tslab/kernel.json")));
    assert.match(machine.messages.at(-1)!, /this system's jupyterlab 4\.2\.0/);
  });

  it("says in one line what is missing where there is neither", async () => {
    await assert.rejects(
      open(),
      /^Error: jupyterlab 4\.5\.11 could not be installed: .*[^\n]*JupyterLab 3 or newer/,
    );
  });

  it("hands a signal on and waits for JupyterLab to end by itself", async () => {
    machine.addPython();
    machine.addProgram(
      "jupyter-lab",
      `process.on("SIGTERM", () => setTimeout(() => process.exit(7), 100)); setInterval(() => {}, 1000);
       console.log(process.argv[2] === "--version" ? "4.2.0" : "ready"); if (process.argv[2] === "--version") process.exit()`,
    );
    machine.removeProgram("python3");
    const module = fileURLToPath(import.meta.resolve("#src/cli/lab.js"));
    const code = `import { openLab } from ${JSON.stringify(module)};
      process.exitCode = await openLab(${JSON.stringify(machine.root)}, [])`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
      env: machine.env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    child.stdout.on("data", () => child.kill("SIGTERM"));
    assert.equal(await new Promise((done) => child.once("close", done)), 7);
  });
});
