import { basename } from "node:path";
import { readSourceFile } from "../data/read-file.js";
import { ALERT_RULES, type AlertThresholds } from "../profiling/alerts.js";
import { formatBytes } from "../profiling/html/variables.js";
import { defaultLimits, type ProfileLimits, type TableProfile } from "../profiling/profile.js";
import { counted } from "../profiling/wording.js";
import { writeFileAtomic } from "../runner/files.js";
import { STDIO } from "../runner/notebook-file.js";
import { baseName, requireOtherFile } from "./named-files.js";

/** What `insiders profile` can be told. */
export interface ProfileArguments {
  /** File to write, from the current folder; `-` for standard output, a name in `.json` for JSON instead of a page. */
  output?: string;
  /** Writes the JSON as well, beside the page. */
  json?: boolean;
  title?: string;
  /** Another table, to be set beside the first. */
  compare?: string;
  /** Names and values as written. */
  threshold?: readonly (readonly [kind: string, value: string])[];
  limit?: readonly (readonly [name: string, value: string])[];
}

/**
 * Writes the profile of a table, or the comparison of two, and says where it is.
 * @throws Error in one line when a file cannot be read or written; nothing is written then.
 */
export async function profile(path: string, options: ProfileArguments = {}): Promise<void> {
  const settings = {
    thresholds: numbersOf(
      "--threshold",
      Object.keys(ALERT_RULES),
      options.threshold,
    ) as Partial<AlertThresholds>,
    limits: numbersOf("--limit", Object.keys(defaultLimits), options.limit) as Partial<ProfileLimits>,
  };
  const targets = targetsOf(path, options);
  // Unpacked while what reads and describes them is loaded.
  const files = Promise.all(
    [path, ...(options.compare === undefined ? [] : [options.compare])].map(readSourceFile),
  );
  files.catch(() => {});
  const { withDatabase } = await import("../data/database.js");
  const { profileFile } = await import("../profiling/profile-table.js");
  const made = await withDatabase(async (db) => {
    const [first, second] = await files;
    if (options.compare === undefined)
      return describeOne(
        await profileFile(db, first!, { ...settings, title: options.title ?? basename(path) }),
      );
    const [left, right] = titlesOf(path, options.compare);
    return describeTwo(
      await profileFile(db, first!, { ...settings, title: left }),
      await profileFile(db, second!, { ...settings, title: right }),
      options.title,
    );
  });
  for (const { path: target, isJson } of targets) {
    const text = isJson ? `${JSON.stringify(made.data, null, 2)}\n` : made.page();
    if (target === STDIO) process.stdout.write(text);
    else writeFileAtomic(target, text);
    const line = `${target === STDIO ? "standard output" : target}   ${made.size}, ${formatBytes(Buffer.byteLength(text))}\n`;
    (targets.some((each) => each.path === STDIO) ? process.stderr : process.stdout).write(line);
  }
}

interface Target {
  path: string;
  isJson: boolean;
}

/** The files to write. @throws Error when one would take the place of what is read. */
function targetsOf(path: string, { output, json, compare }: ProfileArguments): Target[] {
  const page =
    output ??
    `${baseName(path)}-${compare === undefined ? "profile" : `and-${baseName(compare)}-profile`}.html`;
  const isOnlyJson = /\.json$/i.test(page) || (page === STDIO && json === true);
  const targets = [{ path: page, isJson: isOnlyJson }];
  if (json && !isOnlyJson) targets.push({ path: page.replace(/(\.html?)?$/i, ".json"), isJson: true });
  for (const target of targets) requireOtherFile(target.path, [path, compare]);
  return targets;
}

/** What is to be written. */
interface Description {
  data: object;
  page: () => string;
  size: string;
}

async function describeOne(profile: TableProfile): Promise<Description> {
  const { renderProfilePage } = await import("../profiling/render-profile.js");
  return { data: profile, page: () => renderProfilePage(profile), size: sizeOf(profile) };
}

async function describeTwo(
  left: TableProfile,
  right: TableProfile,
  title: string | undefined,
): Promise<Description> {
  const { compareProfiles } = await import("../profiling/compare-profiles.js");
  const { renderComparisonPage } = await import("../profiling/render-comparison.js");
  const comparison = compareProfiles(left, right);
  const page = (): string => renderComparisonPage(comparison, title);
  return { data: comparison, page, size: `${sizeOf(left)} beside ${sizeOf(right)}` };
}

function sizeOf({ overview: { rows, columns } }: TableProfile): string {
  return `${counted(rows, "row")} x ${counted(columns, "column")}`;
}

/** What two files are called: their names, or their paths when those are the same. */
function titlesOf(left: string, right: string): [string, string] {
  const names: [string, string] = [basename(left), basename(right)];
  return names[0] === names[1] ? [left, right] : names;
}

function numbersOf(
  flag: string,
  known: readonly string[],
  pairs: readonly (readonly [name: string, value: string])[] = [],
): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of pairs) {
    if (!known.includes(name)) throw new Error(`${flag} has no ${name}; there are ${known.join(", ")}`);
    if (value.trim() === "" || Number.isNaN(Number(value)))
      throw new Error(`${flag} ${name} needs a number, got ${value}`);
    numbers[name] = Number(value);
  }
  return numbers;
}
