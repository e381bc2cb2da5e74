#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import { packageVersion } from "../runner/version.js";
import { collectPair, joinPairs } from "./argument-pairs.js";
import { surviveClosedPipes } from "./closed-pipes.js";
import type { CompareArguments } from "./compare.js";
import { oneLineErrors } from "./complaints.js";
import { addExecuteCommand, optionKinds } from "./execute-command.js";
import { ExitError } from "./exit-error.js";
import type { ProfileArguments } from "./profile.js";
import type { ReportArguments } from "./report.js";
import type { ScoreArguments } from "./score.js";

surviveClosedPipes();

const root = fileURLToPath(new URL("../..", import.meta.url));

const program = new Command("insiders")
  .description("Find an online shop's most valuable customers: notebooks, reports and the tools around them.")
  .version(packageVersion)
  .option("--verbose", "show the stack of an error")
  // `execute --version` and a value that looks like an option are the command's own.
  .enablePositionalOptions()
  .configureOutput(oneLineErrors("insiders --help"));

program
  .command("report")
  .description("run the notebooks in order, those that changed, and write one HTML report each, and an index")
  .option("--source <path>", "invoice lines to analyse (default: INSIDERS_SOURCE, data/raw/, the sample)")
  .option(
    "--workspace <folder>",
    "where the cycles hand over their artifacts (default: the project's data/interim)",
  )
  .option("--output <folder>", "where the reports go (default: the project's reports)")
  .addOption(
    new Option("-p, --parameters <name> <value>", "for the notebooks that declare it").argParser(collectPair),
  )
  .option("--only <notebooks>", "run these only, by number or name: 03,05..07")
  .option("--from <notebook>", "run this one and all that come after it")
  .option("--force", "run notebooks again that have not changed")
  .option("--standalone", "write insiders.html as well: the index and all reports in one file, to be mailed")
  .action(async (options: ReportArguments) => {
    const { report } = await import("./report.js");
    await report(root, options);
  });

program
  .command("compare")
  .description(
    "show what changed between two runs: parameters, source, values, groups and who moved, statuses",
  )
  .argument("<before>", "a run by its id, the beginning of it, latest or previous")
  .argument("<after>", "another one")
  .option("--output <folder>", "where the reports are (default: the project's reports)")
  .option("--json", "write it as JSON")
  .action(async (before: string, after: string, options: CompareArguments) => {
    const { compare } = await import("./compare.js");
    compare(root, before, after, options);
  });

program
  .command("profile")
  .description(
    "describe any table in one HTML page: columns, alerts, interactions, correlations, gaps, duplicates",
  )
  .argument("<file>", "delimited text (plain or gzip) or Parquet, whatever its columns")
  .argument(
    "[output]",
    "the page (default: <file>-profile.html in this folder); .json writes JSON, - standard output",
  )
  .option("--output <path>", "the same")
  .option("--json", "write the numbers as JSON as well, beside the page; with - instead of it")
  .option("--title <text>", "title of the page (default: the file's name)")
  .option("--compare <file>", "set another table beside this one")
  .addOption(
    new Option(
      "--threshold <alert> <value>",
      "from when on an alert is raised, repeatable; the page lists them",
    ).argParser(collectPair),
  )
  .addOption(
    new Option(
      "--limit <name> <count>",
      "how much is looked at, repeatable; an unknown name lists them",
    ).argParser(collectPair),
  )
  .action(async (file: string, output: string | undefined, options: ProfileArguments) => {
    const { profile } = await import("./profile.js");
    await profile(file, output === undefined ? options : { output, ...options });
    await leave();
  });

program
  .command("score")
  .description(
    "say in which segment each customer of new invoice lines is, by a stored model; nothing is fitted. " +
      "The table has customer_id, segment, how clear it is, and the features: of K-Means distance (to the own centre) " +
      "and next_distance (to the nearest other), of a mixture probability (of the own segment). From 100 customers on " +
      "a line warns when the shares of the segments have drifted from the model's (stability index above 0.25)",
  )
  .argument("<file>", "invoice lines: delimited text (plain or gzip) or Parquet")
  .requiredOption("--model <path>", "the model.json that a run wrote")
  .option(
    "--output <path>",
    "the table, .csv or .parquet (default: <file>-segments.csv in this folder); - writes CSV to standard output",
  )
  .option(
    "--reference-date <day>",
    "YYYY-MM-DD, nothing from it on is known (default: the day after the last line)",
  )
  .option("--date-format <name>", "how dates are written, where no row of the file tells day from month")
  .option("--json <path>", "write a summary as JSON as well; - is standard output")
  .action(async (file: string, options: ScoreArguments) => {
    const { score } = await import("./score.js");
    await score(file, options);
  });

program
  .command("lab")
  .description("open JupyterLab with the kernel and the package ready")
  .argument("[arguments...]", "passed on to jupyter lab")
  .allowUnknownOption()
  .action(async (args: string[]) => {
    const { openLab } = await import("./lab.js");
    process.exitCode = await openLab(root, args);
  });

program
  .command("sample")
  .description("write the synthetic sample data set")
  .option("--seed <integer>", "seed of the generator", Number)
  .option("--customers <count>", "how many customers the invented shop has", Number)
  .option("--output <path>", "file to write")
  .action(async (options: { seed?: number; customers?: number; output?: string }) => {
    const { writeSample } = await import("./sample.js");
    writeSample(options);
  });

addExecuteCommand(
  program,
  `${packageVersion} from ${fileURLToPath(import.meta.url)} (${process.versions.node})`,
);
for (const command of program.commands) command.option("--verbose", "show the stack of an error");

try {
  const args = process.argv.slice(2);
  const name = args.find((arg) => !arg.startsWith("-"));
  const command = program.commands.find((candidate) => candidate.name() === name);
  // What follows `lab` is for Jupyter to read.
  const takesPairs = command !== undefined && name !== "lab";
  await program.parseAsync(takesPairs ? joinPairs(args, optionKinds(command)) : args, { from: "user" });
} catch (error) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`insiders: ${isVerbose() ? stack : message.split("\n")[0]}\n`);
  process.exitCode = error instanceof ExitError ? error.exitCode : 1;
}

function isVerbose(): boolean {
  return [program, ...program.commands].some((command) => command.opts()["verbose"]);
}

/** Ends the program once all it wrote has left; to take down piece by piece what it held would take longer. */
async function leave(): Promise<never> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((done) => stream.write("", () => done()));
  process.exit();
}
