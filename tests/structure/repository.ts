/** A tracked file: its path from the top, its size in bytes, its text (null for a binary file). */
export interface TrackedFile {
  path: string;
  bytes: number;
  text: string | null;
}

/** What is read of a package's own description. */
export interface PackageDescription {
  name?: string;
  license?: string | { type?: string };
  licenses?: { type?: string }[];
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  overrides?: Record<string, string>;
}

const MAX_BYTES = 1_500_000;

/** Paths that only exist on somebody's machine; relative ones and the paths of addresses are none. */
const MACHINE_PATH = /(?<![\w.~}-])(?:\/(?:home|root|work|Users)\/[\w.-]+|[A-Z]:\\{1,2}Users\b)/;

/** Hosts of package registries, put together here so that this file does not name them. */
const REGISTRY_HOST = new RegExp(
  [
    ["registry", "npmjs"],
    ["registry", "yarnpkg"],
    ["npmmirror", "com"],
    ["pypi", "org"],
    ["files", "pythonhosted"],
    ["crates", "io"],
    ["deb", "debian"],
    ["proxy", "golang"],
    ["repo1?", "maven"],
  ]
    .map((parts) => parts.join(String.raw`\.`))
    .join("|"),
);

/** A folder beside the checkout that only the script of the build server may know. */
const BESIDE = new RegExp(`\\.\\./${["sha", "red"].join("")}(?![\\w.-])`);

/** What must not be committed: machine paths, registry hosts, large files, folders outside the checkout. */
export function findFileProblems(file: TrackedFile): string[] {
  const problems: string[] = [];
  if (file.bytes > MAX_BYTES) problems.push(`${file.path}: ${file.bytes} bytes, at most ${MAX_BYTES}`);
  (file.text ?? "").split("\n").forEach((line, i) => {
    const at = `${file.path}:${i + 1}`;
    const path = line.match(MACHINE_PATH)?.[0];
    if (path) problems.push(`${at}: names a path of some machine: ${path}`);
    const host = line.match(REGISTRY_HOST)?.[0];
    if (host) problems.push(`${at}: names a package registry: ${host}`);
    if (file.path !== ".ci/run" && BESIDE.test(line)) problems.push(`${at}: looks beside the checkout`);
  });
  return problems;
}

/** Addresses that the lock file would install from; none, so that each machine uses its own registry. */
export function findLockProblems(lockText: string): string[] {
  const { packages } = JSON.parse(lockText) as { packages: Record<string, { resolved?: string }> };
  return Object.entries(packages).flatMap(([path, { resolved }]) =>
    resolved && /^(https?|git)/.test(resolved) ? [`${path} comes from ${resolved}`] : [],
  );
}

/** Dependencies that could change under us: all are exact, types may follow a major version. */
export function findVersionProblems(description: PackageDescription): string[] {
  const { dependencies, devDependencies, overrides } = description;
  return Object.entries({ ...dependencies, ...devDependencies, ...overrides }).flatMap(([name, version]) => {
    if (name.startsWith("@types/") && /^\^\d+\.\d+\.\d+$/.test(version)) return [];
    const isExact = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version);
    return isExact || version === "file:." ? [] : [`${name} is "${version}", not one exact version`];
  });
}

/** The licence a package states, as an SPDX expression where it has one. */
export function statedLicence({ license, licenses }: PackageDescription): string {
  if (typeof license === "string") return license;
  const old = (licenses ?? (license ? [license] : [])).map(({ type }) => type ?? "");
  return old.join(" OR ");
}

/** Whether nobody who uses the package must publish source under a GPL: at least one choice is free of it. */
export function isFreeOfGpl(licence: string): boolean {
  return licence.split(/\bOR\b/i).some((choice) => !/\b[AL]?GPL/i.test(choice));
}

const PERMISSIVE = new Set(
  ["MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "Zlib", "CC0-1.0"].concat(
    // File-level copyleft: binds changes to its own files only (zeromq, a binding used unchanged).
    ["Unlicense", "BlueOak-1.0.0", "MPL-2.0"],
  ),
);

/** Whether some choice of the licence asks for no more than permissive terms. */
export function isPermissive(licence: string): boolean {
  const choices = licence.replaceAll(/[()]/g, "").split(/\s+OR\s+/);
  return choices.some((choice) => choice.split(/\s+AND\s+/).every((term) => PERMISSIVE.has(term.trim())));
}
