import ts from "@tslab/typescript-for-tslab";

/** Cell code with every `{ name }` written out, and the way back to the columns of the original. */
export interface ExpandedCode {
  code: string;
  /** The 1-based column in the original for one in the expanded code. */
  originalColumn(line: number, column: number): number;
}

/**
 * Writes `{ name }` as `{ name: name }`. tslab renames the variables of earlier cells but overlooks them in this
 * short form, so that a cell which passes its type check would fail with "name is not defined".
 */
export function expandShorthand(code: string): ExpandedCode {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022);
  const insertions: { offset: number; text: string; line: number; column: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      const offset = node.name.getStart(file);
      const { line, character } = file.getLineAndCharacterOfPosition(offset);
      insertions.push({ offset, text: `${node.name.text}: `, line: line + 1, column: character + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let expanded = "";
  let from = 0;
  for (const { offset, text } of insertions) {
    expanded += code.slice(from, offset) + text;
    from = offset;
  }
  return {
    code: expanded + code.slice(from),
    originalColumn: (line, column) => {
      let original = column;
      for (const insertion of insertions)
        if (insertion.line === line && insertion.column < original)
          original = Math.max(insertion.column, original - insertion.text.length);
      return original;
    },
  };
}
