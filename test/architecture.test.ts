import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFile } from '../kernel/paths.ts';
import { fault, ROWS } from './support/arrows.ts';
import { entriesOf, importsOf, linesOf, sources, type Import } from './support/imports.ts';

const FOLDERS = ['kernel', 'subgraphs', 'gateway', 'clients', 'embedded', 'schema'];
const SUBGRAPHS = ['children', 'institutions', 'primary-link', 'records'];
const imports = sources(...FOLDERS).flatMap(importsOf);

const arrow = (file: string, target: string, typesOnly = false): Import => ({
  file,
  target,
  package: null,
  typesOnly,
});
const use = (file: string, name: string): Import => ({ file, target: null, package: name, typesOnly: false });

describe('The arrows between rooms', () => {
  it('all point the way the table says', () => {
    expect(imports.map((one) => fault(one)).filter((one) => one !== null)).toEqual([]);
  });

  it('never lead out of the sources', () => {
    const outside = imports.filter(
      ({ target }) => target !== null && !FOLDERS.includes(target.split('/')[0]!),
    );
    expect(outside).toEqual([]);
  });

  it('use only packages this project names as its own', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(projectFile('package.json'), 'utf8'),
    ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    const named = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    const used = new Set(imports.flatMap((one) => one.package ?? []));
    expect([...used].filter((name) => !name.startsWith('node:') && !named.includes(name))).toEqual([]);
  });

  it.each([
    ['a subgraph that reaches into another', 'subgraphs/records/graph/a.ts', 'subgraphs/children/model.ts'],
    ['a subgraph that knows the gateway', 'subgraphs/records/main.ts', 'gateway/caller.ts'],
    ['a gateway that knows a subgraph', 'gateway/server.ts', 'subgraphs/records/main.ts'],
    ['a resolver that reads the store', 'subgraphs/records/graph/a.ts', 'subgraphs/records/store/queries.ts'],
    ['a rule that reads the store', 'subgraphs/records/rules/a.ts', 'subgraphs/records/store/queries.ts'],
    ['a rule that asks a neighbour', 'subgraphs/records/rules/a.ts', 'kernel/peers.ts'],
    ['a client that skips the graph', 'clients/cli/roster/a.ts', 'subgraphs/records/service.ts'],
    ['a client that signs for itself', 'clients/cli/roster/a.ts', 'gateway/dev-issuer.ts'],
    ['a kernel that knows its subgraphs', 'kernel/serve/a.ts', 'subgraphs/records/model.ts'],
  ])('would be refused for %s', (_, from, to) => {
    expect(fault(arrow(from, to))).toBe(`${from} -> ${to}`);
    expect(fault(arrow(from, to, true))).toBe(`${from} -> ${to}`);
  });

  it('would be refused for a rule that takes a package or the clock of the machine', () => {
    expect(fault(use('subgraphs/records/rules/a.ts', 'typeorm'))).not.toBeNull();
    expect(fault(use('kernel/rules/a.ts', 'node:fs'))).not.toBeNull();
  });

  it('allow a model the words of the kernel, but as types only', () => {
    const road = ['subgraphs/records/model.ts', 'kernel/rules/viewer.ts'] as const;
    expect(fault(arrow(...road, true))).toBeNull();
    expect(fault(arrow(...road))).not.toBeNull();
  });

  it('are told for every room there is', () => {
    for (const { room } of ROWS) {
      const some = sources(room.replace('*', 'records').replace(/\/[^/]+\.ts$/, ''));
      expect(some.length, room).toBeGreaterThan(0);
    }
  });
});

describe('The four subgraphs', () => {
  it('are children, institutions, primary-link and records', () => {
    expect(entriesOf('subgraphs')).toEqual(SUBGRAPHS);
  });

  it.each(SUBGRAPHS)('%s has the rooms of all, and no other', (name) => {
    const rooms = ['README.md', 'graph', 'main.ts', 'model.ts', 'rules', 'service.ts', 'store'];
    const entries = entriesOf(`subgraphs/${name}`);
    // A service that has grown keeps one file per act beside its front, a model one per thing.
    expect(entries.filter((entry) => entry !== 'service' && entry !== 'model')).toEqual(rooms);
  });
});

/** By `npm run schema`: nobody writes them. */
const PRINTED: readonly string[] = ['clients/primary-school/operations.ts'];

describe('Files', () => {
  it('are at most 200 lines long', () => {
    const long = sources('kernel', 'subgraphs', 'gateway', 'clients').filter(
      (file) => linesOf(file) > 200 && !PRINTED.includes(file),
    );
    expect(long).toEqual([]);
  });
});
