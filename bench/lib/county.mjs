/** The demonstration county as a directory of databases: seeded once, copied for every run. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { today } from '../../dist/kernel/rules/plain-date.js';
import { schoolYearOf } from '../../dist/kernel/rules/school-year.js';
import { freePorts, ready, ROOT, start } from './processes.mjs';

const CACHE = fileURLToPath(new URL('../.cache/', import.meta.url));
/** What the seeded databases depend on; after any change they are seeded anew. */
const SEEDED_BY = ['dist/clients/cli/demo', 'dist/kernel/store', 'dist/subgraphs', 'dist/embedded/demo.js'];

/** The flags of `npm start`, so that what is measured is what a newcomer runs. */
export function startFlags() {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const flags = /node (.*)dist\/embedded\/main\.js/.exec(scripts.start);
  if (!flags) throw new Error('The start script does not run dist/embedded/main.js any more.');
  return flags[1].split(' ').filter(Boolean);
}

/** Starts the embedded process on a data directory, without its pages; resolves when the county is seeded. */
export async function startEmbedded(dataDir, { quiet = true } = {}) {
  const [port] = await freePorts(1);
  const origin = `http://127.0.0.1:${port}`;
  const child = start('dist/embedded/main.js', {
    env: { DATA_DIR: dataDir, PORT: String(port) },
    execArgv: startFlags(),
    quiet,
  });
  await ready(`${origin}/readyz`, child);
  const marker = join(dataDir, 'demo-county.json');
  let ended = false;
  void child.exited.then(() => (ended = true));
  while (!existsSync(marker) && !ended) await new Promise((resolve) => setTimeout(resolve, 100));
  if (ended) throw new Error('The embedded process ended while it seeded.');
  return { child, url: `${origin}/graphql` };
}

/** @returns {Promise<{directory: string, seeding?: import('./processes.mjs').Usage}>} usage only when it was seeded now */
export async function seededCounty() {
  const directory = join(CACHE, `county-${fingerprint()}`);
  if (existsSync(directory)) return { directory };
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  const draft = join(CACHE, 'draft');
  const { child } = await startEmbedded(draft, { quiet: false });
  const seeding = await child.usage();
  await child.stop();
  renameSync(draft, directory);
  return { directory, seeding };
}

/** A copy of the county for one process or set of processes to write into. */
export function copyOf({ directory }, temporary, name) {
  const copy = join(temporary, name);
  cpSync(directory, copy, { recursive: true });
  return copy;
}

function fingerprint() {
  const hash = createHash('sha256').update(String(schoolYearOf(today(new Date()))));
  for (const path of SEEDED_BY.flatMap((one) => files(join(ROOT, one)))) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 12);
}

function files(path) {
  if (path.endsWith('.js')) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
