/** The sample operations, held against the schema without running them; journeys run them. */
import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { sampleLookups } from '../../clients/cli/demo/sample-variables.ts';
import { viewerOf, type ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { overLimit } from '../../gateway/limits.ts';
import { readSamples, USER_GROUPS, type UserGroup } from '../../gateway/samples.ts';
import { projectFile } from '../../kernel/paths.ts';

const samples = readSamples();
const api = buildSchema(readFileSync(projectFile('schema', 'api.graphql'), 'utf8'));
const roles = JSON.parse(readFileSync(projectFile('schema', 'operations', 'roles.json'), 'utf8')) as Record<
  string,
  ViewerSpec
>;
const groups = Object.keys(USER_GROUPS) as UserGroup[];
const operationsOf = (query: string) =>
  parse(query).definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );

/** The fields of Query and Mutation that a client may ask. */
const rootFieldsOf = (sdl: string): string[] =>
  parse(sdl).definitions.flatMap((node) =>
    'fields' in node && /^(Query|Mutation)$/.test('name' in node ? (node.name?.value ?? '') : '')
      ? (node.fields ?? [])
          .filter(({ directives }) => !directives?.some(({ name }) => name.value === 'inaccessible'))
          .map(({ name }) => name.value)
      : [],
  );

/** Accounts and the audit log are not of a record's life; the plural of an act is the act, and who refuses is who decides. */
const ELSEWHERE =
  /[aA]ccounts?$|AuditEntries$|^(refuse|revoke)DataExport$|^(institutions|submitEnrolments|openInstitutions|openPrimarySchools|linkLateRecords|(accept|cancel|release)TakeOvers)$/;

describe('The sample operations', () => {
  it('are 12 to 130, at least three for each user group', () => {
    expect(samples.length).toBeGreaterThanOrEqual(12);
    expect(samples.length).toBeLessThanOrEqual(130);
    for (const group of groups) {
      expect(samples.filter((sample) => sample.group === group).length).toBeGreaterThanOrEqual(3);
    }
  });

  it('show every query and every act of the life of a record, of institutions over time and of primary schools', () => {
    const shown = new Set(
      samples.flatMap(({ query }) =>
        operationsOf(query)[0]!.selectionSet.selections.map(
          (one) => one.kind === Kind.FIELD && one.name.value,
        ),
      ),
    );
    const printed = ['records', 'institutions', 'primary-link'].flatMap((name) => {
      const file = projectFile('schema', 'subgraphs', `${name}.graphql`);
      return rootFieldsOf(readFileSync(file, 'utf8'));
    });
    expect(printed.filter((name) => !shown.has(name) && !ELSEWHERE.test(name))).toEqual([]);
  });

  it('are named, each differently', () => {
    const names = samples.map(({ query }) => operationsOf(query)[0]?.name?.value);
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(samples.length);
  });

  it('run as a viewer whose role fits the user group', () => {
    expect(Object.keys(roles).sort()).toEqual([...groups].sort());
    for (const group of groups) expect(viewerOf(roles[group]!).role).toBe(USER_GROUPS[group].role);
  });

  it.each(samples)(
    '$group/$name is one operation, fits the schema and stays within the limits',
    ({ query }) => {
      expect(operationsOf(query)).toHaveLength(1);
      expect(validate(api, parse(query)).map(({ message }) => message)).toEqual([]);
      expect(overLimit(parse(query))).toBeUndefined();
    },
  );

  it.each(samples)(
    '$group/$name has a value for each of its variables, and no other',
    ({ query, variables }) => {
      const declared = operationsOf(query)[0]!.variableDefinitions!.map(
        ({ variable }) => variable.name.value,
      );
      expect(Object.keys(variables).sort()).toEqual([...declared].sort());
    },
  );

  it.each(samples)(
    '$group/$name asks for nothing of the demonstration that cannot be looked up',
    (sample) => {
      const known = Object.keys(sampleLookups(() => Promise.reject(new Error('not asked'))));
      const named = JSON.stringify(sample.variables).match(/(?<="demo:)[\w-]+/g) ?? [];
      expect(named.filter((name) => !known.includes(name))).toEqual([]);
    },
  );
});
