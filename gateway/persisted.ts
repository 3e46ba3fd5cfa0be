/**
 * Operations somebody has filed, in Apollo's manifest format. A client may send the hash alone; where its mode is
 * `enforce` nothing else is run, so that what production answers was read by somebody before.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { projectFile } from '../kernel/paths.ts';
import { ConfigError } from '../kernel/serve/config.ts';
import { Refusal } from './refusal.ts';

export interface Filed {
  readonly id: string;
  readonly name: string;
  readonly body: string;
}

export interface PersistedOperations {
  readonly all: readonly Filed[];
  byHash(hash: string): Filed | undefined;
  byText(text: string): Filed | undefined;
}

const manifestShape = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({ id: z.string().regex(/^[0-9a-f]{64}$/), name: z.string(), body: z.string().min(1) }),
  ),
});

export const PERSISTED_MANIFEST = projectFile('schema', 'persisted-operations.json');

/** Throws ConfigError for a file that is no manifest, or whose ids are not the hashes of its texts. */
export function readPersisted(files: readonly string[] = [PERSISTED_MANIFEST]): PersistedOperations {
  const all = files.flatMap(readManifest);
  const [byHash, byText] = (['id', 'body'] as const).map((key) => new Map(all.map((one) => [one[key], one])));
  return { all, byHash: (hash) => byHash!.get(hash), byText: (text) => byText!.get(text) };
}

function readManifest(file: string): Filed[] {
  const { data } = manifestShape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!data) throw new ConfigError(`${file}: an Apollo persisted query manifest of version 1 is expected`);
  const odd = data.operations.find(({ id, body }) => id !== hashOf(body));
  if (odd) throw new ConfigError(`${file}: the id of ${odd.name} is not the SHA-256 of its body`);
  return data.operations;
}

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** What a request names: a text, the hash of one, or both. */
export interface Named {
  readonly query: string | undefined;
  readonly hash: string | undefined;
}

/** The filed operation a request means, if it is one. Throws Refusal for a hash that is not its text's. */
export function filedOf({ query, hash }: Named, operations: PersistedOperations): Filed | undefined {
  if (query === undefined) return hash === undefined ? undefined : operations.byHash(hash);
  const found = operations.byText(query);
  if (hash !== undefined && hash !== (found?.id ?? hashOf(query)))
    throw new Refusal(
      400,
      'BAD_REQUEST',
      'sha256Hash 与 query 不符。sha256Hash is not the hash of the query.',
    );
  return found;
}

export const notFiled = () =>
  new Refusal(
    400,
    'PERSISTED_OPERATION_REQUIRED',
    '只执行已登记的操作，请发送其 sha256Hash 或原文。Only filed operations are run: send the sha256Hash of one, or its very text.',
  );
