/** The sample operations and those of our own clients as a persisted query manifest in Apollo's format. A gateway that enforces runs these. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { projectFile } from '../kernel/paths.ts';

const FILED = [projectFile('schema', 'operations'), projectFile('clients', 'primary-school', 'operations')];

/** Ids are the SHA-256 of the body, which is the file's text as it is. Throws where an operation has no name. */
export function persistedManifest(directories: readonly string[] = FILED): string {
  const operations = directories
    .flatMap(graphqlFiles)
    .map((file) => operationIn(readFileSync(file, 'utf8'), file))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function graphqlFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.graphql'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function operationIn(body: string, file: string) {
  const operation = parse(body).definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation?.name) throw new Error(`${file}: a named operation is expected.`);
  const id = createHash('sha256').update(body).digest('hex');
  return { id, name: operation.name.value, type: operation.operation, body };
}
