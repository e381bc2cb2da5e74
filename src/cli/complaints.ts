import type { OutputConfiguration } from "commander";

/** What commander complains about, in one line. @param help - the command that shows what is right. */
export function oneLineErrors(help: string): OutputConfiguration {
  return {
    outputError: (text, write) => {
      const complaint = text
        .trim()
        .replace(/^error: /, "")
        .replace(/\s+/g, " ")
        .replace(/\.$/, "");
      write(`insiders: ${complaint}; ${help} shows what there is\n`);
    },
  };
}
