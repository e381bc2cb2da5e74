import { type Command, InvalidArgumentError, Option } from "commander";
import { collectPair, type OptionKinds } from "./argument-pairs.js";
import { oneLineErrors } from "./complaints.js";
import type { ExecuteArguments } from "./execute.js";
import { LOG_LEVELS } from "./logger.js";

/** Exit code of a command that was called the wrong way. */
const WRONG_USAGE = 2;

/** How `insiders execute` takes its arguments; what it does is loaded when it is called. */
export function addExecuteCommand(program: Command, version: string): Command {
  const command = program
    .command("execute")
    .summary("run one notebook with parameters, as papermill does")
    .description(
      "Run one notebook with parameters, as papermill does. `-` and pipes stand for standard input and output.",
    )
    .argument("[notebook_path]", "the notebook; may hold {names} of parameters")
    .argument("[output_path]", "where the executed notebook goes; may hold {names} of parameters")
    .configureOutput(oneLineErrors("insiders execute --help"))
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USAGE))
    .version(version, "--version", "show version, place and Node.js version")
    .option("--help-notebook", "show the parameters of the notebook")
    .addOption(pair("-p, --parameters <name> <value>", "a parameter; numbers, True, False, None are such"))
    .addOption(pair("-r, --parameters_raw <name> <value>", "a parameter that stays text"))
    .addOption(list("-f, --parameters_file <path>", "parameters of a YAML or JSON file"))
    .addOption(list("-y, --parameters_yaml <text>", "parameters as YAML"))
    .addOption(list("-b, --parameters_base64 <text>", "parameters as YAML in base64"))
    .option("--inject-input-path", "give the notebook its path as PAPERMILL_INPUT_PATH")
    .option("--inject-output-path", "give the notebook the output's path as PAPERMILL_OUTPUT_PATH")
    .option("--inject-paths", "give the notebook both paths")
    .option("--request-save-on-cell-execute", "save after each cell (default)")
    .option("--no-request-save-on-cell-execute", "save at the end only")
    .addOption(seconds("--autosave-cell-every <seconds>", "save while a cell runs; 0 for never").default(30))
    .option("--prepare-only", "write the notebook with its parameters, run nothing")
    .option("--prepare-execute", "run it (default)")
    .option("-k, --kernel <name>", "the kernel, instead of the notebook's")
    .option("-l, --language <name>", "the language of parameters, instead of the notebook's")
    .option("--cwd <folder>", "working directory of the notebook")
    .option("--progress-bar", "show progress (default, unless --log-output or standard output is the output)")
    .option("--no-progress-bar", "show no progress")
    .option("--log-output", "log what cells put out")
    .option("--no-log-output", "do not (default)")
    .option("--stdout-file <path>", "file for what cells write to standard output")
    .option("--stderr-file <path>", "file for what cells write to standard error")
    .addOption(
      new Option("--log-level <level>", "least level of messages").choices(LOG_LEVELS).default("INFO"),
    )
    .addOption(seconds("--start-timeout <seconds>", "time for the kernel to start").default(60))
    .addOption(seconds("--start_timeout <seconds>", "the same").hideHelp())
    .addOption(seconds("--execution-timeout <seconds>", "time for each cell (default: forever)"))
    .option("--report-mode", "hide the code of cells in Jupyter")
    .option("--no-report-mode", "do not (default)")
    .action(async (notebookPath: string | undefined, outputPath: string | undefined, options) => {
      const { execute, UsageError } = await import("./execute.js");
      try {
        process.exitCode = await execute(notebookPath, outputPath, options as ExecuteArguments);
      } catch (error) {
        if (error instanceof UsageError) command.error(`error: ${error.message}`);
        throw error;
      }
    });
  command.on("option:prepare-execute", () => command.setOptionValue("prepareOnly", false));
  command.on("option:start_timeout", () =>
    command.setOptionValue("startTimeout", command.getOptionValue("start_timeout")),
  );
  return command;
}

/** Which options of a command take a name and a value, and which one value. */
export function optionKinds(command: Command): OptionKinds {
  const pairs: Record<string, string> = {};
  const single: string[] = [];
  for (const { short, long, required, flags } of command.options) {
    const names = [short, long].filter((name) => name !== undefined);
    if (/> <|> \[/.test(flags)) for (const name of names) pairs[name] = long!;
    else if (required) single.push(...names);
  }
  return { pairs, single };
}

function pair(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collectPair);
}

function list(flags: string, description: string): Option {
  const collect = (text: string, earlier: string[] = []): string[] => [...earlier, text];
  return new Option(flags, description).argParser(collect);
}

/** The longest time a timer of Node can wait for, 24 days; after a longer one it would not wait at all. */
const LONGEST_SECONDS = Math.floor((2 ** 31 - 1) / 1000);

function seconds(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (!/^\+?\d+$/.test(text)) throw new InvalidArgumentError("It is no whole number of seconds.");
    return Math.min(Number(text), LONGEST_SECONDS);
  });
}
