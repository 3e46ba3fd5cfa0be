/** Files that are kept beside the code, whether it runs from its sources or from dist/. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The absolute path of a file of this project, named from its root. */
export function projectFile(...path: readonly string[]): string {
  return join(root, ...path);
}

function rootAbove(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error('No package.json above the code.');
  return rootAbove(parent);
}

const root = rootAbove(import.meta.dirname);
