/**
 * The token that carries the viewer from one process to another: a JWS for one subgraph and one call, valid half a
 * minute. Its id is taken once.
 * It is signed with a secret only these two processes can derive, and only for this direction (identity-keys.ts). So a
 * broken subgraph can speak for a clerk to itself alone, and what it received it cannot pass on to a neighbour.
 */
import { randomUUID, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { SUBGRAPH_NAMES, type SubgraphName } from '../graph/subgraph.ts';
import { isAction } from '../rules/actions.ts';
import { isPurpose } from '../rules/purposes.ts';
import { AREA_LEVEL_OF_ROLE, AREA_LEVELS, isAccount, isArea, ROLES, type Call } from '../rules/viewer.ts';
import { JwsRefused, signJws, verifyJws } from './jws.ts';

export const IDENTITY_HEADER = 'x-xueji-identity';
export const ISSUERS = ['gateway', ...SUBGRAPH_NAMES] as const;
export type Issuer = (typeof ISSUERS)[number];

const LIFETIME_SECONDS = 30;
const CLOCK_SKEW_SECONDS = 5;
/** After so long no token holds that holds now. */
export const IDENTITY_HOLDS_MS = (LIFETIME_SECONDS + 2 * CLOCK_SKEW_SECONDS) * 1000;

/** What one process signs what it says with, and checks what it is told. */
export interface IdentityKeys {
  readonly owner: Issuer;
  /** What it signs with for that subgraph. Throws where nobody of that name has a key. */
  to(audience: SubgraphName): KeyObject;
  /** What that issuer signs with for it; undefined where nobody of that name has a key. */
  from(issuer: string): KeyObject | undefined;
}

export interface Identity {
  readonly issuer: Issuer;
  /** Of this one call. */
  readonly id: string;
  readonly call: Call;
}

/** Why a token was refused; for the log, never for the caller. */
export class IdentityRefused extends Error {}

const seconds = z.number().int();
/** Strict: a claim nobody here knows, `nbf` for one, might say that it does not hold. */
const claimsSchema = z.strictObject({
  iss: z.enum(ISSUERS),
  aud: z.enum(SUBGRAPH_NAMES),
  sub: z.string().refine(isAccount),
  iat: seconds,
  exp: seconds,
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
type IdentityClaims = z.infer<typeof claimsSchema>;

export function signIdentity(
  keys: IdentityKeys,
  audience: SubgraphName,
  { viewer, requestId, purpose }: Call,
  at: Date = new Date(),
): string {
  const issuedAt = Math.floor(at.getTime() / 1000);
  const claims: IdentityClaims = {
    iss: keys.owner,
    aud: audience,
    sub: viewer.account,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    role: viewer.role,
    area: viewer.area,
    rid: requestId,
    ...(purpose && { purpose }),
    jti: randomUUID(),
    ...(viewer.rights && { rights: [...viewer.rights] }),
    ...(viewer.opened?.length && { opened: [...viewer.opened] }),
  };
  return signJws(keys.owner, claims, keys.to(audience));
}

/** Who asks; throws IdentityRefused for anything that is not a fresh token for the owner of the keys. */
export function verifyIdentity(token: string, keys: IdentityKeys, at: Date = new Date()): Identity {
  try {
    const { kid, payload } = verifyJws(token, (named) => keys.from(named));
    const claims = claimsSchema.parse(payload);
    if (claims.iss !== kid) throw new IdentityRefused('signed by another than it says');
    if (claims.aud !== keys.owner) throw new IdentityRefused('meant for another subgraph');
    if (!isFresh(claims, at)) throw new IdentityRefused('not of this half minute');
    return identityFrom(claims);
  } catch (error) {
    if (error instanceof IdentityRefused) throw error;
    if (error instanceof JwsRefused) throw new IdentityRefused(error.message);
    throw new IdentityRefused(error instanceof Error ? error.name : 'unreadable');
  }
}

/** However long a token says it lasts, it is not older than half a minute. */
function isFresh({ iat, exp }: IdentityClaims, at: Date): boolean {
  const now = at.getTime() / 1000;
  const age = now - iat;
  return (
    age >= -CLOCK_SKEW_SECONDS &&
    age <= LIFETIME_SECONDS + CLOCK_SKEW_SECONDS &&
    now < exp + CLOCK_SKEW_SECONDS
  );
}

function identityFrom({ iss, sub, role, area, rid, jti, rights, opened, purpose }: IdentityClaims): Identity {
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
