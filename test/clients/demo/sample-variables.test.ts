import { describe, expect, it } from 'vitest';
import { resolveSampleVariables } from '../../../clients/cli/demo/sample-variables.ts';

const lookups = {
  'first-application': () => Promise.resolve('a-1'),
  'new-key': () => 'k',
  nothing: () => null,
};

describe('Variables of a sample operation', () => {
  it('become real ones wherever they name something of the demonstration county', async () => {
    const variables = {
      input: { idempotencyKey: 'demo:new-key', applicationIds: ['demo:first-application', 'b'], note: null },
      first: 20,
    };
    expect(await resolveSampleVariables(variables, lookups)).toEqual({
      input: { idempotencyKey: 'k', applicationIds: ['a-1', 'b'], note: null },
      first: 20,
    });
  });

  it('are refused when they name what nobody knows, or what is not there', async () => {
    await expect(resolveSampleVariables({ id: 'demo:moon' }, lookups)).rejects.toThrow('demo:moon');
    await expect(resolveSampleVariables({ id: 'demo:nothing' }, lookups)).rejects.toThrow('demo:nothing');
  });
});
