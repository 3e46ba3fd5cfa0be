/** Everybody a test speaks for has a filed account, as everybody who comes to the real gateway does. */
import { firstAccount } from '../../clients/cli/demo/first-accounts.ts';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import type { CallerVerifier, TokenVerifier } from '../../gateway/caller.ts';
import { actionsOf } from '../../kernel/rules/actions.ts';
import { NATION, type Viewer } from '../../kernel/rules/viewer.ts';
import type { FirstAccount } from '../../subgraphs/institutions/service/accounts/bootstrap.ts';

/**
 * Files whoever is named, once, with all rights of the role; a kindergarten's account is one for review. Who comes in
 * another role later is refused by the gateway.
 */
export function filing(bootstrap: (accounts: readonly FirstAccount[]) => Promise<unknown>) {
  const filed = new Map<string, Promise<unknown>>();
  return async (spec: ViewerSpec): Promise<void> => {
    // Citizens have none.
    if (spec.role === 'GUARDIAN') return;
    const { account } = spec;
    const done = filed.get(account) ?? bootstrap([firstAccount(spec, filed.size)]);
    filed.set(account, done);
    await done;
  };
}

/** Believes the token, where a graph of the test's own making has no accounts. */
export const believing =
  (tokens: TokenVerifier): CallerVerifier =>
  async (authorization) => {
    const claims = await tokens(authorization);
    if (!claims) return undefined;
    const { account, role = 'GUARDIAN', area = NATION } = claims;
    return { account, role, area, rights: actionsOf(role) } satisfies Viewer;
  };
