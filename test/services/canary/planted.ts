/** Values nobody else writes, and every spelling in which they might come to light. */
import { inventedChild, type Child } from '../../support/story.ts';

const NAMES = ['鹭岛翡翠', '萤窗竹影', '霁月松涛', '砚池墨鲤'];
const GUARDIANS = ['岑蔚然', '笪凝霜', '逯云岫', '蔺青筠'];

/** Children with names, document numbers and phones of this test alone. */
export const plantedChildren: readonly Child[] = NAMES.map((name, i) =>
  inventedChild(701 + 2 * i, {
    name,
    guardians: [{ relation: 'MOTHER', name: GUARDIANS[i]!, phone: `1990077${String(3141 + i)}` }],
  }),
);

export interface Planted {
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  readonly all: readonly string[];
}

/** `recordNumbers` are those the children were given. */
export function plantedIn(children: readonly Child[], recordNumbers: readonly string[]): Planted {
  const guardians = children.flatMap((child) => child.guardians);
  const names = [...children, ...guardians].map(({ name }) => name);
  const documents = children.flatMap(({ documentNumber }) => documentNumber ?? []);
  const numbers = [...documents, ...recordNumbers, ...guardians.map(({ phone }) => phone)];
  return { names, numbers, all: [...names, ...numbers] };
}

/** As text, escaped for JSON, URLs and HTML, in Base64 at each of its three offsets, in hexadecimal, in UTF-16. */
export function spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  const escaped = [...value].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const base64 = [0, 1, 2].flatMap((offset) => inner(Buffer.concat([Buffer.alloc(offset), bytes]), offset));
  return [
    ...new Set([
      value,
      escaped,
      escaped.toUpperCase().replaceAll('\\U', '\\u'),
      encodeURIComponent(value),
      [...value].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      Buffer.from(value, 'utf16le').toString('hex'),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}

/** The signs of a Base64 text that no neighbouring byte can change. */
function inner(bytes: Buffer, offset: number): string {
  const whole = bytes.toString('base64').replace(/=+$/, '');
  const from = Math.ceil((offset * 8) / 6);
  return whole.slice(from, whole.length - (bytes.length % 3 === 0 ? 0 : 1));
}

/** The spellings of planted values that are in the text, told by their place in the list and not by themselves. */
export function found(text: string, values: readonly string[]): string[] {
  return values.flatMap((value, i) =>
    spellings(value).flatMap((spelling, k) => (text.includes(spelling) ? [`value ${i}, spelling ${k}`] : [])),
  );
}
