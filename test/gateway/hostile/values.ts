/** Values nobody sends by mistake. */
import type { Chance } from './chance.ts';

const TEXTS: readonly string[] = [
  '', ' ', '\u0000', '\u202e某某\u202c', '\ud800', '𠮷野家', '👨‍👩‍👧‍👦', "' OR 1=1 --", '"; DROP TABLE record; --', '%00', '%', '_',
  '../../etc/passwd', '${7*7}', '{{7*7}}', '<script>alert(1)</script>', '\r\nset-cookie: a=b', '__proto__', 'constructor', 'NaN',
  '-0', '1e400', '2026-02-30', '9999-99-99', '0000-00-00', 'x'.repeat(5_000), '一'.repeat(2_000), '\\', '\\u0000', 'null', 'true',
  '190101', '000000', '1999990001', 'G19010120210101001X', 'djE6', Buffer.from('v1:\u0000').toString('base64url'),
]; // prettier-ignore

const NUMBERS: readonly number[] = [
  0, -0, -1, 1, 101, 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, -1e308, 5e-324, 2_147_483_647, 50_000, 1_000_000_000,
]; // prettier-ignore

export function value(c: Chance, depth = 0): unknown {
  switch (c.below(depth > 3 ? 5 : 9)) {
    case 0:
    case 1:
      return c.of(TEXTS);
    case 2:
      return c.of(NUMBERS);
    case 3:
      return null;
    case 4:
      return c.once(2);
    case 5:
      return Array.from({ length: c.below(4) }, () => value(c, depth + 1));
    case 6:
      return Array.from({ length: c.once(10) ? 1_000 : 20 }, () => c.of(TEXTS.slice(0, 10)));
    case 7:
      return nested(1 + c.below(300));
    default:
      return Object.fromEntries(Array.from({ length: c.below(5) }, () => [c.of(KEYS), value(c, depth + 1)]));
  }
}

const KEYS = [
  'id',
  'name',
  'first',
  'input',
  '__proto__',
  'constructor',
  'toString',
  'idempotencyKey',
  '',
  '学籍',
  'length',
];

const nested = (n: number): unknown => JSON.parse('['.repeat(n) + ']'.repeat(n));

/** As GraphQL writes it; not always as it should be. */
export function literal(c: Chance): string {
  if (c.once(8))
    return c.of([
      '$nothing',
      '[[[[[',
      '{a:{a:{a:1}}}',
      '"""',
      '"\\u{110000}"',
      '"\\uD800"',
      '1.e',
      '-',
      'ENUM_NOT_THERE',
      '{}',
    ]);
  const drawn = value(c, 4);
  if (typeof drawn === 'number') return c.once(2) ? String(drawn) : drawn.toExponential();
  return JSON.stringify(drawn);
}

export const text = (c: Chance) => c.of(TEXTS);
