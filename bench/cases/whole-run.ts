import type { Case } from "../case.js";
import kernelStart from "./kernel-start.js";

/** What somebody at a terminal waits for: kernel-start, and the runner's own start and end as well. */
const wholeRun: Case = {
  ...kernelStart,
  name: "whole-run",
  title: "The whole process that runs a notebook of one cell, `1`: runner and kernel start, run and end",
  figure: "process",
};
export default wholeRun;
