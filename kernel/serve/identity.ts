/**
 * The token that carries the viewer from one process to another: an Ed25519 JWS for one subgraph and one call, valid
 * half a minute. Its id is taken once.
 * A subgraph holds public keys only, so a broken one cannot speak for a clerk; and a token it received
 * names it as the audience, so it cannot be passed on to a neighbour.
 */
import { randomUUID } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, SignJWT, type CryptoKey } from 'jose';
import { z } from 'zod';
import { SUBGRAPH_NAMES, type SubgraphName } from '../graph/subgraph.ts';
import { isAction } from '../rules/actions.ts';
import { isPurpose } from '../rules/purposes.ts';
import { AREA_LEVEL_OF_ROLE, AREA_LEVELS, isAccount, isArea, ROLES, type Call } from '../rules/viewer.ts';

export const IDENTITY_HEADER = 'x-xueji-identity';
export const ISSUERS = ['gateway', ...SUBGRAPH_NAMES] as const;
export type Issuer = (typeof ISSUERS)[number];

const LIFETIME_SECONDS = 30;
const CLOCK_SKEW_SECONDS = 5;
/** After so long no token holds that holds now. */
export const IDENTITY_HOLDS_MS = (LIFETIME_SECONDS + 2 * CLOCK_SKEW_SECONDS) * 1000;

/** The private half, held by the one process that is the issuer. */
export interface SigningKey {
  readonly issuer: Issuer;
  readonly key: CryptoKey;
}
/** The public halves a subgraph trusts, by issuer. */
export type PublicKeys = ReadonlyMap<Issuer, CryptoKey>;

export interface Identity {
  readonly issuer: Issuer;
  /** Of this one call. */
  readonly id: string;
  readonly call: Call;
}

/** Why a token was refused; for the log, never for the caller. */
export class IdentityRefused extends Error {}

const claimsSchema = z.object({
  iss: z.enum(ISSUERS),
  sub: z.string().refine(isAccount),
  role: z.enum(ROLES),
  area: z.object({ level: z.enum(AREA_LEVELS), code: z.string() }).refine(isArea),
  rid: z.string().min(1).max(100),
  purpose: z.string().refine(isPurpose).optional(),
  jti: z.string().min(8).max(64),
  rights: z.array(z.string().max(40)).max(200).optional(),
  opened: z
    .array(z.object({ id: z.string().max(36), childId: z.string().max(36), until: z.string().max(30) }))
    .max(20)
    .optional(),
});

export async function signIdentity(
  signer: SigningKey,
  audience: SubgraphName,
  { viewer, requestId, purpose }: Call,
  at: Date = new Date(),
): Promise<string> {
  const issuedAt = Math.floor(at.getTime() / 1000);
  return new SignJWT({
    role: viewer.role,
    area: { ...viewer.area },
    rid: requestId,
    ...(purpose && { purpose }),
    ...(viewer.rights && { rights: [...viewer.rights] }),
    ...(viewer.opened?.length && { opened: [...viewer.opened] }),
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: signer.issuer })
    .setIssuer(signer.issuer)
    .setAudience(audience)
    .setSubject(viewer.account)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(signer.key);
}

/** Resolves with who asks; rejects with IdentityRefused for anything that is not a fresh token for this audience. */
export async function verifyIdentity(
  token: string,
  audience: SubgraphName,
  keys: PublicKeys,
  at: Date = new Date(),
): Promise<Identity> {
  try {
    const issuer = z.enum(ISSUERS).parse(decodeProtectedHeader(token).kid);
    const key = keys.get(issuer);
    if (!key) throw new IdentityRefused(`no public key for issuer ${issuer}`);
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      issuer,
      audience,
      requiredClaims: ['exp', 'iat', 'sub', 'jti'],
      maxTokenAge: LIFETIME_SECONDS,
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: at,
    });
    return identityFrom(claimsSchema.parse(payload));
  } catch (error) {
    if (error instanceof IdentityRefused) throw error;
    throw new IdentityRefused(error instanceof Error ? error.name : 'unreadable');
  }
}

function identityFrom({
  iss,
  sub,
  role,
  area,
  rid,
  jti,
  rights,
  opened,
  purpose,
}: z.infer<typeof claimsSchema>): Identity {
  // A subgraph speaks for itself only; a clerk's role comes from the gateway and from nowhere else.
  if ((iss === 'gateway') === (role === 'SERVICE')) throw new IdentityRefused(`${iss} may not carry ${role}`);
  const speaksForItself = role === 'SERVICE' || role === 'GATEWAY';
  if (speaksForItself !== (sub === `service:${iss}`))
    throw new IdentityRefused(`${iss} may not speak as another`);
  if (AREA_LEVEL_OF_ROLE[role] !== area.level)
    throw new IdentityRefused(`${role} does not act for ${area.level}`);
  const viewer = { account: sub, role, area };
  // Whoever has an account does only what it was given; a token that does not say gives nothing.
  const own = speaksForItself
    ? { ...viewer, ...(rights && { rights: rights.filter(isAction) }) }
    : { ...viewer, rights: (rights ?? []).filter(isAction), ...(opened && { opened }) };
  return { issuer: iss, id: jti, call: { viewer: own, requestId: rid, purpose } };
}
