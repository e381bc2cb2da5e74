import type { Identifier, Node } from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "./typescript.js";

const ts = loadTypeScript();

/** Cell code as tslab needs it, and the way back to the columns of the original. */
export interface ExpandedCode {
  code: string;
  /** The 1-based column in the original for one in the expanded code. */
  originalColumn(line: number, column: number): number;
}

/** Text put in at an offset of the original, whose 1-based line and column are noted. */
interface Insertion {
  offset: number;
  text: string;
  line: number;
  column: number;
}

/**
 * Writes out three forms that tslab misreads; lines stay lines.
 *
 * `{ name }` becomes `{ name: name }`: tslab renames the variables of earlier cells but overlooks them there, so that
 * a cell which passes its type check would fail with "name is not defined".
 *
 * `{ name: other }` in a pattern becomes `{ "name": other }`: within an object or among parameters tslab takes the name for
 * the variable of an earlier cell, and what it writes is no JavaScript.
 *
 * `await (...)` outside of functions becomes `await Promise.resolve((...))`: tslab's parser takes it for a call of a
 * function named await.
 */
export function expandCell(code: string): ExpandedCode {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  const insertions: Insertion[] = [];
  const insert = (offset: number, text: string): void => {
    const { line, character } = file.getLineAndCharacterOfPosition(offset);
    insertions.push({ offset, text, line: line + 1, column: character + 1 });
  };
  const visit = (node: Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) insert(node.name.getStart(file), `${node.name.text}: `);
    if (ts.isBindingElement(node) && node.propertyName && ts.isIdentifier(node.propertyName)) {
      insert(node.propertyName.getStart(file), '"');
      insert(node.propertyName.end, '"');
    }
    if (isAwaitTakenForName(node)) {
      insert(node.end, " Promise.resolve(");
      insert(wholeOperand(node).end, ")");
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  insertions.sort((a, b) => a.offset - b.offset);
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

function isAwaitTakenForName(node: Node): node is Identifier {
  return ts.isIdentifier(node) && node.text === "await" && isContinued(node);
}

/** What is awaited: all that is called on it or taken from it goes along. */
function wholeOperand(name: Node): Node {
  let node = name;
  while (isContinued(node)) node = node.parent;
  return node;
}

function isContinued({ parent, pos }: Node): boolean {
  const isChain =
    ts.isCallExpression(parent) ||
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isTaggedTemplateExpression(parent);
  return isChain && parent.pos === pos;
}
