/** Stands for the OIDC provider of a production deployment: publishes its keys, signs tokens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { viewerOf, type ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';

const ISSUER = 'https://identity.test';

export async function startIdentityProvider() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
  const server = createServer((_, res) => res.setHeader('content-type', 'application/json').end(jwks));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    /** What an operator writes into .env. */
    variables: { OIDC_ISSUER: ISSUER, OIDC_JWKS_URI: `http://127.0.0.1:${port}/jwks` },
    token(spec: ViewerSpec): Promise<string> {
      const { account, role, area } = viewerOf(spec);
      return new SignJWT({ role, area: { ...area } })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuer(ISSUER)
        .setAudience('xueji')
        .setSubject(account)
        .setIssuedAt()
        .setExpirationTime('5 minutes')
        .sign(privateKey);
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
