import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory of this project's package.json, from the source and from dist/ alike. Throws when there is none. */
export function projectRoot(from: string = dirname(fileURLToPath(import.meta.url))): string {
  const file = join(from, 'package.json');
  if (existsSync(file) && isOurs(file)) return from;
  const above = dirname(from);
  if (above === from) throw new Error('No package.json of xueji lies above this file.');
  return projectRoot(above);
}

function isOurs(file: string): boolean {
  return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name === 'xueji';
}

/** The absolute path of a file of this project, named from its root. */
export function projectFile(...path: readonly string[]): string {
  return join(projectRoot(), ...path);
}
