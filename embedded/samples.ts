/** The sample operations as the explorer shows them: with values of the demonstration county and ready tokens. */
import { readFileSync } from 'node:fs';
import { resolveSampleVariables, sampleLookups, type Lookups } from '../clients/cli/demo/sample-variables.ts';
import { viewerOf, type Ask, type ViewerSpec } from '../clients/cli/demo/viewer-spec.ts';
import type { DevIssuer } from '../gateway/dev-issuer.ts';
import {
  readSamples,
  type Sample,
  type SampleTokens,
  type ShownSamples,
  type UserGroup,
} from '../gateway/samples.ts';
import { projectFile } from '../kernel/paths.ts';

/** Whoever opens the page has the tokens, so they do not live long; they are renewed long before they end. */
const TOKEN_DAYS = 0.5;
const RENEWED_AFTER_MS = 6 * 60 * 60_000;

/** Puts them into the pages, of all workers where there are several. */
export type Show = (samples: ShownSamples) => void;

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
  return { samples: await Promise.all(samples), tokens: await sampleTokens(issuer) };
}

async function sampleTokens(issuer: DevIssuer): Promise<SampleTokens> {
  const tokens = Object.entries(sampleViewers()).map(async ([group, spec]) => {
    return [group, await issuer.mint(viewerOf(spec), TOKEN_DAYS)] as const;
  });
  return Object.fromEntries(await Promise.all(tokens));
}

/** Shows them, and again whenever their tokens are renewed, until what it returns is called. */
export function renewing(issuer: DevIssuer, samples: ShownSamples, show: Show): () => void {
  const renew = async () => show({ ...samples, tokens: await sampleTokens(issuer) });
  const timer = setInterval(() => void renew(), RENEWED_AFTER_MS).unref();
  show(samples);
  return () => clearInterval(timer);
}

/** What the pages show before there is a county. */
export const withoutTokens = (): ShownSamples => ({ samples: readSamples(), tokens: {} });

function lenient(lookups: Lookups): Lookups {
  return Object.fromEntries(
    Object.entries(lookups).map(([what, lookup]) => [
      what,
      // A sample without its value is still shown, and nobody is kept from starting by a slow first answer.
      async () =>
        (await Promise.resolve()
          .then(lookup)
          .catch(() => undefined)) ?? `demo:${what}`,
    ]),
  );
}
