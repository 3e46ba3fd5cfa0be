/** The gateway as `npm start` has it, in the one process or in each worker. */
import { filedCallers } from '../gateway/caller.ts';
import type { DevIssuer } from '../gateway/dev-issuer.ts';
import { guards } from '../gateway/guards.ts';
import { LOOPBACK } from '../gateway/hosts.ts';
import { startGateway, type GatewayOptions } from '../gateway/server.ts';
import type { GatewayEnv } from '../kernel/serve/config.ts';
import type { Standings } from '../kernel/serve/standings.ts';

interface DemoGateway extends Pick<GatewayOptions, 'sources' | 'samples' | 'counts'> {
  readonly issuer: DevIssuer;
  readonly standings: Standings;
}

export function startDemoGateway(env: GatewayEnv, { issuer, ...options }: DemoGateway) {
  return startGateway({
    ...options,
    host: env.HOST,
    port: env.PORT,
    callers: filedCallers(issuer.callers, options.standings),
    answersTo: [...LOOPBACK, env.HOST],
    ...(env.GRAPHQL_LANDING ? { landing: env.GRAPHQL_LANDING } : {}),
    graceMs: env.SHUTDOWN_GRACE_MS,
    ...guards(env),
    // Somebody looks at this terminal, and the seeding alone would fill it.
    requestLines: 'debug',
  });
}
