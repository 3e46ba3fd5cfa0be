/** Who is calling: a JWT of the development issuer or of an OIDC provider becomes a viewer, or is refused. */
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
  isAccount,
  isArea,
  ROLES,
  type Viewer,
} from '../kernel/rules/viewer.ts';
import { Refusal } from './refusal.ts';

/** Takes the Authorization header. Undefined where there is none; rejects with Refusal where it does not hold. */
export type CallerVerifier = (authorization: string | undefined) => Promise<Viewer | undefined>;

export const CALLER_AUDIENCE = 'xueji';
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
const CLOCK_SKEW_SECONDS = 5;

const claimsSchema = z
  .object({
    sub: z.string().refine(isAccount),
    // A token from outside never speaks for a subgraph.
    role: z.enum(ROLES).exclude(['SERVICE']),
    area: z.object({ level: z.enum(AREA_LEVELS), code: z.string() }).refine(isArea),
  })
  .refine(({ role, area }) => AREA_LEVEL_OF_ROLE[role] === area.level);

/** Callers with tokens of one known key: the development issuer's. */
export function callersOf(issuer: string, key: CryptoKey): CallerVerifier {
  return verifier((token) =>
    jwtVerify(token, key, { ...expected(issuer, CALLER_AUDIENCE), algorithms: ['EdDSA'] }),
  );
}

export interface Oidc {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
}

/** Callers with tokens of an OIDC provider; its keys are fetched when first needed, and kept. */
export function oidcCallers({ issuer, audience, jwksUri }: Oidc): CallerVerifier {
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

function verifier(verify: (token: string) => Promise<{ payload: JWTPayload }>): CallerVerifier {
  return async (authorization) => {
    if (authorization === undefined) return undefined;
    const token = /^Bearer +([\w.-]+)$/i.exec(authorization)?.[1];
    if (!token) throw refused();
    const { payload } = await verify(token).catch(explain);
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw refused();
    const { sub, role, area } = claims.data;
    return { account: sub, role, area };
  };
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
