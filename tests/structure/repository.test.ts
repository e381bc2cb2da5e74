import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  findFileProblems,
  findLockProblems,
  findVersionProblems,
  isFreeOfGpl,
  isPermissive,
  type PackageDescription,
  statedLicence,
  type TrackedFile,
} from "./repository.js";
import { readText, root } from "./support.js";

const git = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
});
const noGit = git.status !== 0 && "not a git checkout";

function readTracked(path: string): TrackedFile {
  const content = readFileSync(join(root, path));
  return { path, bytes: content.length, text: content.includes(0) ? null : content.toString("utf8") };
}

const describePackage = (path: string): PackageDescription =>
  JSON.parse(readText(path)) as PackageDescription;

describe("the repository", () => {
  it("holds no machine path, registry host, large file or look beside it", { skip: noGit }, () => {
    const paths = git.stdout.split("\0").filter((path) => path !== "" && existsSync(join(root, path)));
    assert.ok(paths.includes("package.json"));
    assert.deepEqual(paths.map(readTracked).flatMap(findFileProblems), []);
  });

  it("locks packages without the address they came from", () => {
    assert.deepEqual(findLockProblems(readText("package-lock.json")), []);
  });

  it("pins every dependency", () => {
    assert.deepEqual(findVersionProblems(describePackage("package.json")), []);
  });
});

describe("the licences", () => {
  const { dependencies, devDependencies } = describePackage("package.json");

  it("of direct dependencies are permissive", () => {
    const bad = Object.keys({ ...dependencies, ...devDependencies })
      .map((name) => `${name}: ${statedLicence(describePackage(`node_modules/${name}/package.json`))}`)
      .filter((text) => !isPermissive(text.split(": ")[1]!));
    assert.deepEqual(bad, []);
  });

  it("of everything installed leave a choice without GPL", () => {
    const bad = installedPackages()
      .map((folder) => `${folder}: ${statedLicence(describePackage(`node_modules/${folder}/package.json`))}`)
      .filter((text) => !isFreeOfGpl(text));
    assert.deepEqual(bad, []);
  });
});

/** Folders of installed packages, nested ones included. */
function installedPackages(): string[] {
  const lock = JSON.parse(readText("node_modules/.package-lock.json")) as {
    packages: Record<string, unknown>;
  };
  const folders = Object.keys(lock.packages)
    .filter((path) => path.startsWith("node_modules/") && existsSync(join(root, path, "package.json")))
    .map((path) => path.slice("node_modules/".length));
  assert.ok(folders.length > 100, `${folders.length} packages are installed`);
  return folders;
}

describe("the file check", () => {
  const problemsOf = (text: string, path = "src/x.ts"): string[] =>
    findFileProblems({ path, bytes: text.length, text });

  it("catches paths of a machine, not those of addresses or of the project", () => {
    for (const folder of ["home", "root", "work", "Users"])
      assert.equal(problemsOf(`open("/${folder}/someone/x.csv")`).length, 1, folder);
    assert.equal(problemsOf(`open("C:${"\\\\"}Users${"\\\\"}me")`).length, 1);
    assert.deepEqual(
      problemsOf(["https://x.org/home/y", "./work/x", "../home/x", "${top}/work/x"].join("\n")),
      [],
    );
  });

  it("catches package registries, large files and the folder beside the checkout", () => {
    assert.deepEqual(problemsOf(`https://${["registry", "npmjs", "org"].join(".")}/x`), [
      `src/x.ts:1: names a package registry: ${["registry", "npmjs"].join(".")}`,
    ]);
    const beside = ["..", "shared", "data"].join("/");
    assert.deepEqual(problemsOf(`a\n${beside}`), ["src/x.ts:2: looks beside the checkout"]);
    assert.deepEqual(problemsOf(beside, ".ci/run"), []);
    assert.deepEqual(problemsOf('import "../shared.js"'), []);
    assert.equal(findFileProblems({ path: "x.bin", bytes: 1_500_001, text: null }).length, 1);
  });
});

describe("the dependency checks", () => {
  it("catch addresses in the lock file", () => {
    const lock = {
      packages: { "node_modules/a": { resolved: "https://x.org/a.tgz" }, "node_modules/b": {} },
    };
    assert.deepEqual(findLockProblems(JSON.stringify(lock)), [
      "node_modules/a comes from https://x.org/a.tgz",
    ]);
  });

  it("catch versions that move", () => {
    const dependencies = {
      a: "1.0.0",
      b: "^1.0.0",
      c: "npm:@x/y@0.20.3",
      d: "latest",
      me: "file:.",
      e: "npm:z",
    };
    const devDependencies = { "@types/node": "^20.0.0", f: "1.5.5-r.5", g: "*" };
    const found = findVersionProblems({ dependencies, devDependencies }).map((text) => text.split(" ")[0]);
    assert.deepEqual(found, ["b", "d", "e", "g"]);
  });

  it("read licences old and new, and honour a choice", () => {
    assert.equal(statedLicence({ licenses: [{ type: "MIT" }, { type: "GPL" }] }), "MIT OR GPL");
    assert.equal(statedLicence({ license: { type: "BSD" } }), "BSD");
    assert.ok(
      isFreeOfGpl("(MIT OR GPL-3.0-or-later)") &&
        !isFreeOfGpl("LGPL-3.0") &&
        !isFreeOfGpl("MIT AND AGPL-3.0"),
    );
    assert.ok(isPermissive("MIT AND MPL-2.0") && isPermissive("(GPL-2.0 OR MIT)"));
    assert.ok(!isPermissive("GPL-3.0") && !isPermissive("") && !isPermissive("MIT AND GPL-2.0"));
  });
});
