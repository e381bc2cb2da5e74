import { extname, resolve } from "node:path";
import { DATE_FORMATS, type DateFormatName } from "../data/date-formats.js";
import { readSourceFile } from "../data/read-file.js";
import { formatDate, formatNumber } from "../format.js";
import { counted } from "../profiling/wording.js";
import type { Model } from "../publish/model.js";
import { modelChecksum } from "../publish/model-file.js";
import { readModel } from "../publish/model-store.js";
import type { InvoiceScores } from "../publish/score-invoices.js";
import { writeFileAtomic } from "../runner/files.js";
import { STDIO } from "../runner/notebook-file.js";
import { baseName, requireOtherFile } from "./named-files.js";
import { stepProgress } from "./progress.js";

/** What `insiders score` can be told. */
export interface ScoreArguments {
  /** A model's file, from the current folder. */
  model: string;
  /** File to write, `.csv` or `.parquet`; `-` for CSV on standard output. */
  output?: string;
  referenceDate?: string;
  dateFormat?: string;
  /** File for the summary; `-` for standard output. */
  json?: string;
}

/** Where lines go. */
interface Streams {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/**
 * Writes which segment each customer of a file is in, and says where it is.
 * @throws Error in one line when a file cannot be read or written; what is written is whole.
 */
export async function score(
  path: string,
  options: ScoreArguments,
  streams: Streams = process,
): Promise<void> {
  const output = options.output ?? `${baseName(path)}-segments.csv`;
  const isParquet = requireTargets(path, output, options);
  const dateFormat = knownFormat(options.dateFormat);
  // Unpacked while the model is read and the database is loaded.
  const file = readSourceFile(path);
  file.catch(() => {});
  const model = await readModel(options.model);
  const [{ withDatabase }, { scoreInvoices }, { scoresAsCsv, scoresAsParquet }] = await Promise.all([
    import("../data/database.js"),
    import("../publish/score-invoices.js"),
    import("../publish/score-table.js"),
  ]);
  const step = stepProgress(process.stderr);
  const { scores, content } = await withDatabase(async (db) => {
    const lines = await file;
    const { referenceDate } = options;
    const scores = await scoreInvoices(db, lines, model, { referenceDate, dateFormat, onStep: step });
    step("writing");
    return { scores, content: isParquet ? await scoresAsParquet(db) : await scoresAsCsv(db) };
  }).finally(() => step(""));
  write(output, content, streams);
  if (options.json !== undefined)
    write(options.json, `${JSON.stringify(summarise(scores, model), null, 2)}\n`, streams);
  say(output, options.json, scores, streams);
}

/** @returns whether the table is Parquet. @throws Error when a target is of no known kind, or one that is read. */
function requireTargets(path: string, output: string, { model, json }: ScoreArguments): boolean {
  const kind = extname(output).toLowerCase();
  if (output !== STDIO && kind !== ".csv" && kind !== ".parquet")
    throw new Error(`${output} is neither .csv nor .parquet: name such a file, or - for standard output`);
  for (const target of [output, json])
    if (target !== undefined && target !== STDIO) requireOtherFile(target, [path, model]);
  if (json !== undefined && (json === STDIO ? output === STDIO : resolve(json) === resolve(output)))
    throw new Error(
      json === STDIO
        ? "standard output takes the table or the summary: name a file for one of them"
        : `${json} is written twice: name another file for the table or the summary`,
    );
  return output !== STDIO && kind === ".parquet";
}

function knownFormat(name: string | undefined): DateFormatName | undefined {
  if (name === undefined) return undefined;
  const found = DATE_FORMATS.find((format) => format.name === name);
  if (found !== undefined) return found.name;
  throw new Error(
    `--date-format has no "${name}"; there are ${DATE_FORMATS.map((format) => format.name).join(", ")}`,
  );
}

function write(path: string, content: string | Buffer | readonly string[], { stdout }: Streams): void {
  if (path !== STDIO) writeFileAtomic(path, content);
  else stdout.write(typeof content === "string" ? content : (content as readonly string[]).join(""));
}

/** What `--json` writes. */
function summarise({ load, ...scores }: InvoiceScores, model: Model): object {
  return {
    format: "insiders-scores/1",
    ...scores,
    model: {
      checksum: modelChecksum(model),
      productVersion: model.productVersion,
      space: model.space.kind,
      clustering: model.clustering.kind,
      features: model.features.map(({ name }) => name),
      training: model.training,
    },
    source: load,
  };
}

function say(
  output: string,
  json: string | undefined,
  scores: InvoiceScores,
  { stdout, stderr }: Streams,
): void {
  const { load, segments, customers, referenceDate, imputed, drift } = scores;
  const sizes = segments.map((size) => `${size.segment} ${formatNumber(size.customers)}`).join(", ");
  const where = output === STDIO ? "standard output" : output;
  const stream = output === STDIO || json === STDIO ? stderr : stdout;
  stream.write(
    `${where}   ${counted(customers, "customer")} at the start of ${formatDate(referenceDate)}: ${sizes}\n`,
  );
  const warnings = [
    ...(load.dateIsAmbiguous
      ? [`no row of ${load.file} tells day from month; read as ${load.dateFormat} (see --date-format)`]
      : []),
    ...(load.rejected > 0
      ? [
          `${formatNumber(load.rejected)} of ${formatNumber(load.rows)} rows of ${load.file} could not be read`,
        ]
      : []),
    ...Object.entries(imputed).map(
      ([name, count]) => `${name} was not known of ${counted(count, "customer")} and was filled in`,
    ),
    ...(drift?.hasDrifted
      ? [
          `the shares of the segments are not those of the model's own customers (population stability index ${formatNumber(drift.index, 2)}, above ${drift.threshold}): fit the model again`,
        ]
      : []),
  ];
  for (const warning of warnings) stderr.write(`insiders: ${warning}\n`);
}
