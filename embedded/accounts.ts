/**
 * `npm run accounts -- bootstrap <file.json>`, or `-` for what is piped in: files the first system, security and audit administrator of a new
 * installation into the database of institutions (DATABASE_URL_INSTITUTIONS and FIELD_KEYS_FILE, else the embedded one
 * in DATA_DIR). The file is a list of three: role, name, holderName, documentKind, documentNumber,
 * certificateNumber, certifiedOn.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DOCUMENT_KINDS } from '../kernel/rules/identity-document.ts';
import { accountsEnv, ConfigError, readEnv } from '../kernel/serve/config.ts';
import { createLog, faultFacts } from '../kernel/serve/log.ts';
import { loadFieldKeys } from '../kernel/store/seal.ts';
import type { FirstAdmin } from '../subgraphs/institutions/rules/accounts/first-admins.ts';
import { ADMINS } from '../subgraphs/institutions/rules/accounts/filing.ts';
import { fileFirstAdmins } from '../subgraphs/institutions/service/accounts/first-admins.ts';
import { openInstitutionStore } from '../subgraphs/institutions/store/store.ts';

const USAGE = '应为 bootstrap <文件.json 或 ->。Expected bootstrap <file.json, or ->.';
const PIPED = '-';
const NO_FILE =
  '文件应为三名管理员的列表，各项俱全。A list of three administrators was expected, with every field.';
const NO_DATABASE =
  'DATA_DIR 中没有机构库。No database of institutions is in DATA_DIR; set DATABASE_URL_INSTITUTIONS and FIELD_KEYS_FILE.';

const shape = z.array(
  z.object({
    role: z.enum(ADMINS),
    name: z.string(),
    holderName: z.string(),
    documentKind: z.enum(DOCUMENT_KINDS as [string, ...string[]]),
    documentNumber: z.string(),
    certificateNumber: z.string(),
    certifiedOn: z.string(),
  }),
);

function adminsIn(args: readonly string[]): FirstAdmin[] {
  const [command, file, ...rest] = args;
  if (command !== 'bootstrap' || file === undefined || rest.length > 0) throw new ConfigError(USAGE);
  const read = file === PIPED || existsSync(file) ? shape.safeParse(json(file)) : undefined;
  if (!read?.success) throw new ConfigError(NO_FILE);
  return read.data.map(
    (one) => ({ ...one, areaCode: null, region: null, duty: null, rights: null }) as FirstAdmin,
  );
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === PIPED ? 0 : file, 'utf8'));
  } catch {
    return undefined;
  }
}

function location() {
  const { DATABASE_URL_INSTITUTIONS: given, DATA_DIR, FIELD_KEYS_FILE, CRYPTO_SUITE } = readEnv(accountsEnv);
  const embedded = join(DATA_DIR, 'institutions.sqlite');
  if (given === undefined && !existsSync(embedded)) throw new ConfigError(NO_DATABASE);
  const keys = loadFieldKeys(FIELD_KEYS_FILE ?? join(DATA_DIR, 'field-keys.json'), { suite: CRYPTO_SUITE });
  return { url: given ?? `sqlite:${embedded}`, keys, poolSize: 2 };
}

async function bootstrap(admins: readonly FirstAdmin[]): Promise<void> {
  const store = await openInstitutionStore(location(), { migrate: false });
  const userErrors = await fileFirstAdmins(store, () => new Date(), admins).finally(() => store.close());
  if (userErrors.length > 0) {
    const told = userErrors.map(({ code, field, message, messageEn }) =>
      [code, field.join('.'), message, messageEn].join(' '),
    );
    throw new ConfigError(told.join('\n'));
  }
}

const log = createLog('accounts');
try {
  await bootstrap(adminsIn(process.argv.slice(2)));
  console.log('三名管理员已备案并启用。The three administrators are filed and active.');
} catch (error) {
  if (error instanceof ConfigError) console.error(error.message);
  else log.fatal(faultFacts(error), 'could not file the accounts');
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
