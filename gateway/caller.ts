/**
 * Who is calling: a JWT of the development issuer or of an OIDC provider names an account, and the account, where it is
 * filed and active, becomes a viewer. Everything else is refused.
 */
import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
  type CryptoKey,
} from 'jose';
import { z } from 'zod';
import {
  AREA_LEVEL_OF_ROLE,
  AREA_LEVELS,
  INNER_ROLES,
  isAccount,
  isArea,
  ROLES,
  NATION,
  type Area,
  type Role,
  type Viewer,
} from '../kernel/rules/viewer.ts';
import { StandingsUnknown, type Standing, type Standings } from '../kernel/serve/standings.ts';
import { checkedTokens } from './checked-tokens.ts';
import { Refusal } from './refusal.ts';

/** What a token says. Role and area may be left out; where they are said, they must be the account's. */
export interface Claims {
  readonly account: string;
  readonly role?: Role | undefined;
  readonly area?: Area | undefined;
}

/** Takes the Authorization header. Undefined where there is none; rejects with Refusal where it does not hold. */
export type TokenVerifier = (authorization: string | undefined) => Promise<Claims | undefined>;
/** The same, and knows what the account may do. */
export type CallerVerifier = (authorization: string | undefined) => Promise<Viewer | undefined>;

export const CALLER_AUDIENCE = 'xueji';
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
const CLOCK_SKEW_SECONDS = 5;

const claimsSchema = z
  .object({
    sub: z.string().refine(isAccount),
    // A token from outside never speaks for a subgraph or the gateway.
    role: z.enum(ROLES).exclude(INNER_ROLES).optional(),
    area: z
      .object({ level: z.enum(AREA_LEVELS), code: z.string() })
      .refine(isArea)
      .optional(),
  })
  .refine(({ role, area }) => !role || !area || AREA_LEVEL_OF_ROLE[role] === area.level);

/** Tokens of one known key: the development issuer's. */
export function tokensOf(issuer: string, key: CryptoKey): TokenVerifier {
  return verifier((token) =>
    jwtVerify(token, key, { ...expected(issuer, CALLER_AUDIENCE), algorithms: ['EdDSA'] }),
  );
}

export interface Oidc {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
}

/** Tokens of an OIDC provider; its keys are fetched when first needed, and kept. */
export function oidcTokens({ issuer, audience, jwksUri }: Oidc): TokenVerifier {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: 3_000 });
  return verifier((token) =>
    jwtVerify(token, keys, { ...expected(issuer, audience), algorithms: ALGORITHMS }),
  );
}

const expected = (issuer: string, audience: string) => ({
  issuer,
  audience,
  clockTolerance: CLOCK_SKEW_SECONDS,
  requiredClaims: ['exp', 'sub'],
});

function verifier(verify: (token: string) => Promise<{ payload: JWTPayload }>): TokenVerifier {
  const claimsOf = checkedTokens(async (token) => {
    const { payload } = await verify(token).catch(explain);
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw refused();
    const { sub, role, area } = claims.data;
    return { claims: { account: sub, role, area }, expiresAt: payload.exp! * 1000 };
  });
  return async (authorization) => {
    if (authorization === undefined) return undefined;
    const token = /^Bearer +([\w.-]+)$/i.exec(authorization)?.[1];
    if (!token) throw refused();
    return claimsOf(token);
  };
}

/** Lets in whose account is filed and active, as what the account is and with the rights it was given. */
export function filedCallers(tokens: TokenVerifier, standings: Standings): CallerVerifier {
  return async (authorization) => {
    const claims = await tokens(authorization);
    if (!claims) return undefined;
    const standing = await standings.of(claims.account).catch(unknown);
    if (!standing) return unfiled(claims);
    if (!standing.active) throw notActive(standing);
    if (!agrees(claims, standing)) throw disagrees();
    standings.used(standing);
    const { account, role, area, rights, opened } = standing;
    return { account, role, area, rights, ...(opened.length > 0 && { opened }) };
  };
}

/** Guardians are citizens and keep no records, so nobody files them; their issuer vouches for who they are. */
function unfiled({ account, role }: Claims): Viewer {
  if (role === 'GUARDIAN') return { account, role, area: NATION, rights: [] };
  throw new Refusal(
    401,
    'UNAUTHENTICATED',
    '此账号尚未备案，请由上一级办理（openAccount、activateAccount）。This account is not filed; the level above files and activates it (openAccount, activateAccount).',
  );
}

const INACTIVE: Readonly<Record<string, readonly [string, string]>> = {
  FILED: ['已备案未启用，须有培训合格证', 'filed and not active yet: its holder has to show the training'],
  SEALED: ['已封存，由上一级解封', 'sealed; the level above opens it again'],
  REVOKED: ['已注销', 'revoked'],
};

function notActive({ state }: Standing): Refusal {
  const [zh, en] = INACTIVE[state] ?? INACTIVE['REVOKED']!;
  return new Refusal(401, 'UNAUTHENTICATED', `此账号${zh}。This account is ${en}.`);
}

function agrees({ role, area }: Claims, standing: Standing): boolean {
  if (role && role !== standing.role) return false;
  return !area || (area.level === standing.area.level && area.code === standing.area.code);
}

const disagrees = () =>
  new Refusal(
    401,
    'UNAUTHENTICATED',
    '令牌所称角色或管辖与备案不符。The token names another role or area than the account was filed with.',
  );

function unknown(error: unknown): never {
  if (!(error instanceof StandingsUnknown)) throw error;
  throw new Refusal(
    503,
    'SUBGRAPH_UNAVAILABLE',
    '暂时无法核对账号，请稍后再试。Accounts cannot be checked at the moment.',
  );
}

function explain(error: unknown): never {
  if (error instanceof errors.JWTExpired) {
    throw new Refusal(
      401,
      'UNAUTHENTICATED',
      '令牌已过期，请重新登录。The token has expired, sign in again.',
    );
  }
  if (isUnreachable(error)) {
    throw new Refusal(
      503,
      'INTERNAL_SERVER_ERROR',
      '暂时无法核对令牌。Tokens cannot be checked at the moment.',
    );
  }
  throw refused();
}

/** The provider's keys could not be had; every other error is the token's own. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true;
  if (error instanceof errors.JOSEError) return error.code === 'ERR_JOSE_GENERIC';
  return error instanceof TypeError && error.message === 'fetch failed';
}

/** Says as little as possible: which check failed is nobody's business outside. */
const refused = () =>
  new Refusal(
    401,
    'UNAUTHENTICATED',
    '令牌无效，应为 Bearer 令牌。The token does not hold, a valid Bearer token is expected.',
  );
