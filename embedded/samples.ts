/** The sample operations as the explorer shows them: with values of the demonstration county and ready tokens. */
import { readFileSync } from 'node:fs';
import { resolveSampleVariables, sampleLookups, type Lookups } from '../clients/cli/demo/sample-variables.ts';
import { viewerOf, type Ask, type ViewerSpec } from '../clients/cli/demo/viewer-spec.ts';
import type { DevIssuer } from '../gateway/dev-issuer.ts';
import { readSamples, type Sample, type ShownSamples, type UserGroup } from '../gateway/samples.ts';
import { projectFile } from '../kernel/paths.ts';

const TOKEN_DAYS = 30;

/** Who asks the samples of each group. */
export function sampleViewers(): Readonly<Record<UserGroup, ViewerSpec>> {
  const file = projectFile('schema', 'operations', 'roles.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<UserGroup, ViewerSpec>;
}

/** Once the county is there. A value that is not yet (the child another sample registers) stays a placeholder. */
export async function samplesForDemo(issuer: DevIssuer, ask: Ask): Promise<ShownSamples> {
  const lookups = lenient(sampleLookups(ask));
  const samples = readSamples().map(async (sample): Promise<Sample> => {
    return { ...sample, variables: await resolveSampleVariables(sample.variables, lookups) };
  });
  const tokens = Object.entries(sampleViewers()).map(async ([group, spec]) => {
    return [group, await issuer.mint(viewerOf(spec), TOKEN_DAYS)] as const;
  });
  return {
    samples: await Promise.all(samples),
    tokens: Object.fromEntries(await Promise.all(tokens)),
  };
}

function lenient(lookups: Lookups): Lookups {
  return Object.fromEntries(
    Object.entries(lookups).map(([what, lookup]) => [what, async () => (await lookup()) ?? `demo:${what}`]),
  );
}
