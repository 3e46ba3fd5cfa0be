import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFile } from '../kernel/paths.ts';
import {
  misnamed,
  oddMutations,
  unbreakableRoots,
  undescribed,
  unsizedLists,
} from './support/schema-lint.ts';

const folder = projectFile('schema', 'subgraphs');
const files = existsSync(folder) ? readdirSync(folder).sort() : [];
const schemas = files.map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);

const SPOILT = `
  """学籍\nA record"""
  type Record { """编号\nIts id""" id: ID! "Only English" status: String """状态\nStatus""" Number: String }
  enum state { """在园\nIn kindergarten""" Open }
  type Query { """一份\nOne""" record("""标识\nIts id""" ID: ID!): Record! }
  type Mutation { """离园\nLeave""" leave(recordId: ID!): Record! }
`;

describe('The printed schemas', () => {
  it('are there for all four subgraphs', () => {
    const names = ['children', 'institutions', 'primary-link', 'records'];
    expect(files).toEqual(names.map((name) => `${name}.graphql`));
  });

  it.each(schemas)('%s describes everything in two lines, Chinese above English', (_, sdl) => {
    expect(undescribed(sdl)).toEqual([]);
  });

  it.each(schemas)('%s names types in PascalCase, fields in camelCase, values in UPPER_SNAKE', (_, sdl) => {
    expect(misnamed(sdl)).toEqual([]);
  });

  it.each(schemas)('%s has mutations of one input, with a key, and a payload with refusals', (_, sdl) => {
    expect(oddMutations(sdl)).toEqual([]);
  });

  it.each(schemas)('%s has no list without a size', (_, sdl) => {
    expect(unsizedLists(sdl)).toEqual([]);
  });

  it.each(schemas)('%s has no root field that darkens the others', (_, sdl) => {
    expect(unbreakableRoots(sdl)).toEqual([]);
  });
});

describe('The lint', () => {
  it('finds what lacks one of its two languages', () => {
    expect(undescribed(SPOILT)).toEqual(['Record.status', 'state', 'Mutation.leave(recordId)']);
  });

  it('finds names of the wrong form', () => {
    expect(misnamed(SPOILT)).toEqual(['Record.Number', 'state', 'state.Open', 'Query.record(ID)']);
  });

  it('finds mutations of another form, and roots that take the answer with them', () => {
    expect(oddMutations(SPOILT)).toEqual([
      'leave takes recordId: ID!',
      'leave has no idempotencyKey',
      'leave answers Record!',
      'leave has no userErrors',
    ]);
    expect(unbreakableRoots(SPOILT)).toEqual(['Query.record', 'Mutation.leave']);
  });

  it('finds lists of which nobody says how long they are', () => {
    const sdl = `
      type A { id: ID! names: [String!]! bs: [B!]! more: [B] @listSize(assumedSize: 3) }
      type B { as: [A!]! }
      type Page { nodes: [A!]! edges: [B!]! }
      type Query { page(first: Int): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes"]) }
    `;
    expect(unsizedLists(sdl)).toEqual(['A.bs', 'B.as', 'Page.edges']);
  });
});
