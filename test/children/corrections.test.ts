import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../../kernel/store/ids.ts';
import { raw } from '../../kernel/store/sql.ts';
import type { NewChild } from '../../subgraphs/children/rules/new-child.ts';
import type { Correction } from '../../subgraphs/children/rules/correcting.ts';
import { eachDatabase } from '../support/databases.ts';
import { aChild, codes, inventedId, kindergarten, MOON, NOW, openService, service, SUN } from './support.ts';

const PASSPORT = { documentKind: 'PASSPORT', documentNumber: 'E12345678' } as const;
const WITHOUT = { documentKind: 'NONE', documentNumber: null } as const;

eachDatabase('Correcting what a child is recognised by', (databases) => {
  let open: Awaited<ReturnType<typeof openService>>;
  let n = 0;
  const register = async (items: readonly NewChild[], code = SUN) => {
    const { results } = await open.children.registerChildren(kindergarten(code), `r-${n++}`, null, items);
    return results;
  };
  const registered = async (item: NewChild) => (await register([item]))[0]!.childId!;
  const correction = (childId: string, changes: Partial<Correction>): Correction => ({
    childId, name: null, sex: null, bornOn: null, documentKind: null, documentNumber: null, ...changes,
  }); // prettier-ignore
  const order = (childId: string, changes: Partial<Correction>, applicationId = newId()) => ({
    correction: correction(childId, changes),
    applicationId,
    decidedBy: 'county-330105-1',
    institutionCode: SUN,
  });
  const correct = (one: ReturnType<typeof order>, key: string = one.applicationId) =>
    open.children.correctChild(service, key, one);
  const faults = async (childId: string, changes: Partial<Correction>) =>
    codes((await open.children.judgeCorrections([correction(childId, changes)]))[0]!.userErrors);
  const childOf = async (id: string) => (await open.children.childrenWhole([id]))[0]!;

  beforeEach(async () => {
    open = await openService(await databases.fresh('corrections'));
  });
  afterEach(() => open.store.close());

  it('changes the child and keeps what it was, with the day, the application and who decided', async () => {
    const id = await registered(aChild());
    const before = await childOf(id);
    const one = order(id, { name: '某小雪', ...PASSPORT });
    expect(await correct(one)).toEqual({ childId: id, userErrors: [] });
    expect(await childOf(id)).toMatchObject({ name: '某小雪', sex: 'FEMALE', version: 2 });
    expect(await open.children.documentsByChild([id])).toMatchObject([{ kind: 'PASSPORT', number: 'E12345678' }]); // prettier-ignore
    expect(await open.children.versionsOf(id)).toEqual([
      {
        childId: id,
        version: 1,
        name: before.name,
        sex: before.sex,
        bornOn: before.bornOn,
        documentKind: 'RESIDENT_ID',
        documentNumber: inventedId('2022-05-20', 'FEMALE', 1),
        until: NOW,
        applicationId: one.applicationId,
        decidedBy: 'county-330105-1',
        institutionCode: SUN,
      },
    ]);
  });

  it('has its effect once, under the same key, another key and against another application', async () => {
    const id = await registered(aChild());
    const one = order(id, { name: '某小雪' });
    const first = await correct(one);
    expect(await correct(one)).toEqual(first);
    expect(await correct(one, 'another key')).toEqual(first);
    expect(codes((await correct({ ...one, institutionCode: MOON })).userErrors)).toEqual(['IDEMPOTENCY_KEY_REUSED']); // prettier-ignore
    expect(codes((await correct(order(id, { name: '某小雪' }))).userErrors)).toEqual([
      'CORRECTION_CHANGES_NOTHING',
    ]);
    expect(await open.children.versionsOf(id)).toHaveLength(1);
  });

  it('does not undo a later correction when an earlier one is repeated under another key', async () => {
    const id = await registered(aChild());
    const first = order(id, { name: '某甲' });
    await correct(first);
    await correct(order(id, { name: '某乙' }));
    expect(await correct(first, 'again')).toEqual({ childId: id, userErrors: [] });
    expect((await childOf(id)).name).toBe('某乙');
  });

  it('frees a wrong document for the child it belongs to, and finds this one by the right one', async () => {
    const right = inventedId('2022-05-20', 'FEMALE', 2);
    const id = await registered(aChild());
    await correct(order(id, { documentKind: 'RESIDENT_ID', documentNumber: right }));
    const [other, again] = await register([aChild({ name: '某小雪' }), aChild({}, 2)]);
    expect([other!.created, other!.userErrors]).toEqual([true, []]);
    expect([again!.created, again!.childId]).toEqual([false, id]);
    expect(
      await open.children.childIdByDocument(service, 'RESIDENT_ID', inventedId('2022-05-20', 'FEMALE', 1)),
    ).toBe(other!.childId);
  });

  it('lets a later proven ID take the place of none', async () => {
    const id = await registered(aChild(WITHOUT));
    const documentNumber = inventedId('2022-05-20', 'FEMALE', 7);
    await correct(order(id, { documentKind: 'RESIDENT_ID', documentNumber }));
    expect(await open.children.childIdByDocument(service, 'RESIDENT_ID', documentNumber)).toBe(id);
    expect((await open.children.versionsOf(id))[0]).toMatchObject(WITHOUT);
  });

  it('finds a child without a document by its corrected name', async () => {
    const id = await registered(aChild(WITHOUT));
    await correct(order(id, { name: '某小雪' }));
    const [again, other] = await register([aChild({ ...WITHOUT, name: '某小雪' }), aChild(WITHOUT)]);
    expect([again!.childId, again!.created, other!.created]).toEqual([id, false, true]);
  });

  it('lets what looks alike follow the correction', async () => {
    const id = await registered(aChild());
    const { likeness } = await childOf(id);
    const other = await registered(aChild({ name: '某小雪' }, 2));
    await correct(order(other, { name: '某小满' }));
    expect(await open.children.alike([likeness])).toEqual([{ likeness, count: 2 }]);
  });

  it('refuses the document of another child, and remembers no refusal', async () => {
    const [id, other] = (await register([aChild(), aChild(PASSPORT)])).map(({ childId }) => childId!);
    expect(await faults(id!, PASSPORT)).toEqual(['DOCUMENT_BELONGS_TO_ANOTHER']);
    const one = order(id!, PASSPORT);
    const refused = await correct(one);
    expect(refused.childId).toBeNull();
    expect(refused.userErrors.map(({ code, field }) => [code, field])).toEqual([
      ['DOCUMENT_BELONGS_TO_ANOTHER', ['correction', 'documentNumber']],
    ]);
    await correct(order(other!, WITHOUT));
    expect(await correct(one)).toEqual({ childId: id, userErrors: [] });
  });

  it('lets two children change documents by way of none', async () => {
    const second = { ...PASSPORT, documentNumber: 'E22222222' };
    const [a, b] = (await register([aChild(PASSPORT), aChild(second)])).map(({ childId }) => childId!);
    for (const one of [order(a!, WITHOUT), order(b!, PASSPORT), order(a!, second)]) {
      expect((await correct(one)).userErrors).toEqual([]);
    }
    expect(await open.children.childIdByDocument(service, 'PASSPORT', 'E12345678')).toBe(b);
    expect(await open.children.childIdByDocument(service, 'PASSPORT', 'E22222222')).toBe(a);
  });

  it('refuses a child nobody knows and an application that is none', async () => {
    const id = await registered(aChild());
    expect(await faults(newId(), { name: '某' })).toEqual(['CHILD_UNKNOWN']);
    expect(await faults('no id', { name: '某' })).toEqual(['CHILD_UNKNOWN']);
    expect(codes((await correct(order('no id', { name: '某' }))).userErrors)).toEqual(['CHILD_UNKNOWN']);
    expect(codes((await correct(order(id, { name: '某' }, 'no id'))).userErrors)).toEqual(['NOT_FOUND']);
  });

  it('gives a document two children are corrected to at once to one of them', async () => {
    const ids = (await register([aChild({}, 1), aChild({}, 2)])).map(({ childId }) => childId!);
    const answers = await Promise.all(ids.map((id) => correct(order(id, PASSPORT))));
    expect(answers.map(({ userErrors }) => codes(userErrors).join()).sort()).toEqual([
      '',
      'DOCUMENT_BELONGS_TO_ANOTHER',
    ]);
  });

  it('applies two corrections of one child at once, one after the other', async () => {
    const id = await registered(aChild(PASSPORT));
    const changes: Partial<Correction>[] = [{ name: '某甲' }, { bornOn: '2022-05-21' }, { sex: 'MALE' }];
    const answers = await Promise.all(changes.map((one) => correct(order(id, one))));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(await childOf(id)).toMatchObject({ name: '某甲', bornOn: '2022-05-21', sex: 'MALE', version: 4 });
    expect(await open.children.versionsOf(id)).toHaveLength(3);
  });

  it('keeps nothing readable of what a child was', async () => {
    const id = await registered(aChild({ name: '某小满满' }));
    await correct(order(id, { name: '某小雪', ...PASSPORT }));
    const rows = await Promise.all(
      ['child_version', 'operation'].map((table) => open.store.reader.select(raw(`SELECT * FROM ${table}`))),
    );
    const text = JSON.stringify(rows.flat().map((row) => Object.values(row).map(readable)));
    for (const secret of ['某小满满', '某小雪', 'E12345678', inventedId('2022-05-20', 'FEMALE', 1)]) {
      expect(text.includes(secret)).toBe(false);
    }
  });
});

const readable = (value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
