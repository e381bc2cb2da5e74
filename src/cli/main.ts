#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { joinPairs } from "./argument-pairs.js";
import { oneLineErrors } from "./complaints.js";
import { addExecuteCommand, optionKinds } from "./execute-command.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("insiders")
  .description("Find an online shop's most valuable customers: notebooks, reports and the tools around them.")
  .version(version)
  .option("--verbose", "show the stack of an error")
  // `execute --version` and a value that looks like an option are the command's own.
  .enablePositionalOptions()
  .configureOutput(oneLineErrors("insiders --help"));

program
  .command("report")
  .description("run the notebooks in order and write one HTML report each, and an index")
  .option("--source <path>", "invoice lines to analyse (default: INSIDERS_SOURCE, data/raw/, the sample)")
  .option(
    "--workspace <folder>",
    "where the cycles hand over their artifacts (default: the project's data/interim)",
  )
  .option("--output <folder>", "where the reports go (default: the project's reports)")
  .action(async (options: { source?: string; workspace?: string; output?: string }) => {
    const { report } = await import("./report.js");
    await report(root, options);
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

const execute = addExecuteCommand(
  program,
  `${version} from ${fileURLToPath(import.meta.url)} (${process.versions.node})`,
);
for (const command of program.commands) command.option("--verbose", "show the stack of an error");

try {
  const args = process.argv.slice(2);
  const isExecute = args.find((arg) => !arg.startsWith("-")) === execute.name();
  await program.parseAsync(isExecute ? joinPairs(args, optionKinds(execute)) : args, { from: "user" });
} catch (error) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`insiders: ${isVerbose() ? stack : message.split("\n")[0]}\n`);
  process.exitCode = 1;
}

function isVerbose(): boolean {
  return [program, ...program.commands].some((command) => command.opts()["verbose"]);
}
