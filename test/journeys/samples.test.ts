import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveSampleVariables, sampleLookups } from '../../clients/cli/demo/sample-variables.ts';
import { sampleViewers } from '../../embedded/samples.ts';
import { readSamples, USER_GROUPS } from '../../gateway/samples.ts';
import { embedded } from '../support/databases.ts';
import { seedSmallCounty } from '../support/small-county.ts';
import { startWorld, type World } from '../support/world.ts';

/** Every list of refusals anywhere in an answer. */
function refusals(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'userErrors' ? (inner as unknown[]) : refusals(inner),
  );
}

describe('Every sample operation', () => {
  const samples = readSamples();
  const viewers = sampleViewers();
  // Closing an institution needs a minute after it began.
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ databases: embedded(), wiring: 'in one process', now });
    await seedSmallCounty(world, 2);
    // The clock makes the file of the export that was approved.
    await world.subgraphs.find(({ name }) => name === 'records')!.tick!();
  });
  afterAll(() => world.close());

  it('has its user group, and every group has at least three', () => {
    for (const group of Object.keys(USER_GROUPS)) {
      expect([group, samples.filter((sample) => sample.group === group).length >= 3]).toEqual([group, true]);
    }
  });

  /** What one sample brings about for another. */
  const MADE = [
    ...['accepted-take-over', 'acknowledged-take-over', 'left-record', 'offer-to-withdraw'],
    ...['offered-take-over', 'sample-child'],
  ];
  it('finds its values in a county nobody has worked on yet, but for what another sample brings about', async () => {
    const lookups = sampleLookups(world.data);
    const named = JSON.stringify(samples.map(({ variables }) => variables)).match(/(?<="demo:)[\w-]+/g)!;
    const missing: string[] = [];
    for (const name of [...new Set(named)].sort()) if ((await lookups[name]!()) == null) missing.push(name);
    expect(missing).toEqual(MADE);
  });

  it.each(samples)('$group/$name is answered in full', async ({ group, name, purpose, query, variables }) => {
    if (name.endsWith('close-institution')) ahead = 61_000;
    const resolved = await resolveSampleVariables(variables, sampleLookups(world.data));
    const answer = await world.ask({ ...viewers[group], ...(purpose && { purpose }) }, query, resolved);
    expect([answer.status, answer.errors]).toEqual([200, undefined]);
    for (const [field, value] of Object.entries(answer.data ?? {}))
      expect([field, value]).not.toEqual([field, null]);
    // The one sample that is about refusals must have some, the others none.
    if (name.includes('refusal')) expect(refusals(answer.data)).not.toEqual([]);
    else expect(refusals(answer.data)).toEqual([]);
  });
});
