import type { Expression, VariableDeclaration } from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "./typescript.js";

/** A variable that a cell declares at its top level. */
export interface Declaration {
  name: string;
  /** The type as annotated. */
  annotation?: string;
  /** The annotation, or what a plain literal makes obvious. */
  type?: string;
  /** Source of the initial value. */
  initializer?: string;
  /** The comment that follows on the same line. */
  comment: string;
}

/** Variables declared at the top level of a cell, in order; source that does not parse gives what does. */
export function readDeclarations(source: string): Declaration[] {
  const ts = loadTypeScript();
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .flatMap((declaration) => {
      if (!ts.isIdentifier(declaration.name)) return [];
      const { type, initializer } = declaration;
      const obvious = type?.getText() ?? (initializer && obviousType(initializer));
      return {
        name: declaration.name.text,
        ...(type && { annotation: type.getText() }),
        ...(obvious !== undefined && { type: obvious }),
        ...(initializer && { initializer: initializer.getText() }),
        comment: commentBehind(declaration, source),
      };
    });
}

function obviousType(node: Expression): string | undefined {
  const ts = loadTypeScript();
  if (ts.isParenthesizedExpression(node)) return obviousType(node.expression);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return ts.isConstTypeReference(node.type) ? obviousType(node.expression) : node.type.getText();
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.ExclamationToken ? "boolean" : obviousType(node.operand);
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return "string";
  if (ts.isNumericLiteral(node)) return "number";
  if (ts.isBigIntLiteral(node)) return "bigint";
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return "boolean";
  if (node.kind === ts.SyntaxKind.NullKeyword) return "null";
  if (ts.isIdentifier(node) && /^(NaN|Infinity)$/.test(node.text)) return "number";
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && !node.typeArguments)
    return node.expression.text;
  if (!ts.isArrayLiteralExpression(node) || node.elements.length === 0) return undefined;
  const [first, ...others] = node.elements.map(obviousType);
  return first !== undefined && others.every((type) => type === first) ? `${first}[]` : undefined;
}

function commentBehind(declaration: VariableDeclaration, source: string): string {
  const ts = loadTypeScript();
  const end = declaration.getEnd();
  const behindSeparator = end + /^[^\S\n]*[,;]?/.exec(source.slice(end))![0].length;
  return [
    ...(ts.getTrailingCommentRanges(source, end) ?? []),
    ...(behindSeparator === end ? [] : (ts.getTrailingCommentRanges(source, behindSeparator) ?? [])),
  ]
    .map(({ pos, end: until }) => source.slice(pos, until))
    .filter((comment, at, all) => all.indexOf(comment) === at)
    .map((comment) =>
      comment
        .replace(/^\/\/+|^\/\*+|\*+\/$/g, "")
        .replace(/\s*\n\s*\**\s*/g, " ")
        .trim(),
    )
    .join(" ");
}
