import { EntitySchema } from 'typeorm';
import { expect, it } from 'vitest';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit, appendReads, systemActor } from '../../../kernel/store/audit/append.ts';
import type { Audited } from '../../../kernel/store/audit/entry.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { creation } from '../../../kernel/store/migration.ts';
import { openStore } from '../../../kernel/store/open.ts';
import { operationColumns, perform } from '../../../kernel/store/operation.ts';
import { raw } from '../../../kernel/store/sql.ts';
import { eachSuite } from '../../support/databases.ts';

const columns = (kit: Kit) => ({ id: kit.id({ primary: true }) });
const definition = {
  name: 'notes',
  tables: (kit: Kit) => ({ note: new EntitySchema<{ id: string }>({ name: 'note', columns: columns(kit) }) }),
  migrations: (kit: Kit) => [
    creation('CreateNotes1764000000000', kit, [
      { name: 'note', columns: columns(kit) },
      { name: 'operation', columns: operationColumns(kit) },
    ]),
  ],
};

const CLERK: Viewer = {
  ...{ account: 'county-190102-1', role: 'COUNTY', area: { level: 'COUNTY', code: '190102' } },
  requestId: 'request-1',
};
const noted = (subjectId: string): Audited => ({
  ...{ action: 'note', authority: '190102', subjectType: 'NOTE', subjectId },
});

eachSuite('The audit log', (databases) => {
  const openFresh = async () => openStore(definition, await databases.fresh('audit'));
  type Store = Awaited<ReturnType<typeof openFresh>>;
  const entries = (store: Store) => store.reader.rows(store.tables.auditEntry, raw('ORDER BY id'));
  const act = (store: Store, say: boolean, write = true) =>
    perform(store, {
      viewer: CLERK,
      idempotencyKey: `${say} ${write}`,
      input: {},
      gather: () => Promise.resolve(newId()),
      async write(tx, id) {
        if (write) await tx.insert(store.tables.note, [{ id }]);
        if (say) await appendAudit(store, tx, [noted(id)]);
        return id;
      },
      refuse: () => '',
    });

  it('says who did what to what, in which area and which request', async () => {
    const store = await openFresh();
    const id = await act(store, true);
    expect(await entries(store)).toEqual([
      {
        ...{ id: expect.any(String) as string, at: expect.any(Date) as Date, ...noted(id) },
        ...{ account: 'county-190102-1', role: 'COUNTY', areaLevel: 'COUNTY', areaCode: '190102' },
        ...{ childId: null, caseId: null, fields: null, purpose: null, reason: null, requestId: 'request-1' },
      },
    ]);
    await store.close();
  });

  it('holds one entry of an act that is asked for twice under one key', async () => {
    const store = await openFresh();
    expect(await act(store, true)).toBe(await act(store, true));
    expect(await entries(store)).toHaveLength(1);
    await store.close();
  });

  it('lets no act change anything that is not said in it', async () => {
    const store = await openFresh();
    await expect(act(store, false)).rejects.toThrow('An act wrote note and nothing to the audit log.');
    expect(await store.reader.rows(store.tables.note, raw(''))).toEqual([]);
    await expect(act(store, false, false)).resolves.toEqual(expect.any(String));
    await store.close();
  });

  it('loses its entry with the act that does not come to be', async () => {
    const store = await openFresh();
    const broken = store.transaction(async (tx) => {
      await appendAudit(store, tx, [noted('1')]);
      throw new Error('broken off');
    }, CLERK);
    await expect(broken).rejects.toThrow('broken off');
    expect(await entries(store)).toEqual([]);
    await store.close();
  });

  it('names the system where nobody asked', async () => {
    const store = await openFresh();
    await store.transaction((tx) => appendAudit(store, tx, [noted('1')], systemActor('system:clock')));
    expect(await entries(store)).toMatchObject([
      { account: 'system:clock', role: 'SERVICE', areaLevel: 'NATION', areaCode: '000000', requestId: null },
    ]);
    await store.close();
  });

  it('keeps unmasked reads field by field, with their purpose', async () => {
    const store = await openFresh();
    const [first, second] = [newId(), newId()];
    await appendReads(store, { ...CLERK, purpose: 'VERIFICATION' }, [
      { authority: '190102', subjectType: 'CHILD', subjectId: first, childId: first, fields: ['name'] },
      { authority: '190103', subjectType: 'CHILD', subjectId: second, childId: second, fields: ['name', 'documentNumber'] },
    ]); // prettier-ignore
    const common = {
      action: 'READ',
      purpose: 'VERIFICATION',
      account: 'county-190102-1',
      requestId: 'request-1',
    };
    expect((await entries(store)).sort((a, b) => (a.authority < b.authority ? -1 : 1))).toMatchObject([
      { ...common, childId: first, authority: '190102', fields: ['name'] },
      { ...common, childId: second, authority: '190103', fields: ['name', 'documentNumber'] },
    ]);
    await store.close();
  });
});
