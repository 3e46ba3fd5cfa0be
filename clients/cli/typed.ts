/** What options and arguments may be. Whatever is not free text is read by one of these or has its choices. */
import { InvalidArgumentError } from 'commander';
import { isId } from '../../kernel/rules/ids.ts';
import { isPlainDate } from '../../kernel/rules/plain-date.ts';
import { ACCOUNT_MAX, isAccount } from '../../kernel/rules/viewer.ts';

/** The part of the message that says what was expected; commander puts in front what came, and where. */
const expected = (zh: string, en: string) => new InvalidArgumentError(`应为${zh}。Expected ${en}.`);

const typed =
  (holds: (text: string) => boolean, zh: string, en: string) =>
  (text: string): string => {
    if (!holds(text)) throw expected(zh, en);
    return text;
  };

export const day = typed(isPlainDate, '日期 YYYY-MM-DD', 'a day, YYYY-MM-DD');
export const id = typed(
  isId,
  '系统内的编号（UUID）',
  'an id as the graph prints it, a UUID in small letters',
);
export const regionCode = typed((text) => /^\d{6}$/.test(text), ' 6 位区划代码', 'a region code, 6 digits');
export const institutionCode = typed(
  (text) => /^\d{10}$/.test(text),
  ' 10 位机构代码',
  'an institution code, 10 digits',
);
export const account = typed(
  isAccount,
  ` 1 至 ${ACCOUNT_MAX} 个字符的账号`,
  `an account, 1 to ${ACCOUNT_MAX} characters`,
);
export const address = typed(isAddress, ' http 或 https 地址', 'an http or https address, without a user');

export const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const n = Number(text);
    if (/^\d+$/.test(text) && n >= least && n <= most) return n;
    if (most === Number.MAX_SAFE_INTEGER)
      throw expected(`不小于 ${least} 的整数`, `a whole number from ${least}`);
    throw expected(` ${least} 至 ${most} 的整数`, `a whole number from ${least} to ${most}`);
  };

export const chance = (text: string): number => {
  const n = Number(text);
  if (text.trim() !== '' && n >= 0 && n <= 1) return n;
  throw expected(' 0 至 1 的数', 'a number from 0 to 1');
};

export const schoolYear = whole(2000, 2099);

export interface Pair {
  readonly left: string;
  readonly right: string;
}

/** An id, `=` and a text, gathered where the option is repeated. */
export function idAndText(text: string, before: readonly Pair[]): readonly Pair[] {
  const [left, right] = split(text);
  if (isId(left) && right.trim() !== '') return [...before, { left, right }];
  throw expected('编号=文字', 'an id, = and a text');
}

/** Two ids with `=` between. */
export function idAndId(text: string, before: readonly Pair[]): readonly Pair[] {
  const [left, right] = split(text);
  if (isId(left) && isId(right)) return [...before, { left, right }];
  throw expected('编号=编号', 'two ids with = between');
}

function split(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? ['', ''] : [text.slice(0, at), text.slice(at + 1)];
}

function isAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
