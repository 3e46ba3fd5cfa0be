/** Asks a gateway as any account, with development tokens; each token is minted once. */
import { viewerOf } from '../../dist/clients/cli/demo/viewer-spec.js';
import { openDevIssuer } from '../../dist/gateway/dev-issuer.js';
import { actionsOf } from '../../dist/kernel/rules/actions.js';

/** Believes a token, for gateways that are not ours and have no accounts: whoever comes has all rights of the role. */
export function believing(callers) {
  return async (authorization) => {
    const claims = await callers(authorization);
    return claims && { ...claims, rights: actionsOf(claims.role) };
  };
}

/** @returns {Promise<(spec: object) => Promise<string>>} */
export async function tokensOf(dataDir) {
  const issuer = await openDevIssuer(dataDir, 'development');
  const minted = new Map();
  return (spec) => {
    if (!minted.has(spec.account)) minted.set(spec.account, issuer.mint(viewerOf(spec)));
    return minted.get(spec.account);
  };
}

/** Answers with `data`; throws on any error. */
export function askOver(url, tokenOf) {
  return async (spec, query, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(spec)}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (!data || errors)
      throw new Error(`${url}: HTTP ${response.status} ${JSON.stringify(errors).slice(0, 300)}`);
    return data;
  };
}
