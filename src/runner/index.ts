/** Running notebooks from TypeScript: `import { executeNotebook } from "insiders/runner"`. */
export {
  type CellProgress,
  type CellText,
  executeNotebook,
  NotebookFailedError,
  type RunFailure,
  type RunOptions,
  type RunResult,
} from "./execute.js";
export { type InspectedParameter, inspectNotebook } from "./inspect.js";
export type { CodeCell, Notebook, NotebookCell, Output, TextCell } from "./nbformat.js";
export type { Parameters, ParameterValue } from "./parameters.js";
