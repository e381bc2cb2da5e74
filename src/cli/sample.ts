import { generateSample, type SampleOptions } from "../data/sample.js";
import { formatNumber } from "../format.js";
import { writeFileAtomic } from "../runner/files.js";

/** What `insiders sample` can be told. */
export interface SampleArguments extends Pick<SampleOptions, "seed" | "customers"> {
  /** File to write, from the current folder. */
  output?: string;
}

const DEFAULT_OUTPUT = "data/sample/online-retail-sample.csv";

/** Writes the synthetic sample as the original is encoded (ISO-8859-1) and says where it is. */
export function writeSample({ output = DEFAULT_OUTPUT, ...options }: SampleArguments = {}): void {
  const text = generateSample(options);
  writeFileAtomic(output, Buffer.from(text, "latin1"));
  const lines = text.split("\n").length - 2;
  process.stdout.write(`${output}   ${formatNumber(lines)} invoice lines\n`);
}
