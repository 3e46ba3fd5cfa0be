/** The import lines of the sources, read by the compiler's own parser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../kernel/paths.ts';

export interface Import {
  /** The importing file, from the project's root, with forward slashes. */
  readonly file: string;
  /** A file of ours, from the root, or null when it is a package. */
  readonly target: string | null;
  /** A package's name without what lies inside it, or null when it is a file of ours. Built-ins begin with `node:`. */
  readonly package: string | null;
  /** Nothing of it remains at run time. */
  readonly typesOnly: boolean;
}

const root = projectRoot();

/** Every source file below the folders, from the root. A folder that is not there has none. */
export function sources(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) => filesBelow(join(root, folder)).filter((file) => file.endsWith('.ts')));
}

export function entriesOf(folder: string): string[] {
  return readdirSync(join(root, folder)).sort();
}

export function linesOf(file: string): number {
  return readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
}

export function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: Import[] = [];
  const add = (specifier: ts.Expression | undefined, typesOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(importOf(file, specifier.text, typesOnly));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importsTypesOnly(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, exportsTypesOnly(node));
    else if (ts.isCallExpression(node) && loads(node.expression)) add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022));
  return found;
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function importOf(file: string, specifier: string, typesOnly: boolean): Import {
  if (specifier.startsWith('.')) {
    return { file, target: posix.join(posix.dirname(file), specifier), package: null, typesOnly };
  }
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
  return { file, target: null, package: name, typesOnly };
}

/** `import(…)` and `require(…)`: what is loaded late is loaded all the same. */
function loads(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
  );
}

function importsTypesOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  return (
    !name &&
    !!namedBindings &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function exportsTypesOnly({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return true;
  return (
    !!exportClause &&
    ts.isNamedExports(exportClause) &&
    exportClause.elements.length > 0 &&
    exportClause.elements.every((one) => one.isTypeOnly)
  );
}
