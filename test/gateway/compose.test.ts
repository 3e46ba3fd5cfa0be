import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CompositionFailed, composeSupergraph } from '../../schema/supergraph.ts';
import { printed, stale, write } from '../../schema/write.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@inaccessible"])\n';
const children = (more = '') => ({
  name: 'children',
  sdl: `${LINK}type Query { child(id: ID!): Child }\ntype Child @key(fields: "id") { id: ID! cohort: Int @inaccessible ${more} }\n`,
});
const records = (more: string) => ({
  name: 'records',
  sdl: `${LINK}type Query { record: Record }\ntype Record @key(fields: "id") { id: ID! child: Child }\n${more}\n`,
});
const STUB = 'type Child @key(fields: "id", resolvable: false) { id: ID! }';

describe('composition', () => {
  it('prints the same text each time, and an API without what is inaccessible', () => {
    const [one, two] = [0, 0].map(() => composeSupergraph([children(), records(STUB)]));
    expect(one).toEqual(two);
    expect(one!.supergraphSdl).toContain('url: "http://127.0.0.1:4001/graphql"');
    const api = buildSchema(one!.apiSdl);
    expect(api.getType('Child')?.toConfig()).toHaveProperty('name', 'Child');
    expect(one!.apiSdl).not.toContain('cohort');
  });

  it('fails with the reason when subgraphs do not fit together', () => {
    const clash = records('type Child @key(fields: "id") { id: ID! cohort: String @inaccessible }');
    expect(() => composeSupergraph([children(), clash])).toThrow(CompositionFailed);
    expect(() => composeSupergraph([children(), clash])).toThrow('Child.cohort');
  });

  it('fails on a hint that nobody has allowed', () => {
    const link = LINK.replace('"@key"', '"@key", "@shareable"');
    const sharing = (name: string, size: string) => ({
      name,
      sdl: `${link}type Query { of${name}: Page }\ntype Page @shareable { size: ${size} }\n`,
    });
    const pair = [sharing('children', 'Int'), sharing('records', 'Int!')];
    expect(() => composeSupergraph(pair)).toThrow('INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE');
  });

  it('tells which printed file is stale', () => {
    const root = mkdtempSync(join(tmpdir(), 'xueji-schema-'));
    const files = printed([children(), records(STUB)]);
    expect(stale(files, root)).toEqual([
      'schema/subgraphs/children.graphql',
      'schema/subgraphs/records.graphql',
      'schema/supergraph.graphql',
      'schema/api.graphql',
      'schema/persisted-operations.json',
      'docs/user-errors.md',
      'docs/lifecycle.md',
      'docs/access.md',
    ]);
    write(files, root);
    expect(stale(files, root)).toEqual([]);
    writeFileSync(join(root, 'schema/api.graphql'), 'type Query { edited: Int }');
    expect(stale(files, root)).toEqual(['schema/api.graphql']);
  });
});
