import { withCodedTable } from "../data/coded-table.js";
import type { Database } from "../data/database.js";
import { loadTable } from "../data/load-table.js";
import { readSourceFile, type SourceFile } from "../data/read-file.js";
import type { AlertThresholds } from "./alerts.js";
import { codedSource } from "./coded-source.js";
import { type DescribeOptions, describeTable } from "./describe-table.js";
import { defaultLimits, type ProfileLimits, type TableProfile } from "./profile.js";
import { withStaged } from "./staging.js";

/** A file's rows, where they are not in codes. */
const FILE_TABLE = "profiled__file";

/** What a profile may be told. */
export interface ProfileOptions {
  /** What the table is; its name when left out. */
  title?: string;
  /** Thresholds of alerts that differ from `ALERT_RULES`. */
  thresholds?: Partial<AlertThresholds>;
  /** Limits that differ from `defaultLimits`. */
  limits?: Partial<ProfileLimits>;
  /** What was left out before the table was there, in sentences; told before what the profile leaves out. */
  notes?: readonly string[];
}

/**
 * Everything about a table or view at a glance: overview, alerts, each column, interactions, correlations, gaps,
 * duplicates and first and last rows, as plain data that survives JSON.
 *
 * Numbers that no computation could give are `null`. What a limit left out is said in `limits`.
 * @param table - name of a table or view with any columns; it is read once.
 * @throws RangeError for a limit that is not a positive whole number, or a threshold of no kind of alert.
 * @throws Error when there is no such table.
 */
export async function profileTable(
  db: Database,
  table: string,
  options: ProfileOptions = {},
): Promise<TableProfile> {
  const limits = checkLimits({ ...defaultLimits, ...options.limits });
  return withStaged(db, table, (staged) => describeTable(db, staged, limits, { title: table, ...options }));
}

/**
 * `profileTable` of the table that `loadTable` makes of a file, with the notes of both.
 * @throws InputError when the file cannot be used or has no row that fits its header.
 */
export async function profileFile(
  db: Database,
  path: string | SourceFile,
  options: ProfileOptions = {},
): Promise<TableProfile> {
  const file = typeof path === "string" ? await readSourceFile(path) : path;
  const limits = checkLimits({ ...defaultLimits, ...options.limits });
  const noted = (notes: readonly string[]): DescribeOptions => ({
    title: file.name,
    ...options,
    notes: [...notes, ...(options.notes ?? [])],
  });
  const profile = await db.inOneThread(() =>
    withCodedTable(db, file, (coded) =>
      describeTable(db, codedSource(db, coded), limits, noted(coded.summary.notes)),
    ),
  );
  if (profile !== undefined) return profile;
  const { notes } = await loadTable(db, file, FILE_TABLE);
  try {
    return await profileTable(db, FILE_TABLE, { ...options, ...noted(notes) });
  } finally {
    await db.run(`DROP TABLE ${FILE_TABLE}`);
  }
}

function checkLimits(limits: ProfileLimits): ProfileLimits {
  for (const [name, value] of Object.entries(limits))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`profileTable needs a positive whole limit ${name}, got ${value}`);
  return limits;
}
