/**
 * `npm run bench`: Xueji beside its peers on the same subgraphs, what its operations cost, and whether memory
 * and import keep to their targets. Only those targets decide the exit code; speed is printed, not judged.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askOver, tokensOf } from './lib/ask.mjs';
import { copyOf, seededCounty } from './lib/county.mjs';
import { measureMemory, ROWS } from './lib/memory.mjs';
import { memoryOperations, startMemoryVariants } from './lib/memory-variants.mjs';
import { operationsOn } from './lib/operations.mjs';
import { readOptions } from './lib/options.mjs';
import { start } from './lib/processes.mjs';
import { speedTable, summarised, targetTable, workTable } from './lib/report.mjs';
import { runRounds } from './lib/rounds.mjs';
import { embeddedDatabases, mariadbDatabases, startVariants } from './lib/variants.mjs';
import { startServer } from './take-over/server.mjs';

const note = (text) => process.stderr.write(`bench: ${text}\n`);
const options = readOptions();
const temporary = mkdtempSync(join(tmpdir(), 'xueji-bench-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

if (options.takeOver) {
  const { benchTakeOver, takeOverTable } = await import('./take-over/run.mjs');
  const takeOver = await benchTakeOver(options, note);
  print('September: graduates, schools, MariaDB', takeOverTable(takeOver));
  save({ at: new Date().toISOString(), node: process.version, cores: cpus().length, takeOver });
  process.exit(takeOver.checked.right ? 0 : 1);
}
const needsCounty = ['work', 'memory'].some((part) => options.only.has(part));
if (needsCounty) note('the demonstration county');
const county = needsCounty ? await seededCounty() : undefined;
const results = {
  at: new Date().toISOString(),
  node: process.version,
  cores: cpus().length,
  rounds: options.rounds,
};
if (options.only.has('gateway')) results.gateway = await gateway();
if (options.only.has('speed')) results.speed = await speed();
if (options.only.has('mariadb')) results.mariadb = await mariadb();
if (options.only.has('work')) results.work = await work();
if (options.only.has('memory')) results.targets = await memory();
save(results);
process.exit(results.targets?.some(({ passed }) => !passed) ? 1 : 0);

/** Over rows in memory, so that nothing but the gateways takes time. */
async function gateway() {
  note('six gateways over rows in memory');
  const { variants, issuerDir, stop } = await startMemoryVariants(temporary);
  const operations = memoryOperations();
  const samples = await runRounds(variants, operations, await tokensOf(issuerDir), options, note);
  await stop();
  const lines = summarised(samples, variants, operations);
  print('Rows in memory, medians over rounds; ratios to (a), pair by pair', speedTable(lines));
  return { lines, samples };
}

async function speed() {
  note('four variants on embedded databases');
  return databases('Embedded databases', await embeddedDatabases(temporary), options);
}

/** With every guard on, as in production. */
async function mariadb() {
  note('four variants on MariaDB, where the county is seeded first');
  const server = await startServer().catch((error) => note(`MariaDB is left out: ${error.message}`));
  if (!server) return undefined;
  const found = await mariadbDatabases(temporary, server);
  const measured = await databases('MariaDB, every guard on', found, { ...options, guards: true });
  server.stop();
  return measured;
}

async function databases(title, found, chosen) {
  const { variants, issuerDir, stop } = await startVariants(found, temporary, chosen);
  const tokenOf = await tokensOf(issuerDir);
  const operations = await operationsOn(askOver(variants[0].url, tokenOf));
  const samples = await runRounds(variants, operations, tokenOf, options, note);
  await stop();
  const lines = summarised(samples, variants, operations);
  print(`${title}, medians over rounds; ratios to (a), pair by pair`, speedTable(lines));
  return { lines, samples };
}

async function work() {
  note('statements, fetches, bytes');
  const child = start('bench/servers/work.mjs', { env: { DATA_DIR: copyOf(county, temporary, 'work') } });
  const counted = await child.message('work');
  await child.exited;
  print('Work of one operation, warm', workTable(counted));
  return counted;
}

async function memory() {
  note(`memory, and ${ROWS} rows through roster import`);
  const used = await measureMemory(county, temporary);
  const serving = Math.max(used.readyMb, used.servedMb, used.importedMb, county.seeding?.peakMb ?? 0);
  const target = (what, value, unit, wanted, passed) => ({ what, value, unit, target: wanted, passed });
  const targets = [
    target('embedded process, started, resident', used.readyMb, 'MB', '< 400 MB', used.readyMb < 400),
    target('embedded process, most seen, resident', serving, 'MB', '< 400 MB', serving < 400),
    target(
      'roster import, client, peak resident',
      used.clientPeakMb,
      'MB',
      '< 300 MB',
      used.clientPeakMb < 300,
    ),
    target('roster import, rows accepted', used.accepted, 'rows', `${ROWS} rows`, used.accepted === ROWS),
    target(
      'roster import, accepted',
      used.rowsPerSecond,
      'rows/s',
      '>= 500 rows/s',
      used.rowsPerSecond >= 500,
    ),
  ];
  print('Memory and import', targetTable(targets));
  return targets;
}

function print(title, text) {
  process.stdout.write(`\n${title}\n\n${text}\n`);
}

function save(all) {
  const directory = fileURLToPath(new URL('./results/', import.meta.url));
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${all.at.replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
  process.stdout.write(`\n${file}\n`);
}
