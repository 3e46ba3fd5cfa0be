/** Prints what is generated into the project, or tells which committed file is stale. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFile } from '../kernel/paths.ts';
import { accessPage } from './access-page.ts';
import { clientOperations } from './client-types.ts';
import { lifecyclePage } from './lifecycle-page.ts';
import { persistedManifest } from './persisted-manifest.ts';
import { composeSupergraph, CompositionFailed, type SubgraphSdl } from './supergraph.ts';
import { userErrorsPage } from './user-errors-page.ts';

/** What the primary-school client sends, typed. */
const SCHOOL_OPERATIONS = 'clients/primary-school/operations.ts';

/** Every generated file by its path from the project's root. Throws CompositionFailed. */
export function printed(subgraphs: readonly SubgraphSdl[]): Map<string, string> {
  const { supergraphSdl, apiSdl } = composeSupergraph(subgraphs);
  return new Map([
    ...subgraphs.map(({ name, sdl }) => [`schema/subgraphs/${name}.graphql`, sdl] as const),
    ['schema/supergraph.graphql', supergraphSdl],
    ['schema/api.graphql', apiSdl],
    ['schema/persisted-operations.json', persistedManifest()],
    ['docs/user-errors.md', userErrorsPage()],
    ['docs/lifecycle.md', lifecyclePage()],
    ['docs/access.md', accessPage(supergraphSdl)],
  ]);
}

/** The same with what our clients send, which needs the whole graph to be there. */
export function printedWhole(subgraphs: readonly SubgraphSdl[]): Map<string, string> {
  const files = printed(subgraphs);
  const folder = projectFile('clients', 'primary-school', 'operations');
  return files.set(SCHOOL_OPERATIONS, clientOperations(files.get('schema/api.graphql')!, folder));
}

export function write(files: ReadonlyMap<string, string>, root = projectFile()): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Paths whose committed text is missing or differs. */
export function stale(files: ReadonlyMap<string, string>, root = projectFile()): string[] {
  return [...files].flatMap(([path, text]) => {
    const file = join(root, path);
    return existsSync(file) && readFileSync(file, 'utf8') === text ? [] : [path];
  });
}

/** `npm run schema`, or with `--check` `npm run schema:check`. Returns the exit code. */
export function compose(subgraphs: readonly SubgraphSdl[], args: readonly string[]): 0 | 1 {
  try {
    const files = printedWhole(subgraphs);
    if (!args.includes('--check')) write(files);
    const behind = stale(files);
    for (const path of behind) console.error(`${path} is stale; run: npm run schema`);
    return behind.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof CompositionFailed)) throw error;
    console.error(error.message);
    return 1;
  }
}
