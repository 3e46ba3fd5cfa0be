/** The demonstration county, fed through the gateway's own door with development tokens. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedDemo } from '../clients/cli/demo/seed.ts';
import { viewerOf, type Ask, type ViewerSpec } from '../clients/cli/demo/viewer-spec.ts';
import { progressTo } from '../clients/cli/progress.ts';
import type { DevIssuer } from '../gateway/dev-issuer.ts';
import { today } from '../kernel/rules/plain-date.ts';
import { PURPOSE_HEADER } from '../kernel/rules/purposes.ts';
import { ConfigError } from '../kernel/serve/config.ts';
import { schoolYearOf } from '../kernel/rules/school-year.ts';

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Asks over HTTP like any client, each account with its own token. */
export function askOver(url: string, issuer: DevIssuer): Ask {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (spec: ViewerSpec) => {
    const token = tokens.get(spec.account) ?? issuer.mint(viewerOf(spec));
    tokens.set(spec.account, token);
    return token;
  };
  return async <Data>(spec: ViewerSpec, query: string, variables: Readonly<Record<string, unknown>>) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await tokenOf(spec)}`,
        ...(spec.purpose && { [PURPOSE_HEADER]: spec.purpose }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Answer<Data>;
    const code = errors?.[0]?.extensions?.code;
    if (code === 'PERSISTED_OPERATION_REQUIRED') throw unfiled();
    if (!data || errors) throw new Error(`The graph refused: ${code ?? response.status}`);
    return data;
  };
}

const unfiled = () =>
  new ConfigError(
    'PERSISTED_OPERATIONS, CLIENT_ALLOWANCES: "enforce" is for the gateway alone (npm run start:gateway); the demonstration asks with texts nobody filed',
  );

/** Seeds once per data directory; a seeding that was interrupted goes on where it stopped. */
export async function seedOnce(dataDir: string, ask: Ask): Promise<void> {
  const marker = join(dataDir, 'demo-county.json');
  if (existsSync(marker)) return;
  let bar: ReturnType<typeof progressTo> | undefined;
  let before = 0;
  const schoolYear = schoolYearOf(today(new Date()));
  const seeded = await seedDemo({
    ask,
    schoolYear,
    progress(done, total) {
      bar ??= progressTo(process.stderr, { total });
      bar.advance(done - before);
      before = done;
    },
  });
  bar?.finish();
  writeFileSync(marker, `${JSON.stringify({ ...seeded, schoolYear })}\n`);
}
