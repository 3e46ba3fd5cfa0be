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
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ databases: embedded(), wiring: 'in one process' });
    await seedSmallCounty(world, 2);
  });
  afterAll(() => world.close());

  it('has its user group, and every group has at least three', () => {
    for (const group of Object.keys(USER_GROUPS)) {
      expect([group, samples.filter((sample) => sample.group === group).length >= 3]).toEqual([group, true]);
    }
  });

  it.each(samples)('$group/$name is answered in full', async ({ group, name, purpose, query, variables }) => {
    const resolved = await resolveSampleVariables(variables, sampleLookups(world.data));
    const answer = await world.ask({ ...viewers[group], ...(purpose && { purpose }) }, query, resolved);
    expect([answer.status, answer.errors]).toEqual([200, undefined]);
    for (const [field, value] of Object.entries(answer.data ?? {}))
      expect([field, value]).not.toEqual([field, null]);
    // The one sample that is about refusals must have some, the others none.
    expect(refusals(answer.data).length > 0).toBe(name.includes('refusal'));
  });
});
