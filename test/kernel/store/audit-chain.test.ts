import { expect, it } from 'vitest';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { hashOf } from '../../../kernel/store/audit/chain.ts';
import type { AuditEntry, AuditLink } from '../../../kernel/store/audit/entry.ts';
import { headsOf } from '../../../kernel/store/audit/reading.ts';
import { rootOf } from '../../../kernel/store/audit/roots.ts';
import { AuditSealer } from '../../../kernel/store/audit/sealer.ts';
import { verifyAudit, type AuditFault } from '../../../kernel/store/audit/verify.ts';
import { newId, toBytes } from '../../../kernel/store/ids.ts';
import { openStore } from '../../../kernel/store/open.ts';
import { raw, sql } from '../../../kernel/store/sql.ts';
import { eachSuite } from '../../support/databases.ts';

const definition = { name: 'log', tables: () => ({}), migrations: () => [] };
const COUNTIES = ['190102', '190103', '190104'] as const;
const TAMPERINGS = Number(process.env['AUDIT_TAMPERINGS'] ?? 24);
const LATER = new Date(Date.now() + 3_600_000);

/** Chance that can be repeated. */
function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

eachSuite('The chain of the audit log', (databases) => {
  const openFresh = async () => openStore(definition, await databases.fresh('audit-chain'));
  type Store = Awaited<ReturnType<typeof openFresh>>;
  const append = (store: Store, authority: string, subjectId: string) =>
    store.transaction((tx) =>
      appendAudit(store, tx, [{ action: 'note', authority, subjectType: 'NOTE', subjectId }]),
    );
  const filled = async (store: Store, n: number) => {
    for (let i = 0; i < n; i++) await append(store, COUNTIES[i % 3]!, String(i));
    await new AuditSealer(store).seal();
  };
  const linksOf = (store: Store, authority: string) =>
    store.reader.rows(store.tables.auditLink, sql`WHERE authority = ${authority} ORDER BY seq`);

  it('gives each authority a chain of its own, without a gap, from 1', async () => {
    const store = await openFresh();
    await filled(store, 7);
    const links = await linksOf(store, '190102');
    expect(links.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(links.map(({ previous }) => previous)).toEqual(['00'.repeat(32), links[0]!.hash, links[1]!.hash]);
    expect(await verifyAudit(store, [], LATER)).toEqual({ chains: 3, links: 7, faults: [] });
    await store.close();
  });

  it('goes on where it stood, though several seal at once while others append', async () => {
    const store = await openFresh();
    const sealers = [new AuditSealer(store), new AuditSealer(store), new AuditSealer(store)];
    const appending = Array.from({ length: 60 }, (_, i) => append(store, COUNTIES[i % 3]!, String(i)));
    for (let turn = 0; turn < 5; turn++) await Promise.all(sealers.map((sealer) => sealer.seal()));
    await Promise.all(appending);
    await sealers[0]!.seal();
    expect(await verifyAudit(store, [], LATER)).toEqual({ chains: 3, links: 60, faults: [] });
    await store.close();
  });

  it('seals what a process left behind that was killed, as soon as one starts again', async () => {
    const store = await openFresh();
    await append(store, '190102', 'left');
    const tomorrow = new Date(Date.now() + 86_400_000);
    expect(await new AuditSealer(store).seal(tomorrow)).toBe(1);
    await store.close();
  });

  it('has a root for each day it has grown on, written by the first sealing of a later day', async () => {
    const store = await openFresh();
    await filled(store, 4);
    const day = (n: number) => new Date(Date.now() + n * 86_400_000);
    const told: unknown[] = [];
    const sealer = new AuditSealer(store, undefined, (root) => told.push(root));
    await sealer.seal(day(1));
    await sealer.seal(day(2));
    const roots = await store.reader.rows(store.tables.auditRoot, raw('ORDER BY authority'));
    expect(roots.map(({ authority, seq }) => [authority, seq])).toEqual([['190102', 2], ['190103', 1], ['190104', 1]]); // prettier-ignore
    expect(told).toHaveLength(3);
    await store.close();
  });

  it('is made with the hash of the suite, and after a change of suite both are verified in one chain', async () => {
    const store = await openFresh();
    await filled(store, 3);
    await append(store, '190102', 'later');
    const [own, other] =
      store.keys.suite === 'gm' ? (['SM3', 'SHA-256'] as const) : (['SHA-256', 'SM3'] as const);
    await new AuditSealer(store, other).seal();
    const links = await linksOf(store, '190102');
    expect(links.map(({ algorithm }) => algorithm)).toEqual([own, other]);
    expect((await verifyAudit(store, [], LATER)).faults).toEqual([]);
    await store.close();
  });

  it(`finds and places whatever was tampered with, ${TAMPERINGS} times by chance`, async () => {
    const store = await openFresh();
    await filled(store, 30);
    const given = [...(await headsOf(store, store.reader)).values()].map(rootOf);
    for (let seed = 1; seed <= TAMPERINGS; seed++) {
      const pick = chance(seed);
      const [name, tamper] = TAMPERING[seed % TAMPERING.length]!;
      const entries = await store.reader.rows(store.tables.auditEntry, raw(''));
      const links = await store.reader.rows(store.tables.auditLink, raw(''));
      const county = COUNTIES[pick(3)];
      const chain = links.filter(({ authority }) => authority === county).sort((a, b) => a.seq - b.seq);
      const sight = { chain, byId: new Map(entries.map((entry) => [entry.id, entry])), pick };
      const expected = tamper(sight);
      await replace(store, expected.entries(entries), expected.links(links));
      const { faults } = await verifyAudit(store, given, LATER);
      expect({ seed, name, faults: faults.map(placed) }).toEqual({ seed, name, faults: expected.faults });
      await replace(store, entries, links);
    }
    expect((await verifyAudit(store, given, LATER)).faults).toEqual([]);
    await store.close();
  });

  it('cannot tell without a root kept elsewhere that its end was cut off', async () => {
    const store = await openFresh();
    await filled(store, 6);
    const given = [...(await headsOf(store, store.reader)).values()].map(rootOf);
    const last = (await linksOf(store, '190102')).at(-1)!;
    await store.transaction(async (tx) => {
      await tx.execute(sql`DELETE FROM audit_link WHERE entry_id = ${toBytes(last.entryId)}`);
      await tx.execute(sql`DELETE FROM audit_entry WHERE id = ${toBytes(last.entryId)}`);
    });
    expect((await verifyAudit(store, [], LATER)).faults).toEqual([]);
    expect((await verifyAudit(store, given, LATER)).faults).toEqual([
      { fault: 'TRUNCATED', authority: '190102', seq: 2, entryId: null },
    ]);
    await store.close();
  });
});

async function replace(
  store: Awaited<ReturnType<typeof openStore<object>>>,
  entries: readonly AuditEntry[],
  links: readonly AuditLink[],
): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.execute(raw('DELETE FROM audit_entry'));
    await tx.execute(raw('DELETE FROM audit_link'));
    await tx.insert(store.tables.auditEntry, entries);
    await tx.insert(store.tables.auditLink, links);
  });
}

interface Sight {
  readonly chain: readonly AuditLink[];
  readonly byId: ReadonlyMap<string, AuditEntry>;
  readonly pick: (below: number) => number;
}
interface Tampered {
  readonly entries: (all: readonly AuditEntry[]) => AuditEntry[];
  readonly links: (all: readonly AuditLink[]) => AuditLink[];
  readonly faults: unknown[];
}

const placed = ({ fault, seq, entryId }: AuditFault) => [fault, seq, entryId];
const same = <T>(all: readonly T[]) => [...all];
const without = (gone: readonly AuditLink[]) => ({
  entries: (all: readonly AuditEntry[]) => all.filter(({ id }) => !gone.some(({ entryId }) => entryId === id)),
  links: (all: readonly AuditLink[]) => all.filter(({ entryId }) => !gone.some((link) => link.entryId === entryId)),
}); // prettier-ignore

/** Values somebody might like to be others, one column each. */
const OTHERWISE: readonly Partial<AuditEntry>[] = [
  { account: 'somebody-else' }, { role: 'KINDERGARTEN' }, { areaCode: '190199' }, { authority: '190199' }, { action: 'READ' },
  { subjectId: 'other' }, { childId: newId() }, { fields: ['name'] }, { purpose: 'OTHER' }, { reason: 'OTHER' },
  { requestId: 'other' }, { at: new Date('2026-01-01T00:00:00.000Z') },
]; // prettier-ignore

const TAMPERING: readonly (readonly [string, (sight: Sight) => Tampered])[] = [
  ['an entry changed', ({ chain, pick }) => {
    const { entryId, seq } = chain[pick(chain.length)]!;
    const change = OTHERWISE[pick(OTHERWISE.length)]!;
    const entries = (all: readonly AuditEntry[]) => all.map((one) => (one.id === entryId ? { ...one, ...change } : one));
    return { entries, links: same, faults: [['ENTRY_CHANGED', seq, entryId]] };
  }],
  ['an entry dropped', ({ chain, pick }) => {
    const link = chain[pick(chain.length)]!;
    return { ...without([link]), links: same, faults: [['ENTRY_DROPPED', link.seq, link.entryId]] };
  }],
  ['an entry and its link dropped', ({ chain, pick }) => {
    const link = chain[pick(chain.length - 1)]!;
    return { ...without([link]), faults: [['LINK_DROPPED', link.seq, null]] };
  }],
  ['two entries swapped', ({ chain, byId, pick }) => {
    const first = pick(chain.length - 1);
    const pair = [chain[first]!, chain[first + 1 + pick(chain.length - first - 1)]!] as const;
    const [a, b] = pair.map(({ entryId }) => byId.get(entryId)!) as [AuditEntry, AuditEntry];
    const swapped = new Map([[a.id, { ...b, id: a.id }], [b.id, { ...a, id: b.id }]]);
    const entries = (all: readonly AuditEntry[]) => all.map((one) => swapped.get(one.id) ?? one);
    return { entries, links: same, faults: pair.map(({ seq, entryId }) => ['ENTRY_CHANGED', seq, entryId]) };
  }],
  ['two links swapped', ({ chain, pick }) => {
    const first = pick(chain.length - 1);
    const [a, b] = [chain[first]!, chain[first + 1]!];
    const swapped = new Map([[a.entryId, b.seq], [b.entryId, a.seq]]);
    const links = (all: readonly AuditLink[]) => all.map((one) => ({ ...one, seq: swapped.get(one.entryId) ?? one.seq }));
    const after = chain[first + 2];
    return { entries: same, links, faults: [
      ['OUT_OF_ORDER', a.seq, b.entryId], ['ENTRY_CHANGED', a.seq, b.entryId],
      ['OUT_OF_ORDER', b.seq, a.entryId], ['ENTRY_CHANGED', b.seq, a.entryId],
      ...(after ? [['OUT_OF_ORDER', after.seq, after.entryId]] : [['ROOT_DIFFERS', b.seq, a.entryId]]),
    ] };
  }],
  ['an entry inserted', ({ chain, byId }) => {
    const entry = { ...byId.get(chain[0]!.entryId)!, id: newId(), account: 'inserted' };
    return { entries: (all) => [...all, entry], links: same, faults: [['NOT_SEALED', null, entry.id]] };
  }],
  ['the end cut off', ({ chain, pick }) => {
    const gone = chain.slice(1 + pick(chain.length - 1));
    return { ...without(gone), faults: [['TRUNCATED', chain.at(-1)!.seq, null]] };
  }],
  ['an entry changed and the chain reckoned anew', ({ chain, byId, pick }) => {
    const from = pick(chain.length);
    const changed = { ...byId.get(chain[from]!.entryId)!, account: 'somebody-else' };
    const anew = new Map<string, AuditLink>();
    let previous = chain[from]!.previous;
    for (const link of chain.slice(from)) {
      const entry = link.entryId === changed.id ? changed : byId.get(link.entryId)!;
      const hash = hashOf({ ...link, previous }, entry);
      anew.set(link.entryId, { ...link, previous, hash });
      previous = hash;
    }
    const entries = (all: readonly AuditEntry[]) => all.map((one) => (one.id === changed.id ? changed : one));
    const links = (all: readonly AuditLink[]) => all.map((one) => anew.get(one.entryId) ?? one);
    const last = chain.at(-1)!;
    return { entries, links, faults: [['ROOT_DIFFERS', last.seq, last.entryId]] };
  }],
]; // prettier-ignore
