/** Every way to fail that carries somebody's name or number: what a caller sends, and as whom. */
import type { ViewerSpec } from '../../../clients/cli/demo/viewer-spec.ts';
import { garden, otherCounty, REGISTER, school, type Child } from '../../support/story.ts';
import type { Planted } from './planted.ts';

export interface Failure {
  readonly kind: string;
  /** Whose token; a text is sent as it is. */
  readonly as: ViewerSpec | string;
  /** May the planted children be in the data of the answer? Never in its errors or headers. */
  readonly own: boolean;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly search?: string;
}

const ask = (query: string, variables: object = {}) => JSON.stringify({ query, variables });
const quoted = JSON.stringify;

/** One of each kind, about the i-th child. */
export function failures(i: number, children: readonly Child[], { all, names, numbers }: Planted): Failure[] {
  const value = all[i % all.length]!;
  const name = names[i % names.length]!;
  const number = numbers[i % numbers.length]!;
  const child = children[i % children.length]!;
  const ascii = encodeURIComponent(value);
  const stranger = { as: otherCounty, own: false };
  const mine = { as: garden, own: true };
  const register = (items: object[], idempotencyKey: string) =>
    ask(REGISTER, { input: { idempotencyKey, items } });
  return [
    { kind: 'a variable of another type', ...mine, body: ask('query($id: ID!) { child(id: $id) { name } }', { id: { value } }) },
    { kind: 'a number for an integer', ...mine, body: ask('query($n: Int!) { children(first: $n) { totalCount } }', { n: value }) },
    { kind: 'an enum value', ...mine, body: ask('query($k: DocumentKind!) { childByDocument(kind: $k, number: "1") { id } }', { k: value }) },
    { kind: 'a date', as: school, own: false, body: ask('query($d: LocalDate!) { resolveNumber(number: "1", bornOn: $d) { outcome } }', { d: value }) },
    { kind: 'a literal', ...mine, body: ask(`{ children(first: ${quoted(value)}) { totalCount } }`) },
    { kind: 'an input field that is not there', ...mine, body: register([{ ...child, [name]: value }], `odd-${i}`) },
    { kind: 'a text that does not parse', ...mine, body: ask(`{ child(id: ${quoted(value)} `) },
    { kind: 'a text that is a value', ...mine, body: ask(value) },
    { kind: 'a field named so', ...mine, body: ask(`query N${number.replace(/\W/g, '')} { F${number.replace(/\W/g, '')} }`) },
    { kind: 'an operation named so', ...mine, body: JSON.stringify({ query: '{ __typename }', operationName: value }) },
    { kind: 'too many aliases', ...mine, body: ask(`{ ${Array.from({ length: 31 }, (_, k) => `a${k}: childByDocument(kind: RESIDENT_ID, number: ${quoted(value)}) { id }`).join(' ')} }`) },
    { kind: 'too dear', ...mine, body: ask(`query { children(first: 90000, filter: { institution: ${quoted(name)} }) { nodes { name } } }`) },
    { kind: 'more than a page', ...mine, body: ask(`query($n: String) { children(first: 101, filter: { institution: $n }) { totalCount } }`, { n: name }) },
    { kind: 'a cursor', ...mine, body: ask('query($a: String) { children(after: $a) { totalCount } }', { a: Buffer.from(`v1:${value}`).toString('base64url') }) },
    { kind: 'no id', ...mine, body: ask('query($id: ID!) { child(id: $id) { name } record(id: $id) { number } }', { id: value }) },
    { kind: 'a body that is no JSON', ...mine, body: `{"query": ${value}` },
    { kind: 'a key used for another child', ...mine, body: register([{ ...child, name: names[(i + 1) % 4] }], 'canary-key') },
    { kind: 'a document of somebody else', ...mine, body: register([{ ...child, name: `${name}甲` }], `other-${i}`) },
    { kind: 'a document that is none', ...mine, body: register([{ ...child, documentNumber: `${number.slice(0, 17)}Z` }], `none-${i}`) },
    { kind: 'a phone that is none', ...mine, body: register([{ ...child, guardians: [{ relation: 'MOTHER', name, phone: `${number}#` }] }], `phone-${i}`) },
    { kind: 'a name far too long', ...mine, body: register([{ ...child, name: name.repeat(400) }], `long-${i}`) },
    { kind: 'a stranger asks by document', ...stranger, body: ask('query($n: String!) { childByDocument(kind: RESIDENT_ID, number: $n) { name documents { number } guardians { name phone } } }', { n: number }) },
    { kind: 'a stranger asks by number', ...stranger, body: ask('query($n: String!) { recordByNumber(number: $n) { number child { name } } }', { n: number }) },
    { kind: 'a stranger asks by name', ...stranger, body: ask('query($n: String!) { children(filter: { institution: $n }) { nodes { name } } }', { n: name }) },
    { kind: 'a school asks with a wrong birthday', as: school, own: false, body: ask('query($n: String!) { resolveNumber(number: $n, bornOn: "2021-01-01") { outcome currentNumber } }', { n: number }) },
    { kind: 'a token that is a name', as: `Bearer ${Buffer.from(value).toString('base64url')}.a.b`, own: false, body: ask('{ __typename }') },
    { kind: 'a header that is a number', ...mine, body: ask('{ nothing }'), headers: { 'x-request-id': number, traceparent: number, 'x-xueji-purpose': ascii, tracestate: `a=${ascii}` } },
    { kind: 'a search that is a name', ...mine, body: '', search: `?query=${encodeURIComponent(`{ child(id: ${quoted(value)} }`)}` },
    { kind: 'an address that is a name', ...mine, body: '', search: `/${ascii}` },
    { kind: 'a hash that is a name', ...mine, body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: value } } }) },
  ]; // prettier-ignore
}

/** What is asked while a table or a whole subgraph is away. */
export function whileAway(i: number, children: readonly Child[], { names, numbers }: Planted): Failure[] {
  const name = names[i % names.length]!;
  const number = numbers[i % numbers.length]!;
  const child = children[i % children.length]!;
  return [
    { kind: 'a name, nobody there', as: garden, own: true, body: ask('query($n: String!) { children(filter: { institution: $n }) { nodes { name documents { number } } } }', { n: name }) },
    { kind: 'a document, nobody there', as: garden, own: true, body: ask('query($n: String!) { childByDocument(kind: RESIDENT_ID, number: $n) { name documents { number } } }', { n: number }) },
    { kind: 'a registration, nobody there', as: garden, own: true, body: ask(REGISTER, { input: { idempotencyKey: `away-${i}`, items: [child] } }) },
    { kind: 'a number, nobody there', as: garden, own: true, body: ask('query($n: String!) { recordByNumber(number: $n) { number child { name } } }', { n: number }) },
  ]; // prettier-ignore
}
