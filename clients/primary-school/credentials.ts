/** How the school says who it is: by a token somebody put into a file, or by its own key at the identity provider. */
import type { KeyObject } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { tokenOf } from '../cli/asking.ts';

export type Credentials = () => Promise<string>;

/** Read for every request, so that whoever renews the token only replaces the file. */
export const fromFile =
  (tokenFile: string | undefined): Credentials =>
  () =>
    tokenOf(tokenFile === undefined ? {} : { tokenFile });

interface Client {
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly key: KeyObject;
}

const RENEW_BEFORE_MS = 30_000;
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Client credentials by a signed assertion (RFC 7523): no secret is ever sent, and none can be guessed. */
export function byOwnKey({ tokenEndpoint, clientId, key }: Client): Credentials {
  let held: { readonly token: string; readonly until: number } | null = null;
  return async () => {
    if (held && Date.now() < held.until) return held.token;
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(tokenEndpoint)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime('1 minute')
      .sign(key);
    const answer = await fetch(tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: ASSERTION,
        client_assertion: assertion,
      }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`the identity provider answered ${answer.status}`);
    const { access_token: token, expires_in: seconds = 60 } = (await answer.json()) as {
      access_token: string;
      expires_in?: number;
    };
    held = { token, until: Date.now() + seconds * 1000 - RENEW_BEFORE_MS };
    return token;
  };
}
