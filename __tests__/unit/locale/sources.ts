import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Every TypeScript file below `folder`, parsed. */
export function sourceFiles(folder: string): ts.SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) =>
      ts.createSourceFile(join(folder, name), readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true),
    );
}

/** Calls `visit` for every node below `node`. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** Literal texts handed to functions of these names at these argument positions. */
export function callTexts(files: readonly ts.SourceFile[], functions: Record<string, number>): string[] {
  const texts: string[] = [];
  for (const file of files) {
    walk(file, (node) => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) {
        return;
      }
      const position = functions[node.expression.text];
      const argument = position === undefined ? undefined : node.arguments[position];
      if (argument && ts.isStringLiteralLike(argument)) {
        texts.push(argument.text);
      }
    });
  }
  return texts;
}

/** A place in a source file, for a failing test to name. */
export function where(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
