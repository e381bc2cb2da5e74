import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { compareRuns } from "#src/runner/compare.js";
import { lastRuns, type RunRecord } from "#src/runner/history.js";
import type { ReportFailure } from "#src/runner/html.js";
import type { Notebook } from "#src/runner/nbformat.js";
import { listNotebooks, type ReportOptions, type ReportRun, runReports } from "#src/runner/report.js";
import { root } from "../structure/support.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-sequence-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Stands in for nbconvert: writes the header of each notebook as its page and notes which it was given. */
const renderer = join(folder, "render.mjs");
writeFileSync(
  renderer,
  `import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
const outputDir = process.argv.find((a) => a.startsWith("--output-dir=")).slice(13);
for (const path of process.argv.filter((a) => a.endsWith(".ipynb"))) {
  const name = basename(path, ".ipynb");
  const header = JSON.parse(readFileSync(path, "utf8")).metadata.insiders_report;
  writeFileSync(join(outputDir, name + ".html"), JSON.stringify(header));
  appendFileSync(join(dirname(path), "..", "rendered.txt"), name + "\\n");
}`,
);

interface Sketch {
  reads?: string[];
  writes?: string[];
  /** Whether it declares `size`. */
  isSized?: boolean;
  cells: string[];
}

/** A project of its own: notebooks, workspace and reports. */
class Project {
  readonly folder = mkdtempSync(join(folder, "project-"));
  readonly workspace = join(this.folder, "interim");
  readonly output = join(this.folder, "reports");

  constructor(sketches: Record<string, Sketch>) {
    mkdirSync(join(this.folder, "notebooks"));
    mkdirSync(this.workspace);
    for (const [name, sketch] of Object.entries(sketches)) this.write(name, sketch);
  }

  /** The cells begin with one that declares the parameters. */
  write(name: string, { reads = [], writes = [], isSized = false, cells }: Sketch): void {
    const head = [
      `const workspace = ""${isSized ? ", size = 1" : ""};`,
      'import { readFileSync, writeFileSync } from "node:fs";',
    ];
    const notebook: Notebook = {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { insiders: { reads, writes }, kernelspec: { name: "tslab", language: "typescript" } },
      cells: [...head, ...cells].map((source, at) => ({
        cell_type: "code",
        id: `cell-${at}`,
        metadata: { tags: at === 0 ? ["parameters"] : [] },
        source,
        execution_count: null,
        outputs: [],
      })),
    };
    writeFileSync(join(this.folder, "notebooks", `${name}.ipynb`), JSON.stringify(notebook));
  }

  run(changed: Partial<ReportOptions> = {}): Promise<ReportRun> {
    return runReports({
      title: "Test",
      notebooks: listNotebooks(join(this.folder, "notebooks")),
      workspace: this.workspace,
      outputDir: this.output,
      parameters: { workspace: this.workspace, size: 1 },
      build: "build",
      nbconvert: Promise.resolve({ command: process.execPath, args: [renderer] }),
      description: { banner: null, source: { name: "a.csv", sha256: "1" }, versions: {} },
      ...changed,
    });
  }

  /** How each notebook of a run ended, by its number. */
  async statuses(changed: Partial<ReportOptions> = {}): Promise<string> {
    const { reports } = await this.run(changed);
    return reports.map(({ name, status }) => `${name.slice(0, 2)} ${status}`).join(", ");
  }

  get runs(): RunRecord[] {
    return lastRuns(this.output, 20);
  }

  /** The index page without its styles. */
  get index(): string {
    return readFileSync(join(this.output, "index.html"), "utf8").replace(/<style>.*<\/style>/s, "");
  }

  /** What has been rendered since the last time this was asked. */
  takeRendered(): string[] {
    const log = join(this.output, "rendered.txt");
    const names = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").sort() : [];
    rmSync(log, { force: true });
    return names;
  }

  page(name: string): Record<string, { href: string } | null> {
    return JSON.parse(readFileSync(join(this.output, `${name}.html`), "utf8"));
  }
}

const make = (artifact: string, value = "String(size)"): string =>
  `writeFileSync(\`\${workspace}/${artifact}.json\`, ${value});`;
const chain = (): Project =>
  new Project({
    "01-make": { writes: ["a"], isSized: true, cells: [make("a")] },
    "02-use": {
      reads: ["a"],
      writes: ["b"],
      cells: [make("b", 'readFileSync(`${workspace}/a.json`, "utf8").length + "b"')],
    },
    "03-read": { reads: ["b"], cells: ['readFileSync(`${workspace}/b.json`, "utf8")'] },
    "04-other": { cells: ["1"] },
  });

/** Kernels that this process has started and that live. */
function kernels(): number {
  const table = execFileSync("ps", ["-A", "-ww", "-o", "ppid=,args="], { encoding: "utf8" });
  return table.split("\n").filter((line) => {
    const [parent, ...args] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && args.join(" ").includes("launcher.js");
  }).length;
}

describe("a notebook that would come to the same again", () => {
  const project = chain();

  it("is not run again, nor rendered; its report says when it ran", async () => {
    assert.equal(await project.statuses(), "01 completed, 02 completed, 03 completed, 04 completed");
    assert.deepEqual(project.takeRendered(), ["01-make", "02-use", "03-read", "04-other"]);
    const before = project.page("02-use");
    assert.equal(await project.statuses(), "01 cached, 02 cached, 03 cached, 04 cached");
    assert.deepEqual(project.takeRendered(), []);
    assert.deepEqual(project.page("02-use"), before);
    const [now, then] = project.runs;
    assert.equal(now!.cycles[1]!.startedAt, then!.cycles[1]!.startedAt);
    assert.equal(now!.cycles[1]!.key, then!.cycles[1]!.key);
    assert.match(project.index, /4 reports, all completed, nothing changed/);
  });

  const changes: [title: string, change: () => Partial<ReportOptions>, statuses: string][] = [
    [
      "runs again when a cell has changed, and alone when it writes the same",
      () => {
        project.write("02-use", {
          reads: ["a"],
          writes: ["b"],
          cells: ["// new", make("b", 'readFileSync(`${workspace}/a.json`, "utf8").length + "b"')],
        });
        return {};
      },
      "01 cached, 02 completed, 03 cached, 04 cached",
    ],
    [
      "runs again when a parameter has changed, and with it those that read something else now",
      () => ({ parameters: { workspace: project.workspace, size: 7 } }),
      "01 completed, 02 completed, 03 cached, 04 cached",
    ],
    [
      "runs again when the data have changed",
      () => ({ description: { banner: null, source: { name: "a.csv", sha256: "2" }, versions: {} } }),
      "01 completed, 02 completed, 03 completed, 04 completed",
    ],
    [
      "runs again when somebody has changed what it wrote",
      () => {
        writeFileSync(join(project.workspace, "b.json"), "other");
        return {};
      },
      "01 cached, 02 completed, 03 cached, 04 cached",
    ],
    [
      "runs again when what it wrote is gone",
      () => {
        unlinkSync(join(project.workspace, "a.json"));
        return {};
      },
      "01 completed, 02 cached, 03 cached, 04 cached",
    ],
    [
      "runs again when the package has been built anew",
      () => ({ build: "other" }),
      "01 completed, 02 completed, 03 completed, 04 completed",
    ],
    [
      "runs again when it is forced",
      () => ({ force: true }),
      "01 completed, 02 completed, 03 completed, 04 completed",
    ],
  ];
  // Each case begins where the one before has ended: with everything up to date.
  let options: Partial<ReportOptions> = {};
  for (const [title, change, statuses] of changes)
    it(title, async () => {
      const { force = false, ...changed } = change();
      options = { ...options, ...changed };
      assert.equal(await project.statuses({ ...options, force }), statuses);
      assert.equal(await project.statuses(options), "01 cached, 02 cached, 03 cached, 04 cached");
      assert.equal(kernels(), 0);
    });

  it("gets its page again when that is missing", async () => {
    project.takeRendered();
    unlinkSync(join(project.output, "03-read.html"));
    assert.equal(await project.statuses(options), "01 cached, 02 cached, 03 cached, 04 cached");
    assert.deepEqual(project.takeRendered(), ["03-read"]);
  });

  it("gets its page again when that is older than what was executed: nbconvert failed to replace it", async () => {
    utimesSync(join(project.output, "02-use.html"), new Date(0), new Date(0));
    await project.run(options);
    assert.deepEqual(project.takeRendered(), ["02-use"]);
    await project.run(options);
    assert.deepEqual(project.takeRendered(), []);
  });

  it("gets its page again when the template has changed, whether it was selected or not", async () => {
    for (const name of ["01-make", "04-other"]) {
      const path = join(project.output, "notebooks", `${name}.ipynb`);
      writeFileSync(path, readFileSync(path, "utf8").replace(/("template": ?")\w+/, "$1another"));
    }
    assert.equal(await project.statuses({ ...options, selection: { only: "01" } }), "01 cached");
    assert.deepEqual(project.takeRendered(), ["01-make", "04-other"]);
    assert.equal(String(project.page("04-other")["template"]).length, 64);
  });

  it("gets a new page when another comes after it", async () => {
    project.write("05-new", { cells: ["1"] });
    await project.run(options);
    assert.deepEqual(project.takeRendered(), ["04-other", "05-new"]);
    assert.equal(project.page("04-other")["next"]!.href, "05-new.html");
  });
});

describe("a notebook that fails", () => {
  it("keeps those waiting that read from it, also through others; the rest run; nothing of it is cached", async () => {
    const project = chain();
    project.write("02-use", { reads: ["a"], writes: ["b"], cells: ["1 + 1", 'throw new Error("no");'] });
    project.write("05-last", { reads: ["c"], cells: ["1"] });
    project.write("03-read", { reads: ["b"], writes: ["c"], cells: [make("c")] });
    const said: string[] = [];
    const expected = "01 completed, 02 failed, 03 pending, 04 completed, 05 pending";
    const options: Partial<ReportOptions> = {
      onNotebook: ({ name, state, waitsFor }) => said.push(`${name} ${state} ${waitsFor?.join() ?? ""}`),
    };
    assert.equal(await project.statuses(options), expected);
    assert.ok(said.includes("05-last pending 02-use"), said.join("\n"));
    assert.equal(await project.statuses(), expected.replaceAll("completed", "cached"));
    const [run] = project.runs;
    assert.equal(run!.status, "failed");
    assert.match(run!.cycles[1]!.error!, /^cell-3: Error: no/);
    assert.equal(run!.cycles[4]!.error, "waits for 02-use");
    assert.ok(existsSync(join(project.output, "02-use.html")));
    assert.match(project.index, /2 of 5 completed, 1 failed, 2 pending/);
    assert.match(project.index, /<p class="note">waits for 02-use<\/p>/);
    assert.equal(project.page("02-use")["next"]!.href, "04-other.html");
    assert.equal(kernels(), 0);
  });

  it("is one that does not write what its metadata promises", async () => {
    const project = chain();
    project.write("01-make", { writes: ["a"], cells: ["1"] });
    assert.equal(await project.statuses(), "01 failed, 02 pending, 03 pending, 04 completed");
    assert.match(project.runs[0]!.cycles[0]!.error!, /^it did not write a, which its metadata promises/);
    const { cell, reason } = project.page("01-make")["failure"] as unknown as ReportFailure;
    assert.equal(cell, null);
    assert.match(reason, /^it did not write a/);
  });

  it("is one whose kernel is not known, and it alone", async () => {
    const project = chain();
    const path = join(project.folder, "notebooks", "04-other.ipynb");
    writeFileSync(path, readFileSync(path, "utf8").replace('"tslab"', '"nosuch"'));
    assert.equal(await project.statuses(), "01 completed, 02 completed, 03 completed, 04 failed");
    assert.match(project.runs[0]!.cycles[3]!.error!, /there is no kernel "nosuch"/);
  });
});

describe("a selection", () => {
  const project = chain();

  it("runs what it names, and says what of the rest is there", async () => {
    assert.equal(await project.statuses({ selection: { only: "1,4" } }), "01 completed, 04 completed");
    assert.match(project.index, /2 reports, all completed</);
    assert.match(project.index, /<h2>03-read<\/h2>\n<p class="note">not part of this run/);
    assert.equal(project.page("01-make")["next"]!.href, "04-other.html");
    assert.equal(
      await project.statuses({ selection: { from: "02" } }),
      "02 completed, 03 completed, 04 cached",
    );
    assert.match(project.index, /href="01-make.html".*\n<p class="note">from an earlier run/);
    assert.equal(project.page("01-make")["next"]!.href, "02-use.html");
  });

  it("is refused when what it reads is nowhere", async () => {
    unlinkSync(join(project.workspace, "b.json"));
    await assert.rejects(project.run({ selection: { only: "03" } }), {
      message: "03-read reads b, which is not in the workspace: run 02-use too, which writes it",
    });
  });
});

describe("kernels", () => {
  it("start while the notebook before runs: at most two at a time, and none stays", async () => {
    const slow = "await new Promise((done) => setTimeout(done, 2500));";
    const project = new Project({
      "01-a": { cells: [slow] },
      "02-b": { cells: ["1"] },
      "03-c": { cells: ["1"] },
    });
    let began = 0;
    let most = 0;
    const waits: number[] = [];
    const watch = setInterval(() => {
      most = Math.max(most, kernels());
    }, 100);
    await project.run({
      onNotebook: ({ state }) => {
        if (state === "running") began = Date.now();
      },
      onCell: ({ position, state }) => {
        if (position === 1 && state === "running") waits.push(Date.now() - began);
      },
    });
    clearInterval(watch);
    assert.ok(
      waits[1]! < waits[0]! / 3,
      `a kernel took ${waits[0]} ms, the one started ahead ${waits[1]} ms`,
    );
    assert.equal(most, 2);
    assert.equal(kernels(), 0);
  });
});

describe("two runs in one workspace", () => {
  it("do not overlap: the second is told who is at work", async () => {
    const project = chain();
    let second: Promise<unknown> | undefined;
    const status = await project.statuses({
      onNotebook: ({ name, state }) => {
        if (name === "01-make" && state === "running") {
          second = project.run({ outputDir: join(project.folder, "other") });
          second.catch(() => {});
        }
      },
    });
    assert.match(status, /01 completed/);
    await assert.rejects(second!, new RegExp(`another run \\(process ${process.pid}, .*works in .*interim`));
    assert.ok(!existsSync(join(project.folder, "other", "notebooks")));
    assert.deepEqual(readdirSync(project.workspace), ["a.json", "b.json"]);
  });

  it("do not write to the same reports either, and the workspace is free again", async () => {
    const project = chain();
    const other = join(project.folder, "elsewhere");
    let second: Promise<unknown> | undefined;
    await project.run({
      onNotebook: () => {
        second ??= project.run({ workspace: other });
        second.catch(() => {});
      },
    });
    await assert.rejects(second!, /another run .* writes its reports to .*reports/);
    assert.deepEqual(readdirSync(other), []);
  });

  it("follow each other when the first was killed, and the second says so", async () => {
    const project = chain();
    const lock = pathToFileURL(join(root, "dist/runner/lock.js")).href;
    const code = `import { acquireLock } from ${JSON.stringify(lock)};
      acquireLock(${JSON.stringify(join(project.workspace, ".lock"))}, { what: "" });
      console.log("held"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", code]);
    await once(child.stdout, "data");
    await assert.rejects(project.run(), new RegExp(`process ${child.pid}`));
    child.kill("SIGKILL");
    await once(child, "exit");
    const said: string[] = [];
    await project.run({ onMessage: (line) => said.push(line) });
    assert.match(
      said.join("\n"),
      new RegExp(`^an earlier run \\(process ${child.pid}, begun .*\\) was broken off`),
    );
  });
});

describe("a run that is stopped", () => {
  it("keeps what is finished, and its pages, index and history say how far it came", async () => {
    const project = chain();
    project.write("02-use", {
      reads: ["a"],
      writes: ["b"],
      cells: ["await new Promise((done) => setTimeout(done, 60_000));"],
    });
    const stop = new AbortController();
    const run = await project.run({
      signal: stop.signal,
      onNotebook: ({ name, state }) => {
        if (name === "02-use" && state === "running") setTimeout(() => stop.abort("SIGTERM"), 1500);
      },
    });
    assert.equal(run.status, "interrupted");
    const [stored] = project.runs;
    assert.equal(stored!.status, "interrupted");
    assert.deepEqual(
      stored!.cycles.map(({ status }) => status),
      ["completed", "failed", "pending", "pending"],
    );
    assert.match(stored!.cycles[1]!.error!, /SIGTERM/);
    assert.match(project.index, /1 of 4 completed, 1 failed, 2 pending/);
    assert.ok(existsSync(join(project.output, "02-use.html")));
    assert.equal(kernels(), 0);
    assert.deepEqual(readdirSync(project.workspace), ["a.json"]);
  });
});

describe("what cells record", () => {
  it("is there for the comparison of two runs, also where they did not run again", async () => {
    const project = new Project({
      "01-a": {
        isSized: true,
        cells: [
          'import { record, recordGroups } from "insiders";',
          'record("rows", size * 2, "rows");\nrecordGroups("segments", [1, 2, 3], size > 1 ? ["a", "b", "b"] : ["a", "a", "b"]);',
        ],
      },
    });
    // The package is found from the folder of the notebooks.
    mkdirSync(join(project.folder, "node_modules"));
    symlinkSync(root, join(project.folder, "node_modules", "insiders"));
    await project.run();
    await project.run();
    await project.run({ parameters: { workspace: project.workspace, size: 3 } });
    const [third, second, first] = project.runs;
    assert.equal(second!.cycles[0]!.status, "cached");
    assert.deepEqual(compareRuns(first!, second!).values, []);
    const { values, groups, parameters } = compareRuns(second!, third!);
    assert.deepEqual(parameters, [{ name: "size", before: 1, after: 3 }]);
    assert.deepEqual(
      values.map(({ name, before, after, difference }) => [name, before, after, difference]),
      [["rows", 2, 6, 4]],
    );
    assert.deepEqual(groups[0]!.moves, [{ from: "a", to: "b", ids: ["2"] }]);
  });
});
