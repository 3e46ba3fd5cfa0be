/**
 * `npm run exports -- trace <file> [--keys <file>]`: says which export a file, or a part of one that somebody has found, came
 * from, and whom it was given to. Reads the database of records (DATABASE_URL_RECORDS, else the embedded one in DATA_DIR).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NATION } from '../kernel/rules/viewer.ts';
import { ConfigError, DATABASE_URLS, databasesEnv, readEnv } from '../kernel/serve/config.ts';
import { createLog, faultFacts } from '../kernel/serve/log.ts';
import { loadFieldKeys } from '../kernel/store/seal.ts';
import type { SuiteName } from '../kernel/store/suites.ts';
import type { DataExport } from '../subgraphs/records/model.ts';
import { traceIn, type Traced } from '../subgraphs/records/service/data-exports/trace.ts';
import { dataExportQueries } from '../subgraphs/records/store/data-exports.ts';
import { openRecordStore } from '../subgraphs/records/store/store.ts';

const USAGE = '应为 Expected: trace <file> [--keys <file>]';
const PAGE = 500;

function wanted(): { readonly file: string; readonly keys: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      options: { keys: { type: 'string' } },
      allowPositionals: true,
    });
    const [command, file, ...rest] = positionals;
    if (command === 'trace' && file !== undefined && rest.length === 0) return { file, keys: values.keys };
  } catch {
    // Said below.
  }
  throw new ConfigError(USAGE);
}

async function approvedExports(keysFile: string | undefined): Promise<DataExport[]> {
  const env: Readonly<Record<string, string | undefined>> = readEnv(databasesEnv);
  const [given, directory] = [env[DATABASE_URLS.records], env['DATA_DIR']!];
  const database = join(directory, 'records.sqlite');
  if (given === undefined && !existsSync(database))
    throw new ConfigError(
      'DATA_DIR 中没有学籍库。No database of records is in DATA_DIR; set DATABASE_URL_RECORDS.',
    );
  const keys = loadFieldKeys(existing(keysFile ?? join(directory, 'field-keys.json')), {
    suite: env['CRYPTO_SUITE'] as SuiteName,
  });
  const location = { url: given ?? `sqlite:${database}`, keys, poolSize: 2 };
  const store = await openRecordStore(location, { migrate: false });
  const { dataExports } = dataExportQueries(store);
  const all: DataExport[] = [];
  try {
    for (let page = PAGE; page === PAGE;) {
      const rows = await dataExports({ area: NATION, state: null }, PAGE, all.at(-1)?.id ?? null);
      all.push(...rows);
      page = rows.length;
    }
  } finally {
    await store.close();
  }
  return all.filter(({ secret }) => secret !== null);
}

function existing(file: string): string {
  if (existsSync(file)) return file;
  throw new ConfigError(`找不到文件 ${file}。There is no file ${file}.`);
}

const line = ({ dataExport, by, agreeing, of }: Traced) =>
  JSON.stringify({
    ...{
      export: dataExport.id,
      by,
      agreeing,
      of,
      recipient: dataExport.recipient,
      purpose: dataExport.purpose,
    },
    ...{ requestedBy: dataExport.requestedBy, decidedBy: dataExport.decidedBy, until: dataExport.untilOn },
  });

/** 0: traced. 1: to none, or too little is left to tell. 2: it could not be looked for. */
try {
  const { file, keys } = wanted();
  const text = readFileSync(existing(file), 'utf8');
  const exports = await approvedExports(keys);
  const traced = traceIn(text, exports);
  for (const one of traced) console.log(line(one));
  if (traced.length === 0) {
    console.log(
      `与 ${exports.length} 项提供均不符，或所余太少。None of ${exports.length} exports, or too little is left.`,
    );
    process.exitCode = 1;
  }
} catch (error) {
  const told = error instanceof ConfigError;
  if (told) console.error(error.message);
  else createLog('exports').fatal(faultFacts(error), 'exports: failed');
  process.exitCode = 2;
}
