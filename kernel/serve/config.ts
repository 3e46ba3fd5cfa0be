/** Configuration from the environment: one zod shape per process, frozen, all faults told at once. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { SubgraphName } from '../graph/subgraph.ts';
import { hasSuite, SUITES } from '../store/suites.ts';

/** The environment does not fit; the message lists every fault, one a line, without any value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(0).max(600_000);
const url = z.url({ protocol: /^https?$/ });

/** What every process reads. */
export const commonEnv = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATA_DIR: z.string().default('./var'),
  CRYPTO_SUITE: z.enum(SUITES).default('aes').refine(hasSuite, 'this OpenSSL has no SM4-CTR or no SM3'),
  SHUTDOWN_GRACE_MS: milliseconds.default(10_000),
  ADMIN_HOST: z.string().default('127.0.0.1'),
  ADMIN_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
});

/** Metrics, unless ADMIN_PORT says otherwise; all five may run on one machine. */
export const ADMIN_PORTS = {
  gateway: 9464,
  children: 9465,
  institutions: 9466,
  records: 9467,
  'primary-link': 9468,
} as const satisfies Record<SubgraphName | 'gateway', number>;

export const SUBGRAPH_URLS = {
  SUBGRAPH_CHILDREN_URL: 'children',
  SUBGRAPH_INSTITUTIONS_URL: 'institutions',
  SUBGRAPH_RECORDS_URL: 'records',
  SUBGRAPH_PRIMARY_LINK_URL: 'primary-link',
} as const;

const filled = z.string().min(1).optional();

const neighbours = {
  SUBGRAPH_CHILDREN_URL: url.default('http://127.0.0.1:4001/graphql'),
  SUBGRAPH_INSTITUTIONS_URL: url.default('http://127.0.0.1:4002/graphql'),
  SUBGRAPH_RECORDS_URL: url.default('http://127.0.0.1:4003/graphql'),
  SUBGRAPH_PRIMARY_LINK_URL: url.default('http://127.0.0.1:4004/graphql'),
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(5_000),
  SUBGRAPH_MUTATION_TIMEOUT_MS: milliseconds.default(30_000),
};

/** What a subgraph alone over HTTP reads; its main sets the default port. */
export const subgraphEnv = (defaultPort: number) =>
  commonEnv.extend({
    PORT: port.default(defaultPort),
    DATABASE_URL: z.string().min(1),
    DB_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
    MIGRATE: z
      .enum(['true', 'false'])
      .default('true')
      .transform((word) => word === 'true'),
    FIELD_KEYS_FILE: z.string().min(1),
    IDENTITY_PRIVATE_KEY_FILE: z.string().min(1),
    IDENTITY_PUBLIC_KEYS_FILE: z.string().min(1),
    /** Where receipt.pem and receipt-keys.json are; only primary-link reads it, and it must. */
    RECEIPT_KEYS_DIR: filled,
    ...neighbours,
  });
export type SubgraphEnv = z.infer<ReturnType<typeof subgraphEnv>>;

export const WORKERS_MAX = 64;

const flag = z.enum(['true', 'false']).transform((word) => word === 'true');

/** What the gateway reads, alone or embedded. */
export const gatewayEnv = commonEnv.extend({
  PORT: port.default(4000),
  GATEWAY_WORKERS: z.coerce.number().int().min(1).max(WORKERS_MAX).optional(),
  SUPERGRAPH_PATH: filled,
  OIDC_ISSUER: filled,
  OIDC_AUDIENCE: z.string().min(1).default('xueji'),
  OIDC_JWKS_URI: url.optional(),
  GRAPHQL_INTROSPECTION: flag.optional(),
  GRAPHQL_LANDING: z.enum(['sandbox', 'explorer', 'off']).optional(),
  PERSISTED_OPERATIONS: z.enum(['off', 'log', 'enforce']).default('off'),
  PERSISTED_OPERATIONS_FILES: filled,
  RATE_LIMITS: z.enum(['on', 'off']).optional(),
  CLIENT_ALLOWANCES: filled,
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  REQUEST_TIMEOUT_MS: milliseconds.default(15_000),
  REQUEST_MUTATION_TIMEOUT_MS: milliseconds.default(60_000),
  IDENTITY_PRIVATE_KEY_FILE: filled,
  IDENTITY_PUBLIC_KEYS_FILE: filled,
  ...neighbours,
});
export type GatewayEnv = z.infer<typeof gatewayEnv>;

export const DATABASE_URLS = {
  children: 'DATABASE_URL_CHILDREN',
  institutions: 'DATABASE_URL_INSTITUTIONS',
  records: 'DATABASE_URL_RECORDS',
  'primary-link': 'DATABASE_URL_PRIMARY_LINK',
} as const satisfies Record<SubgraphName, string>;

/** What migrating reads: the address of each database it is to migrate, and of no other. */
export const migrateEnv = (names: readonly SubgraphName[]) =>
  commonEnv
    .pick({ LOG_LEVEL: true })
    .extend(Object.fromEntries(names.map((name) => [DATABASE_URLS[name], z.string().min(1)])));

/** What reading the log of each database needs; without an address it means the embedded one. */
export const databasesEnv = commonEnv
  .pick({ LOG_LEVEL: true, DATA_DIR: true, CRYPTO_SUITE: true })
  .extend(Object.fromEntries(Object.values(DATABASE_URLS).map((name) => [name, filled])));

/** What loading a calendar reads; without an address it means the embedded database. */
export const calendarEnv = commonEnv
  .pick({ LOG_LEVEL: true, DATA_DIR: true })
  .extend({ [DATABASE_URLS.records]: filled });

/** What filing the first accounts reads; without an address it means the embedded database. */
export const accountsEnv = commonEnv
  .pick({ LOG_LEVEL: true, DATA_DIR: true, CRYPTO_SUITE: true })
  .extend({ [DATABASE_URLS.institutions]: filled, FIELD_KEYS_FILE: filled });

/**
 * Reads the environment into the shape. `X_FILE` stands for `X` where only the file is given, so that
 * secrets need not be in the environment. Throws ConfigError.
 */
export function readEnv<T extends z.ZodObject>(
  shape: T,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<z.infer<T>> {
  const faults: string[] = [];
  const given = Object.keys(shape.shape).map((name) => [name, valueOf(name, env, faults)] as const);
  const parsed = shape.safeParse(Object.fromEntries(given));
  for (const { path, message } of parsed.error?.issues ?? []) faults.push(`${path.join('.')}: ${message}`);
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(['Configuration does not fit:', ...faults].join('\n  '));
  }
  return Object.freeze(parsed.data);
}

function valueOf(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): string | undefined {
  // Compose writes an unset variable as an empty one.
  if (env[name] !== undefined && env[name] !== '') return env[name];
  const file = name.endsWith('_FILE') ? undefined : env[`${name}_FILE`];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    faults.push(`${name}_FILE: cannot be read`);
    return undefined;
  }
}
