import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { passingReceiptKey, verifyReceipt, type ReceiptKey } from '../../kernel/serve/receipts.ts';
import { AuditSealer } from '../../kernel/store/audit/sealer.ts';
import { verifyAudit } from '../../kernel/store/audit/verify.ts';
import type { StoreLocation } from '../../kernel/store/open.ts';
import { sealedBy } from '../../kernel/store/reseal.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { raw } from '../../kernel/store/sql.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import { exporting } from '../records/data-exports/support.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  claim,
  enrolled,
  openSchools,
  OTHER_SCHOOL,
  school,
  takeOverAct,
  type Enrolled,
} from '../support/schools.ts';
import * as story from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const { deciding, garden, inventedChild, opening } = story;

/** The main job from beginning to end, with everything at rest under SM4 and SM3. */
eachDatabase('With CRYPTO_SUITE=gm', (databases) => {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-gm-'));
  const keys = loadFieldKeys(join(dir, 'field-keys.json'), { create: true, suite: 'gm' });
  const places = new Map<string, StoreLocation>();
  let world: World;
  let acts: ReturnType<typeof story.acts>;

  beforeAll(async () => {
    const fresh = async (name: string) => {
      const place = { ...(await databases.fresh(name)), keys };
      places.set(name, place);
      return place;
    };
    const receipts = passingReceiptKey('gm');
    world = await startWorld({ databases: { ...databases, fresh }, wiring: 'in one process', receipts });
    acts = story.acts(world, await story.openGardens(world));
  });
  afterAll(async () => {
    await world.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('a child is registered, enrolled, found by its number and document, exported, and all of it logged', async () => {
    const child = inventedChild(1);
    const { results } = await acts.approve(deciding, await acts.enrol(garden, [child]));
    const { id, number } = results[0]!.record!;
    expect(number).toBe(`G${child.documentNumber}`);
    const found = await world.data(
      deciding,
      'query($number: String!, $document: String!) { recordByNumber(number: $number) { id child { name } } childByDocument(kind: RESIDENT_ID, number: $document) { name } }',
      { number, document: child.documentNumber },
    );
    expect(found).toEqual({
      recordByNumber: { id, child: { name: child.name } },
      childByDocument: { name: child.name },
    });
    // The same document is the same child, whoever brings it.
    const again = await acts.register(garden, [child]);
    expect(again.results[0]!.created).toBe(false);
    const exports = exporting(world);
    const until = `${new Date().getFullYear() + 1}-01-01`;
    const exportId = await exports.ready(opening, deciding, { until, fields: ['RECORD_NUMBER'] });
    expect(await exports.file(opening, exportId)).toMatch(/\r\n[2-9A-Z]{16},"?P[2-9A-Z]{24}"?\r\n$/);
    const store = await openRecordStore(places.get('records')!, { migrate: false });
    await new AuditSealer(store, 'SM3').seal();
    const links = await store.reader.rows(store.tables.auditLink, raw(''));
    expect(new Set(links.map(({ algorithm }) => algorithm))).toEqual(new Set(['SM3']));
    expect((await verifyAudit(store, [])).faults).toEqual([]);
    expect([...(await sealedBy(store)).keys()]).toEqual([1]);
    const [row] = await store.reader.select<{ number: Uint8Array }>(raw('SELECT number FROM record'));
    expect(row!.number[0]).toBe(2);
    await store.close();
  });

  it('a primary school takes it over, and its receipt of SM2 holds without asking anybody', async () => {
    await openSchools(world);
    const [child] = (await enrolled(acts, [2])) as [Enrolled];
    const { takeOver } = await claim(world, school, child);
    const acknowledged = await takeOverAct(world, school, 'acknowledgeTakeOver', {
      takeOverId: takeOver!.id,
    });
    const receipt = acknowledged.takeOver!.receipt!;
    const [header] = receipt.jws.split('.');
    expect(JSON.parse(Buffer.from(header!, 'base64url').toString())).toMatchObject({ alg: 'SM2-SM3' });
    const { receiptKeys } = await world.data<{ receiptKeys: ReceiptKey[] }>(
      school,
      '{ receiptKeys { kid alg publicKey } }',
    );
    expect(verifyReceipt(receipt, receiptKeys)).toMatchObject({
      holds: true,
      facts: { takeOver: takeOver!.id, school: school.institution, kindergarten: garden.institution },
    });
    const changed = { ...receipt, text: receipt.text.replace(school.institution!, OTHER_SCHOOL) };
    expect(verifyReceipt(changed, receiptKeys)).toEqual({ holds: false, why: 'SIGNATURE' });
  });
});
