/** A large roster through the command line into the embedded process: memory on both sides, and rows a second. */
import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DECIDING_CLERK, entryClerk, OPENING_CLERK } from '../../dist/clients/cli/demo/accounts.js';
import { demoCounty } from '../../dist/clients/cli/demo/generate.js';
import { newRoster, writeRoster } from '../../dist/clients/cli/demo/roster-files.js';
import { OPEN_CLASSES, OPEN_INSTITUTIONS } from '../../dist/clients/cli/demo/seed-operations.js';
import { readNationalFigures } from '../../dist/clients/cli/demo/statistics.js';
import { today } from '../../dist/kernel/rules/plain-date.js';
import { schoolYearOf } from '../../dist/kernel/rules/school-year.js';
import { askOver, tokensOf } from './ask.mjs';
import { copyOf, startEmbedded } from './county.mjs';
import { load } from './load.mjs';
import { operationsOn } from './operations.mjs';
import { start } from './processes.mjs';

export const ROWS = 11_300;
const CLASS_SIZE = 30;
const BATCH = 200;
/** A serial the demonstration county does not use. */
const CODE = '1133999001';
const QUERY_SECONDS = 2;

/**
 * @typedef {{readyMb: number, servedMb: number, importedMb: number, peakMb: number,
 *   clientPeakMb: number, accepted: number, seconds: number, rowsPerSecond: number}} Memory resident megabytes
 */

/** @returns {Promise<Memory>} */
export async function measureMemory(county, temporary) {
  const dataDir = copyOf(county, temporary, 'memory');
  const { child, url } = await startEmbedded(dataDir);
  const tokenOf = await tokensOf(dataDir);
  const ask = askOver(url, tokenOf);
  try {
    // Asking for it is what makes the databases read: an idle process says little.
    await ask(DECIDING_CLERK, '{ viewer { account } }', {});
    const { rssMb: readyMb } = await child.usage();
    for (const operation of await operationsOn(ask)) {
      const token = await tokenOf(operation.spec);
      await load(url, token, operation, { seconds: QUERY_SECONDS, connections: 16 });
    }
    const { rssMb: servedMb } = await child.usage();
    const roster = await kindergartenWithRoster(ask, temporary);
    const imported = await importRoster(roster, url, await tokenOf(entryClerk(CODE)), temporary);
    const { rssMb: importedMb, peakMb } = await child.usage();
    return { readyMb, servedMb, importedMb, peakMb, ...imported };
  } finally {
    await child.stop();
  }
}

/** One kindergarten with as many classes as the rows need, and a roster of children nobody has registered yet. */
async function kindergartenWithRoster(ask, temporary) {
  const schoolYear = schoolYearOf(today(new Date()));
  const figures = readNationalFigures();
  const [{ institution }] = demoCounty(schoolYear, figures).kindergartens;
  const classes = Array.from({ length: Math.ceil(ROWS / CLASS_SIZE) }, (_, at) => ({
    name: `混龄${at + 1}班`,
    level: 'MIXED',
  }));
  const item = { ...institution, code: CODE, name: '余杭区导入幼儿园（演示）', creditCode: null };
  const opened = await ask(OPENING_CLERK, OPEN_INSTITUTIONS, {
    input: { idempotencyKey: 'bench:institution', items: [item] },
  });
  refused(opened.openInstitutions);
  for (let at = 0; at < classes.length; at += BATCH) {
    const items = classes.slice(at, at + BATCH).map((one) => ({ ...one, schoolYear, institutionCode: CODE }));
    const input = { idempotencyKey: `bench:classes:${at}`, items };
    refused((await ask(OPENING_CLERK, OPEN_CLASSES, { input })).openClasses);
  }
  const file = join(temporary, 'roster.xlsx');
  await writeRoster(
    file,
    newRoster({ institutionCode: CODE, classes, children: ROWS, schoolYear, pool: 1, figures }),
  );
  return file;
}

function refused({ userErrors, results }) {
  const codes = [userErrors, ...results.map((result) => result.userErrors)].flat().map(({ code }) => code);
  if (codes.length > 0) throw new Error(`The graph refused to open: ${[...new Set(codes)].join(', ')}`);
}

async function importRoster(file, url, token, temporary) {
  const tokenFile = join(temporary, 'token');
  const usageFile = join(temporary, 'client-usage.json');
  const result = join(temporary, 'result.xlsx');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const startedAt = performance.now();
  const client = start('dist/clients/cli/main.js', {
    args: ['roster', 'import', file, '--url', url, '--token-file', tokenFile, '--result', result, '--json'],
    env: { BENCH_USAGE_FILE: usageFile },
    execArgv: ['--enable-source-maps'],
    quiet: true,
    capture: true,
  });
  const code = await client.exited;
  const seconds = (performance.now() - startedAt) / 1000;
  const { peakMb: clientPeakMb } = JSON.parse(readFileSync(usageFile, 'utf8'));
  if (code !== 0) throw new Error(`roster import ended with ${code}`);
  const { accepted } = JSON.parse(client.output());
  return { clientPeakMb, accepted, seconds, rowsPerSecond: accepted / seconds };
}
