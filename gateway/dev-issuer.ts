/** Mints tokens for development and demonstrations, with a key of its own in the data directory. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { importPKCS8, importSPKI, SignJWT, type CryptoKey } from 'jose';
import type { Viewer } from '../kernel/rules/viewer.ts';
import { ConfigError } from '../kernel/serve/config.ts';
import { ensurePrivateKeyFile } from '../kernel/serve/identity-keys.ts';
import { CALLER_AUDIENCE, tokensOf, type TokenVerifier } from './caller.ts';

export const DEV_ISSUER = 'xueji-dev';

export interface DevIssuer {
  /** A token for the viewer, valid for so many days. */
  mint(viewer: Viewer, days?: number): Promise<string>;
  readonly callers: TokenVerifier;
  readonly publicKey: CryptoKey;
}

/** Opens the issuer of a data directory, making its key on first use. Throws ConfigError where NODE_ENV is production. */
export async function openDevIssuer(dataDir: string, nodeEnv = process.env['NODE_ENV']): Promise<DevIssuer> {
  if (nodeEnv === 'production') {
    throw new ConfigError(
      '开发令牌签发器不在生产环境运行，请配置 OIDC_ISSUER。The development issuer does not run with NODE_ENV=production, set OIDC_ISSUER.',
    );
  }
  const pem = await ensurePrivateKeyFile(join(dataDir, 'dev-issuer.pem'));
  const privateKey = await importPKCS8(pem, 'EdDSA');
  const spki = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' }).toString();
  const publicKey = await importSPKI(spki, 'EdDSA');
  return {
    mint: (viewer, days = 1) => minted(privateKey, viewer, days),
    callers: tokensOf(DEV_ISSUER, publicKey),
    publicKey,
  };
}

function minted(key: CryptoKey, { account, role, area }: Viewer, days: number): Promise<string> {
  return new SignJWT({ role, area: { ...area } })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(DEV_ISSUER)
    .setAudience(CALLER_AUDIENCE)
    .setSubject(account)
    .setIssuedAt()
    .setExpirationTime(`${days * 24 * 60} minutes`)
    .sign(key);
}
