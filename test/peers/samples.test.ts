/**
 * Every sample operation through Xueji's gateway and through Hive Gateway, on the same subgraphs and databases.
 * A mutation is sent with one idempotency key to all of them: the first does it, the others are answered by
 * the replay, which promises the same answer. So mutations too are compared to the letter, ids included.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCounty } from '../../clients/cli/demo/generate.ts';
import { resolveSampleVariables, sampleLookups } from '../../clients/cli/demo/sample-variables.ts';
import { seedDemo } from '../../clients/cli/demo/seed.ts';
import { readNationalFigures } from '../../clients/cli/demo/statistics.ts';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { readSamples } from '../../gateway/samples.ts';
import { today } from '../../kernel/rules/plain-date.ts';
import { schoolYearOf } from '../../kernel/rules/school-year.ts';
import { projectFile } from '../../kernel/paths.ts';
import { embedded } from '../support/databases.ts';
import { startWorld, type Answer, type World } from '../support/world.ts';
import { startHive, type HiveRuntime, type Peer } from './hive.ts';

const RUNTIMES: readonly HiveRuntime[] = ['default', 'rust'];
const roles = JSON.parse(readFileSync(projectFile('schema', 'operations', 'roles.json'), 'utf8')) as Record<
  string,
  ViewerSpec
>;
const COUNTY_CLERK = roles['clerks-county']!;
const ANALYST = roles['analysts']!;

/** What the samples do not show: nothing found, and a field that is refused or a whole that is. */
const DARK = [
  {
    title: 'nothing where there is nothing',
    viewer: COUNTY_CLERK,
    query:
      '{ recordByNumber(number: "G190101202210150018") { id } institution(code: "1133999999") { name } }',
  },
  {
    title: 'one field darkened by its own refusal',
    viewer: ANALYST,
    query:
      '{ institution(code: "1133990001") { name placements(first: 1) { nodes { record { child { name } } } } } }',
  },
  { title: 'a refused root field', viewer: ANALYST, query: '{ records(first: 1) { nodes { id } } }' },
];

describe('Hive Gateway on the same subgraphs', () => {
  const databases = embedded();
  let world: World;
  let peers: Map<HiveRuntime, Peer>;
  beforeAll(async () => {
    world = await startWorld({ databases, wiring: 'over HTTP' });
    const schoolYear = schoolYearOf(today(new Date()));
    const county = demoCounty(schoolYear, readNationalFigures());
    const ask = <Data>(viewer: ViewerSpec, query: string, variables: object) =>
      world.data<Data>(viewer, query, variables);
    await seedDemo({
      ask,
      schoolYear,
      county: { ...county, kindergartens: county.kindergartens.slice(0, 2) },
    });
    const started = RUNTIMES.map(async (runtime) => [runtime, await startHive(world, runtime)] as const);
    peers = new Map(await Promise.all(started));
  });
  afterAll(async () => {
    for (const peer of peers?.values() ?? []) await peer.close();
    await world?.close();
  });

  const sameEverywhere = async (viewer: ViewerSpec, query: string, variables: object = {}) => {
    const ours = await world.ask<object>(viewer, query, variables);
    for (const runtime of RUNTIMES) {
      const theirs = await peers.get(runtime)!.ask<object>(viewer, query, variables);
      expect(comparable(theirs), runtime).toEqual(comparable(ours));
    }
    return ours;
  };

  it.each(readSamples())('answers $group/$name alike', async ({ group, purpose, query, variables }) => {
    const lookups = sampleLookups((viewer, text, given) => world.data(viewer, text, given));
    const resolved = await resolveSampleVariables(variables, lookups);
    const { data, errors } = await sameEverywhere(
      { ...roles[group]!, ...(purpose && { purpose }) },
      query,
      resolved,
    );
    expect(errors).toBeUndefined();
    expect(Object.values(data!)).not.toContain(null);
  });

  it.each(DARK)('answers $title alike', async ({ viewer, query }) => {
    const { data } = await sameEverywhere(viewer, query);
    expect(JSON.stringify(data)).toContain('null');
  });
});

/** The data to the letter, and the codes; where an error hangs and how it is worded is each gateway's own. */
function comparable({ data, errors = [] }: Answer<object>) {
  return { data, codes: [...new Set(errors.map(({ extensions }) => extensions.code))].sort() };
}
