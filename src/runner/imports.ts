import { cellSource, type Notebook } from "./nbformat.js";
import { loadTypeScript } from "./typescript.js";

/**
 * Code that loads the packages a notebook imports, and leaves no name behind. Files beside the notebook are left
 * out: a cell may write them first.
 */
export function importsOf(notebook: Notebook): string {
  const packages = notebook.cells
    .filter((cell) => cell.cell_type === "code")
    .flatMap((cell) => importedNames(cellSource(cell)))
    .filter((name) => !name.startsWith("."));
  return [...new Set(packages)].map((name) => `import ${JSON.stringify(name)};`).join("\n");
}

/** What a cell imports as it begins; what it may import on its way is its own affair. */
function importedNames(source: string): string[] {
  const ts = loadTypeScript();
  const { statements } = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022);
  return statements
    .filter(ts.isImportDeclaration)
    .filter(({ importClause }) => !importClause?.isTypeOnly)
    .map(({ moduleSpecifier }) => (ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "."));
}
