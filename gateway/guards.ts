/** What the environment says of clients: what they may spend, which operations are filed, how long a request may take. */
import { ConfigError, type GatewayEnv } from '../kernel/serve/config.ts';
import { allowancesOf, allowancesShape, type Differences } from './allowances.ts';
import { readPersisted } from './persisted.ts';

/** Rate limits are on, and the schema is hidden, in production unless the environment says otherwise. */
export function guards(env: GatewayEnv) {
  const production = env.NODE_ENV === 'production';
  return {
    allowances: allowancesOf({
      rateLimits: (env.RATE_LIMITS ?? (production ? 'on' : 'off')) === 'on',
      persisted: env.PERSISTED_OPERATIONS,
      introspection: env.GRAPHQL_INTROSPECTION ?? !production,
      differences: differencesIn(env.CLIENT_ALLOWANCES),
    }),
    persisted: readPersisted(env.PERSISTED_OPERATIONS_FILES?.split(',')),
    deadlines: { queryMs: env.REQUEST_TIMEOUT_MS, mutationMs: env.REQUEST_MUTATION_TIMEOUT_MS },
    trustedProxies: env.TRUSTED_PROXIES,
  };
}

function differencesIn(text: string | undefined): Differences {
  if (text === undefined) return {};
  try {
    return allowancesShape.parse(JSON.parse(text));
  } catch {
    throw new ConfigError(
      'CLIENT_ALLOWANCES: JSON is expected, roles or account:<name> to { operation, minute, persisted, introspection }',
    );
  }
}
