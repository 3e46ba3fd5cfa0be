/**
 * `npm run bench -- --take-over`: the September of a county, or with `--graduates 1000000` of a province, on MariaDB. Graduates are
 * put into the databases directly; schools then claim and acknowledge theirs through the graph, in partitions that are
 * processes of their own, one of which is killed in the middle and goes on. Exit code 1 where one is missing or taken twice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { loadFieldKeys } from '../../dist/kernel/store/seal.js';
import { start } from '../lib/processes.mjs';
import { admissionsOf, insertSchools, schoolsFor } from './graduates.mjs';
import { openGraph, RESOLVE, takeOver } from './graph.mjs';
import { databaseOf, startServer } from './server.mjs';

const RESOLVING_MS = 5_000;

export async function benchTakeOver({ graduates, partitions }, note) {
  const directory = mkdtempSync(join(tmpdir(), 'xueji-bench-take-over-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const keysFile = join(directory, 'field-keys.json');
  const keys = loadFieldKeys(keysFile, { create: true });
  note('a MariaDB of its own');
  const { url, cpuMs } = await startServer(graduates);
  const graph = await openGraph(url, keys, { still: true });
  note(`${graduates} graduates, put in directly`);
  const inserted = await insertAll({ url, keysFile, graduates, partitions });
  await insertSchools(url, keys, graduates);
  note('resolving');
  const resolving = await resolveAll(graph, graduates);
  const costs = await costsOf(graph, graduates);
  await graph.close();
  note(`${schoolsFor(graduates)} schools in ${partitions} partitions, one of them killed in the middle`);
  const taking = await takeAll({ url, cpuMs, keysFile, graduates, partitions, directory }, note);
  note('what the clock has left to do');
  const drained = await drain(url, keys);
  return {
    graduates,
    partitions,
    inserted,
    resolving,
    costs,
    ...taking,
    drained,
    checked: await check(url, graduates),
  };
}

/** Rows a second. */
async function insertAll({ url, keysFile, graduates, partitions }) {
  const from = performance.now();
  const parts = Array.from({ length: partitions }, (_, part) => {
    const args = [url, keysFile, graduates, part, partitions].map(String);
    return start('bench/take-over/worker.mjs', { args }).exited;
  });
  if ((await Promise.all(parts)).some((code) => code !== 0)) throw new Error('Not all could be put in.');
  return graduates / ((performance.now() - from) / 1000);
}

/** Seconds until all that follows by itself is done: changes told, placed in the feed, the audit chains sealed. */
async function drain(url, keys) {
  const from = performance.now();
  const graph = await openGraph(url, keys, { still: true });
  await graph.tick('records');
  await graph.tick('primary-link');
  await graph.close();
  return (performance.now() - from) / 1000;
}

/** One at a time, and 500 at a time, of schools in turn. */
async function resolveAll(graph, graduates) {
  const rate = async (size) => {
    const from = performance.now();
    let n = 0;
    while (performance.now() - from < RESOLVING_MS) {
      const school = ((n / size) % schoolsFor(graduates)) | 0;
      const admissions = admissionsOf(school, graduates);
      const items = Array.from({ length: size }, (_, i) => admissions[i % admissions.length]);
      const { resolveNumbers } = await graph.ask(school, RESOLVE, { items });
      if (resolveNumbers.some(({ outcome }) => outcome !== 'FOUND')) throw new Error('One was not found.');
      n += size;
    }
    return n / ((performance.now() - from) / 1000);
  };
  return { one: await rate(1), fiveHundred: await rate(500) };
}

/** Of the last school's, so that nothing of the bulk is done before. */
async function costsOf(graph, graduates) {
  const school = schoolsFor(graduates) - 1;
  const items = admissionsOf(school, graduates);
  const many = (n) => Array.from({ length: n }, (_, i) => items[i % items.length]);
  const resolve = async (n) => {
    await graph.ask(school, RESOLVE, { items: many(1) });
    return graph.cost(() => graph.ask(school, RESOLVE, { items: many(n) }));
  };
  return {
    'resolve one': await resolve(1),
    'resolve 500': await resolve(500),
    [`take over ${items.length}`]: await graph.cost(() => takeOver(graph, school, items)),
  };
}

async function takeAll({ url, cpuMs, keysFile, graduates, partitions, directory }, note) {
  const from = performance.now();
  const databaseFrom = cpuMs();
  // Of each process that took part, the killed one included.
  const cpu = new Map();
  let taken = 0;
  const killAt = graduates / 3;
  let killed = null;
  const partition = async (part) => {
    for (;;) {
      const journal = join(directory, `done-${part}`);
      const args = [url, keysFile, graduates, part, partitions, journal].map(String);
      const child = start('bench/take-over/worker.mjs', { args });
      let again = false;
      child.on('message', (told) => {
        if (told?.taken === undefined) return;
        taken += told.taken;
        cpu.set(child.pid, told.cpuMs);
        if (part !== 0 || killed !== null || taken < killAt) return;
        killed = { after: taken, atSecond: (performance.now() - from) / 1000 };
        again = true;
        // Not at once: in the middle of the next school.
        setTimeout(() => process.kill(child.pid, 'SIGKILL'), 150);
      });
      const code = await child.exited;
      if (code === 0) return;
      if (!again) throw new Error(`Partition ${part} ended with ${code}.`);
      note(`partition ${part} was killed; it goes on`);
    }
  };
  await Promise.all(Array.from({ length: partitions }, (_, part) => partition(part)));
  const seconds = (performance.now() - from) / 1000;
  const cpuMsPerRow = {
    subgraphs: [...cpu.values()].reduce((sum, ms) => sum + ms, 0) / graduates,
    database: (cpuMs() - databaseFrom) / graduates,
  };
  return { seconds, rowsPerSecond: graduates / seconds, cpuMsPerRow, killed };
}

/** What the databases say, whoever wrote it: each of these is to be as many as there are graduates, or none. */
async function check(url, graduates) {
  const connection = await createConnection(databaseOf(url, 'primary-link'));
  const count = async (query) => {
    const [[row]] = await connection.query(query);
    return numbers(row);
  };
  const each = {
    ...(await count(
      `SELECT COUNT(*) AS acknowledged, COUNT(DISTINCT record_id) AS records, COUNT(DISTINCT receipt) AS receipts
         FROM take_over WHERE state = 'ACKNOWLEDGED'`,
    )),
    ...(await count(
      `SELECT (SELECT COUNT(*) FROM xueji_records.record WHERE status = 'PROMOTED') AS promoted,
              (SELECT COUNT(*) FROM xueji_records.promotion WHERE state = 'PROMOTED') AS promotions`,
    )),
    ...(await count(
      `SELECT COUNT(*) AS events, COUNT(DISTINCT record_id) AS promotedOnce
         FROM xueji_records.record_event WHERE status_to = 'PROMOTED'`,
    )),
  };
  const none = {
    ...(await count(
      `SELECT COUNT(*) AS others, COALESCE(SUM(pending IS NOT NULL), 0) AS pending
         FROM take_over WHERE state <> 'ACKNOWLEDGED' OR pending IS NOT NULL`,
    )),
    ...(await count(
      `SELECT (SELECT COUNT(*) FROM feed_change WHERE sequenced_at IS NULL) AS unplaced,
              (SELECT COUNT(*) FROM xueji_records.record_change WHERE delivered_at IS NULL) AS untold,
              (SELECT COUNT(*) FROM audit_entry) - (SELECT COUNT(*) FROM audit_link) AS unsealed,
              (SELECT COUNT(*) FROM xueji_records.audit_entry) - (SELECT COUNT(*) FROM xueji_records.audit_link) AS unsealedAtRecords`,
    )),
    // Places without a gap: the last of each stream is as high as there are entries in it.
    ...(await count(
      `SELECT COUNT(*) AS gaps FROM feed_head h WHERE h.seq <>
         (SELECT COUNT(*) FROM feed_entry e WHERE e.stream = h.stream AND e.part = h.part)`,
    )),
  };
  await connection.end();
  const right =
    Object.values(each).every((n) => n === graduates) && Object.values(none).every((n) => n === 0);
  return { ...each, ...none, duplicates: each.acknowledged - each.records, right };
}

const numbers = (row) => Object.fromEntries(Object.entries(row).map(([name, n]) => [name, Number(n)]));

export function takeOverTable({
  graduates,
  inserted,
  resolving,
  costs,
  seconds,
  rowsPerSecond,
  cpuMsPerRow,
  killed,
  drained,
  checked,
}) {
  const n = (value) => Math.round(value).toLocaleString('en');
  const lines = [
    ['graduates put in directly', `${n(graduates)}, ${n(inserted)} rows/s`],
    ['resolve, one a call', `${n(resolving.one)} a second`],
    ['resolve, 500 a call', `${n(resolving.fiveHundred)} a second`],
    ['taken over (claim and acknowledge)', `${n(seconds)} s, ${n(rowsPerSecond)} rows/s`],
    [
      'CPU a row, subgraphs and MariaDB',
      `${cpuMsPerRow.subgraphs.toFixed(2)} ms, ${cpuMsPerRow.database.toFixed(2)} ms`,
    ],
    ['killed', killed ? `after ${n(killed.after)}, went on` : 'never'],
    ['then, by the clock', `${n(drained)} s until all is told, placed in the feed and sealed`],
    ['acknowledged, twice, left', `${n(checked.acknowledged)}, ${checked.duplicates}, ${checked.pending}`],
    ...Object.entries(costs).map(([what, cost]) => [
      what,
      `${cost.statements} statements, ${cost.fetches} fetches`,
    ]),
  ];
  return lines.map(([what, value]) => `${what.padEnd(36)} ${value}`).join('\n');
}
