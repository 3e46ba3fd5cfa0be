/**
 * Takes over the schools of its partition, one after the other: `worker.mjs <url> <keys> <graduates> <partition> <of> <journal>`.
 * The journal holds the schools that are done, so that one that was killed goes on where it stood. Without a journal it puts
 * the graduates of its partition into the databases instead.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { loadFieldKeys } from '../../dist/kernel/store/seal.js';
import { admissionsOf, insertGraduates, schoolsFor } from './graduates.mjs';
import { openGraph, takeOver } from './graph.mjs';

const [url, keysFile, all, part, of, journal] = process.argv.slice(2);
const graduates = Number(all);
const keys = loadFieldKeys(keysFile);
if (!journal) {
  await insertGraduates(url, keys, { graduates, part: Number(part), of: Number(of) });
  process.exit(0);
}
const done = new Set(existsSync(journal) ? readFileSync(journal, 'utf8').split('\n') : []);
const graph = await openGraph(url, keys);
process.send({ ready: done.size });
for (let school = Number(part); school < schoolsFor(graduates); school += Number(of)) {
  if (done.has(String(school))) continue;
  const items = admissionsOf(school, graduates);
  await takeOver(graph, school, items);
  appendFileSync(journal, `${school}\n`);
  const { user, system } = process.cpuUsage();
  process.send({ taken: items.length, cpuMs: (user + system) / 1000 });
}
await graph.close();
process.exit(0);
