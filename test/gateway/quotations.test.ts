import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { ask, childrenSubgraph, CLERK, recordsSubgraph, startFixture } from './fixture.ts';

const MARKER = '13912345678';

let gateway: RunningHttp;
let token: string;
beforeAll(async () => {
  const issuer = await openDevIssuer(mkdtempSync(join(tmpdir(), 'xueji-quotations-')));
  token = await issuer.mint(CLERK);
  gateway = await startFixture({
    sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
    callers: issuer.callers,
  });
});
afterAll(() => gateway.stop());

/** Pieces of messages, so that values look like the end of one. */
const piece = fc.constantFrom(
  '; ',
  '"',
  '\\',
  '{',
  '}',
  '"; ',
  ' at "',
  'enum.',
  ': ',
  '. ',
  '\n',
  '甲',
  ' ',
  `; Field "m${MARKER}" of required type "X" was not provided.`,
  `; Expected type "m${MARKER}" to be an object.`,
  `" does not exist in "m${MARKER}" enum. Did you mean the enum value "A"?`,
  ` at "v.m${MARKER}"; Int cannot represent value: `,
);
const text = fc
  .array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 5 })
  .chain((before) =>
    fc.array(piece, { maxLength: 4 }).map((after) => [...before, MARKER, ...after].join('')),
  );
const value: fc.Arbitrary<unknown> = fc.oneof(
  text,
  text.map((one) => [one]),
  text.map((one) => ({ b: one })),
  text.map((one) => ({ [one]: 1 })),
  text.map((one) => ({ a: { [one]: [one] } })),
);
const FIELDS = { Int: 'n', LocalDate: 'day', DateTime: 'at', ID: 'id', Sex: 'sex', Person: 'who' } as const;
const fieldOf = (type: string, given: string) =>
  type === 'ID' ? `{ child(id: ${given}) { id } }` : `{ echo(${FIELDS[type as 'Int']}: ${given}) }`;

it.each(['Int', 'LocalDate', 'DateTime', 'ID', 'Sex', 'Person'])(
  'nothing of a variable comes back that does not fit %s',
  async (type) => {
    const query = `query($v: ${type}${type === 'ID' ? '!' : ''}) ${fieldOf(type, '$v')}`;
    await fc.assert(
      fc.asyncProperty(type === 'ID' ? value.filter((one) => typeof one !== 'string') : value, async (v) => {
        const { status, text: body } = await ask(gateway.url, { query, variables: { v } }, token);
        expect(status).toBe(400);
        expect(body).not.toContain(MARKER);
      }),
      { numRuns: 60 },
    );
  },
);

it.each(['Int', 'LocalDate', 'DateTime', 'Sex', 'Person'])(
  'nothing of a literal comes back that does not fit %s, nor of text in the wrong place',
  async (type) => {
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        const literal = JSON.stringify(given);
        for (const query of [
          fieldOf(type, literal),
          fieldOf(type, `[${literal}]`),
          fieldOf(type, `{ name: [${literal}] }`),
          `{ echo ${literal} }`,
          `{ echo(${literal}: 1) }`,
        ]) {
          const { status, text: body } = await ask(gateway.url, { query }, token);
          expect(status).toBe(400);
          expect(body).not.toContain(MARKER);
        }
      }),
      { numRuns: 20 },
    );
  },
);
