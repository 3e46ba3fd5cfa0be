/**
 * JSON as it goes out. V8 builds a long text out of many parts and puts them together when it is first read, into memory
 * the system has to clear page by page: a list of a thousand took four times as long as the text itself. A long list is
 * therefore written some items at a time.
 */
const ITEMS = 64;
/** Lists of an answer lie no deeper than this: data, field, connection. */
const DEEPEST = 4;

/** In UTF-8, and the same as JSON.stringify of anything but undefined, functions and symbols. */
export function jsonBytes(value: unknown): Buffer {
  const pieces: string[] = [];
  spell(value, DEEPEST, pieces);
  const bytes = Buffer.allocUnsafe(pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0));
  let at = 0;
  for (const piece of pieces) at += bytes.write(piece, at);
  return bytes;
}

function hasLongList(value: unknown, depth: number): boolean {
  if (Array.isArray(value)) return value.length > ITEMS;
  return depth > 0 && isPlain(value) && Object.values(value).some((inner) => hasLongList(inner, depth - 1));
}

function spell(value: unknown, depth: number, pieces: string[]): void {
  if (!hasLongList(value, depth)) pieces.push(JSON.stringify(value));
  else if (Array.isArray(value)) spellList(value, pieces);
  else spellObject(value as object, depth, pieces);
}

function spellList(list: readonly unknown[], pieces: string[]): void {
  for (let at = 0; at < list.length; at += ITEMS) {
    pieces.push(at === 0 ? '[' : ',', JSON.stringify(list.slice(at, at + ITEMS)).slice(1, -1));
  }
  pieces.push(']');
}

function spellObject(object: object, depth: number, pieces: string[]): void {
  let before = '{';
  for (const [name, value] of Object.entries(object) as [string, unknown][]) {
    if (value === undefined) continue;
    pieces.push(before, JSON.stringify(name), ':');
    spell(value, depth - 1, pieces);
    before = ',';
  }
  pieces.push('}');
}

/** Anything else may say itself how it is written. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
