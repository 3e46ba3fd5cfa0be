import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonBytes } from '../../../kernel/serve/json-bytes.ts';

const text = (value: unknown) => jsonBytes(value).toString();
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ i, name: `第${i}园`, none: undefined }));

describe('What goes out as JSON', () => {
  it.each([63, 64, 65, 128, 129, 1000])('is what JSON.stringify writes, of a list of %i', (count) => {
    for (const answer of [
      rows(count),
      { data: { records: { nodes: rows(count), pageInfo: null } }, extensions: undefined },
      { errors: undefined, data: { a: 1, lists: [rows(count)], one: rows(count).map(({ name }) => name) } },
    ])
      expect(text(answer)).toBe(JSON.stringify(answer));
  });

  it('asks whatever says itself how it is written', () => {
    const said = { at: new Date(0), own: { toJSON: () => 'own', list: rows(100) }, list: rows(100) };
    expect(text(said)).toBe(JSON.stringify(said));
  });

  it('has null in a list for what JSON has not, also where the list is long', () => {
    const list = Array.from({ length: 100 }, (_, i) => (i % 2 ? undefined : i));
    expect(text({ list })).toBe(JSON.stringify({ list }));
  });

  it('is what JSON.stringify writes, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(200), (value, count) => {
        const answer = { data: { value, list: Array.from({ length: count }, () => value) } };
        expect(text(answer)).toBe(JSON.stringify(answer));
      }),
    );
  });
});
