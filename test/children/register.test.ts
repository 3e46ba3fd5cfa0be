import { afterEach, beforeEach, expect, it } from 'vitest';
import { raw } from '../../kernel/store/sql.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import type { NewChild } from '../../subgraphs/children/rules/new-child.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  aChild,
  codes,
  county,
  inventedId,
  kindergarten,
  MOON,
  openService,
  province,
  STAR,
  SUN,
} from './support.ts';

eachDatabase('Registering children', (databases) => {
  let open: Awaited<ReturnType<typeof openService>>;
  let n = 0;
  const register = (
    code: string,
    items: readonly NewChild[],
    key = `key-${n++}`,
    institution: string | null = null,
  ) => open.children.registerChildren(kindergarten(code), key, institution, items);
  const count = async (table: string) =>
    Number((await open.store.reader.select<{ n: unknown }>(raw(`SELECT COUNT(*) AS n FROM ${table}`)))[0]!.n);

  beforeEach(async () => {
    open = await openService(await databases.fresh('children'));
  });
  afterEach(() => open.store.close());

  it('leaves nothing for the schema to catch up on', async () => {
    expect(await open.store.drift()).toEqual([]);
  });

  it('creates each child once, with documents, guardians and the kindergarten as holder', async () => {
    const { results, userErrors } = await register(SUN, [aChild({}, 1), aChild({ name: '阿依·古丽' }, 2)]);
    expect(userErrors).toEqual([]);
    expect(results.map(({ created, userErrors }) => [created, userErrors])).toEqual([[true, []], [true, []]]); // prettier-ignore
    expect(await Promise.all(['child', 'identity_document', 'guardian', 'child_holder'].map(count))).toEqual([
      2, 2, 2, 2,
    ]);
  });

  it('answers the same under the same key, and does it once', async () => {
    const items = [aChild({}, 1), aChild({ bornOn: '2027-01-01' }, 2)];
    const first = await register(SUN, items, 'same');
    expect(await register(SUN, items, 'same')).toEqual(first);
    expect(codes((await register(SUN, [aChild({}, 3)], 'same')).userErrors)).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    expect(await count('child')).toBe(1);
  });

  it('knows a child again by the document, and makes the second kindergarten a holder', async () => {
    const [first] = (await register(SUN, [aChild()])).results;
    const [again] = (await register(MOON, [aChild({ guardians: [] })])).results;
    expect(again).toMatchObject({ childId: first!.childId, created: false, userErrors: [] });
    expect(await count('child')).toBe(1);
    expect(await count('child_holder')).toBe(2);
    await register(MOON, [aChild()]);
    expect(await count('child_holder')).toBe(2);
  });

  it('keeps for each kindergarten what it has stated itself, and says when it keeps that', async () => {
    const other = [{ relation: 'FATHER', name: '某大雪', phone: '13900009000' }] as const;
    const childId = (await register(SUN, [aChild()])).results[0]!.childId!;
    const named = async (viewer: Viewer) =>
      (await open.children.guardiansWithin(viewer.area, [childId])).map(({ name }) => name);
    const kept = async (code: string, item: NewChild) =>
      (await register(code, [item])).results[0]!.warnings.filter(
        ({ code }) => code === 'ALREADY_REGISTERED_DETAILS_KEPT',
      ).map(({ field }) => field[0]);

    expect(await kept(MOON, aChild({ guardians: other }))).toEqual([]);
    expect(await named(kindergarten(SUN))).toEqual(['某大满']);
    expect(await named(kindergarten(MOON))).toEqual(['某大雪']);
    expect(await named(kindergarten(STAR))).toEqual([]);
    expect(await named(county('330105'))).toEqual(['某大满', '某大雪']);
    expect(await named(province('440000'))).toEqual([]);

    expect(await kept(SUN, aChild())).toEqual([]);
    expect(await kept(SUN, aChild({ guardians: [] }))).toEqual([]);
    expect(await kept(SUN, aChild({ guardians: other, ethnicity: '02' }))).toEqual([
      'ethnicity',
      'guardians',
    ]);
    expect(await named(kindergarten(SUN))).toEqual(['某大满']);
  });

  it('warns of nothing another kindergarten has stated, so that it cannot be guessed', async () => {
    await register(SUN, [aChild()]);
    const warned = async (code: string, changes: Partial<NewChild>) =>
      codes((await register(code, [aChild(changes)])).results[0]!.warnings);
    expect(await warned(MOON, { ethnicity: '02' })).toEqual(['ID_REGION_UNKNOWN']);
    expect(await warned(STAR, { ethnicity: '01' })).toEqual(['ID_REGION_UNKNOWN']);
    expect(await warned(MOON, { householdRegion: null, ethnicity: null })).toEqual(['ID_REGION_UNKNOWN']);
  });

  it.each<[string, Partial<NewChild>]>([
    ['name', { name: '某小雪' }],
    ['sex', { sex: 'MALE' }],
    ['birth date', { bornOn: '2022-05-21' }],
  ])('refuses a known document under another %s and tells nothing else', async (_, changes) => {
    const passport = { documentKind: 'PASSPORT', documentNumber: 'E12345678' } as const;
    await register(SUN, [aChild(passport)]);
    const [refused] = (await register(STAR, [aChild({ ...passport, ...changes })])).results;
    expect(refused).toMatchObject({ childId: null, created: false, warnings: [] });
    expect(codes(refused!.userErrors)).toEqual(['DOCUMENT_BELONGS_TO_ANOTHER']);
    expect(await count('child_holder')).toBe(1);
  });

  it('takes two entries of one document in a batch for the same child', async () => {
    const { results } = await register(SUN, [aChild(), aChild(), aChild({ name: '某小雪' })]);
    expect(results[1]).toEqual({ ...results[0], created: false });
    expect(codes(results[2]!.userErrors)).toEqual(['DOCUMENT_BELONGS_TO_ANOTHER']);
    expect(await count('child')).toBe(1);
  });

  it('keeps the good ones of a batch and says of the others why not', async () => {
    const { results } = await register(SUN, [
      aChild({ name: '' }),
      aChild(),
      aChild({ documentNumber: 'E1' }, 2),
    ]);
    expect(results.map(({ userErrors }) => codes(userErrors))).toEqual([
      ['NAME_EMPTY'],
      [],
      ['DOCUMENT_LENGTH_WRONG'],
    ]);
    expect(await count('child')).toBe(1);
  });

  it('counts children who look alike, in the batch and before it', async () => {
    const alike = async (items: NewChild[]) => {
      const { results } = await register(SUN, items);
      return results.map(
        ({ warnings }) => warnings.find(({ code }) => code === 'POSSIBLE_DUPLICATE')?.messageEn[0],
      );
    };
    expect(await alike([aChild({}, 1), aChild({}, 2)])).toEqual([undefined, '1']);
    expect(await alike([aChild({}, 3), aChild({}, 1)])).toEqual(['2', '2']);
  });

  it('recognises a child without documents by itself and the first guardian', async () => {
    const without = (changes: Partial<NewChild> = {}) =>
      aChild({ documentKind: 'NONE', documentNumber: null, ...changes });
    const other = [{ relation: 'FATHER', name: '某大雪', phone: null }] as const;
    const { results } = await register(SUN, [without(), without({ guardians: other }), without()]);
    expect(results.map(({ created }) => created)).toEqual([true, true, false]);
    expect(results[2]!.childId).toBe(results[0]!.childId);
  });

  it('takes a child without documents for the same one despite spaces and shapes of characters', async () => {
    const without = (name: string, guardian: string) =>
      aChild({
        name,
        documentKind: 'NONE',
        documentNumber: null,
        guardians: [{ relation: 'MOTHER', name: guardian, phone: null }],
      });
    const { results } = await register(SUN, [
      without('某 葛', '某大满'),
      without('某葛\u{E0100}', '某 大满'),
      without('某葛\uFE00', '某大满'),
      without('某葛\u3164', '某大满'),
    ]);
    expect(
      results.map(({ created, userErrors, warnings }) => [created, codes(userErrors), codes(warnings)]),
    ).toEqual([
      [true, [], []],
      [false, [], []],
      [false, ['NAME_CHARACTERS'], []],
      [false, ['NAME_CHARACTERS'], []],
    ]);
  });

  it.each([
    ['another institution', SUN, MOON, 'OUTSIDE_YOUR_AREA'],
    ['an institution nobody knows', '1199999999', null, 'INSTITUTION_UNKNOWN'],
    ['a suspended institution', '1133000009', null, 'INSTITUTION_NOT_LAWFUL'],
  ])('is refused as a whole for %s', async (_, own, asked, code) => {
    const answer = await register(own, [aChild()], 'whole', asked);
    expect(answer.results).toEqual([]);
    expect(codes(answer.userErrors)).toEqual([code]);
    expect(await count('child')).toBe(0);
  });

  it('refuses 201 children at once', async () => {
    const items = Array.from({ length: 201 }, (_, i) => aChild({}, i));
    expect(codes((await register(SUN, items)).userErrors)).toEqual(['TOO_MANY_ITEMS']);
  });

  it('keeps nothing readable of a child in the database but sex, birth date and codes', async () => {
    await register(SUN, [aChild({ name: '某小满满' })]);
    const tables = ['child', 'identity_document', 'guardian', 'child_holder', 'operation'];
    const rows = await Promise.all(
      tables.map((table) => open.store.reader.select(raw(`SELECT * FROM ${table}`))),
    );
    const text = JSON.stringify(rows, (_, value: unknown) => bufferText(value));
    for (const secret of ['某小满满', '某大满', '13800008000', inventedId('2022-05-20', 'FEMALE', 1)]) {
      expect(text.includes(secret)).toBe(false);
    }
  });

  it('asks a question once for a batch and not once for a child', async () => {
    const statementsFor = async (items: NewChild[]) => {
      const before = open.store.stats.statements;
      await register(SUN, items);
      return open.store.stats.statements - before;
    };
    expect(await statementsFor([aChild({}, 0)])).toBeLessThanOrEqual(15);
    // Rows are written in pieces of a few fixed lengths (kernel/store/rows.ts), 200 of them in eight.
    const many = await statementsFor(Array.from({ length: 200 }, (_, i) => aChild({}, i + 1)));
    expect(many).toBeLessThanOrEqual(15 + 5 * 7);
  });

  it('lets two kindergartens register the same child at once', async () => {
    const answers = await Promise.all(
      [SUN, MOON, STAR].map((code) => register(code, [aChild({}, 1), aChild({}, 2)])),
    );
    const ids = answers.map(({ results }) => results.map(({ childId }) => childId));
    expect(new Set(ids.map((pair) => pair.join())).size).toBe(1);
    expect(answers.flatMap(({ results }) => results).filter(({ created }) => created)).toHaveLength(2);
    expect(await count('child_holder')).toBe(6);
  });
});

function bufferText(value: unknown): unknown {
  const buffer = value as { type?: string; data?: number[] } | null;
  if (buffer?.type === 'Buffer') return Buffer.from(buffer.data!).toString('utf8');
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
}
