import { type CodeCell, cellSource } from "./nbformat.js";
import { hasTag } from "./parameters.js";
import { loadTypeScript } from "./typescript.js";

/** A complaint of the type check, `TypeScript: 2:5 - Type ...`. */
const COMPLAINT = /^TypeScript: (\d+):(\d+) - (.*)$/s;

/**
 * Why a cell failed, with the name of the parameter where the type check complains about an injected one: whoever
 * passed it sees no line of the injected cell.
 */
export function nameParameter(cell: CodeCell, reason: string): string {
  const [, line, column, complaint] = COMPLAINT.exec(reason) ?? [];
  if (!hasTag(cell, "injected-parameters") || complaint === undefined) return reason;
  const ts = loadTypeScript();
  const file = ts.createSourceFile("cell.ts", cellSource(cell), ts.ScriptTarget.ES2022);
  const { length } = file.getLineStarts();
  if (Number(line) > length) return reason;
  const at = file.getPositionOfLineAndCharacter(Number(line) - 1, Number(column) - 1);
  const declaration = file.statements.find((statement) => statement.pos <= at && at < statement.end);
  if (!declaration || !ts.isVariableStatement(declaration)) return reason;
  const { name } = declaration.declarationList.declarations[0]!;
  return ts.isIdentifier(name) ? `parameter ${name.text}: ${complaint}` : reason;
}
