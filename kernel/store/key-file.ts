/** The file that holds the keys of sealed values: read by many, changed by an operator's command only. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { SUITES, type SuiteName } from './suites.ts';

const STORED = z.object({
  current: z.number().int().min(1).max(255),
  keys: z.record(z.string(), z.string()),
  index: z.string(),
  /** Which HMAC blind indexes are made with. It stays as it was at the beginning: another one would find nothing. */
  indexSuite: z.enum(SUITES).default('aes'),
  /** Since when `current` is. */
  currentSince: z.iso.datetime().optional(),
});
type Stored = z.infer<typeof STORED>;

export interface KeyFile {
  readonly current: number;
  readonly keys: ReadonlyMap<number, Buffer>;
  readonly index: Buffer;
  readonly indexSuite: SuiteName;
}

/** How old may be what a process believes of its key file. */
export const LOOK_EVERY_MS = 5_000;
const BYTES = 32;

/** Writes a new file where there is none. */
export function createKeyFile(file: string, suite: SuiteName): void {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const stored = { current: 1, keys: { 1: fresh() }, index: fresh(), indexSuite: suite };
  writeFileSync(file, JSON.stringify(stored), { mode: 0o600, flag: 'wx' });
}

/** The keys in the file as it is, looked at anew every few seconds, and at once where that is asked for. */
export function keptFile(file: string): (anew?: boolean) => KeyFile {
  let kept = read(file);
  let changed = versionOf(file);
  let looked = Date.now();
  return (anew = false) => {
    if (!anew && Date.now() - looked < LOOK_EVERY_MS) return kept;
    looked = Date.now();
    const version = versionOf(file);
    if (version !== changed) [kept, changed] = [read(file), version];
    return kept;
  };
}

/** Adds a key that new values are sealed with from now on; answers its id. The keys before it still read what they sealed. */
export function addKey(file: string, now: Date = new Date()): number {
  return alone(file, () => {
    const stored = parse(file);
    const current = Math.max(...Object.keys(stored.keys).map(Number)) + 1;
    if (current > 255) throw new KeyFileError('密钥编号已用尽。All 255 key ids have been used.');
    const keys = { ...stored.keys, [current]: fresh() };
    replace(file, { ...stored, current, keys, currentSince: now.toISOString() });
    return current;
  });
}

/** Takes a key out of the file that nothing is sealed with any more. Whoever calls it has looked. */
export function removeKey(file: string, id: number, now: Date = new Date()): void {
  alone(file, () => {
    const stored = parse(file);
    const fault = removalFault(stored, id, now);
    if (fault) throw new KeyFileError(fault);
    const keys = Object.fromEntries(Object.entries(stored.keys).filter(([one]) => one !== String(id)));
    replace(file, { ...stored, keys });
  });
}

/** Why a key may not be taken out yet, whatever is sealed with it; null where nothing in the file speaks against it. */
export const whyKept = (file: string, id: number, now: Date = new Date()) =>
  removalFault(parse(file), id, now);

function removalFault({ current, keys, currentSince }: Stored, id: number, now: Date): string | null {
  if (!(id in keys)) return `密钥 ${id} 不在文件中。Key ${id} is not in the file.`;
  if (id === current) return `密钥 ${id} 正在使用。Key ${id} is the current one.`;
  // Whoever has not looked at the file since then still seals with the key before.
  const young = currentSince !== undefined && now.getTime() - Date.parse(currentSince) < 2 * LOOK_EVERY_MS;
  return young ? '新密钥启用不足十秒，请稍候。The new key is younger than ten seconds; wait.' : null;
}

export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

const fresh = () => randomBytes(BYTES).toString('base64');
const parse = (file: string): Stored => STORED.parse(JSON.parse(readFileSync(file, 'utf8')));

function read(file: string): KeyFile {
  const { current, keys, index, indexSuite } = parse(file);
  const entries = Object.entries(keys).map(([id, key]) => [Number(id), Buffer.from(key, 'base64')] as const);
  return { current, keys: new Map(entries), index: Buffer.from(index, 'base64'), indexSuite };
}

/** Whoever reads it meanwhile finds the old file or the new one, never half of it. */
function replace(file: string, stored: Stored): void {
  const next = `${file}.next`;
  // On the disk before anything is sealed with it: a key that is lost takes what it sealed with it.
  writeFileSync(next, JSON.stringify(stored), { mode: 0o600, flush: true });
  renameSync(next, file);
  const directory = openSync(dirname(file), 'r');
  fsyncSync(directory);
  closeSync(directory);
}

/** Two commands at once would each write what the other has not read. */
function alone<R>(file: string, work: () => R): R {
  const lock = `${file}.lock`;
  try {
    closeSync(openSync(lock, 'wx'));
  } catch {
    throw new KeyFileError(
      `另一命令正在更改密钥文件，否则请删除 ${lock}。Another command changes the key file; if none does, remove ${lock}.`,
    );
  }
  try {
    return work();
  } finally {
    unlinkSync(lock);
  }
}

/** A file system's clock may stand still for milliseconds, in which a key was added. */
function versionOf(file: string): string {
  const { ino, size, mtimeMs } = statSync(file);
  return `${ino} ${size} ${mtimeMs}`;
}
