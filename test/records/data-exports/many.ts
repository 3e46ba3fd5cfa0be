/** Thousands of children and records at once, written as they would lie there after years of work. */
import { newId } from '../../../kernel/store/ids.ts';
import type { StoreLocation } from '../../../kernel/store/open.ts';
import { openChildStore } from '../../../subgraphs/children/store/store.ts';
import { openRecordStore, type RecordStore } from '../../../subgraphs/records/store/store.ts';
import { inventedId } from '../../support/story.ts';

const PLACE = { provinceCode: '330000', cityCode: '330100', countyCode: '330110' };
const STEMS = [...'甲乙丙丁戊己庚辛壬癸'];
const BRANCHES = [...'子丑寅卯辰巳午未申酉'];
const AT = new Date('2026-09-01T02:00:00.000Z');
const at = <T>(of: readonly T[], n: number): T => of[n % of.length]!;

/** Whoever is the n-th: a name of four characters nobody else has, and a number. */
export function person(n: number) {
  const name =
    at(STEMS, n) + at(BRANCHES, (n / 10) | 0) + at(STEMS, (n / 100) | 0) + at(BRANCHES, (n / 1000) | 0);
  const bornOn = `20${21 + (n % 3)}-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`;
  return {
    name,
    bornOn,
    sex: n % 2 === 0 ? ('FEMALE' as const) : ('MALE' as const),
    number: inventedId(bornOn, n % 1000),
  };
}

/** Fills both databases; of the child of the n-th record it is known who it is. */
export async function fill(records: StoreLocation, children: StoreLocation, count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => ({ record: newId(), child: newId() }));
  await Promise.all([fillRecords(records, ids), fillChildren(children, ids)]);
}

type Ids = readonly { readonly record: string; readonly child: string }[];

async function fillRecords(location: StoreLocation, ids: Ids): Promise<void> {
  const store: RecordStore = await openRecordStore(location);
  const [institutionId, classId] = [newId(), newId()];
  const common = {
    ...{ status: 'ENROLLED' as const, institutionId, institutionCode: '1133990001', classId, ...PLACE },
    ...{
      birthCohort: 2022,
      enteredOn: '2026-09-01',
      events: 0,
      deferredUntil: null,
      mergedInto: null,
      version: 1,
    },
  };
  const rows = ids.map(({ record: id, child: childId }, n) => {
    const { bornOn, sex } = person(n);
    return { ...common, id, childId, bornOn, sex, number: `G${String(n).padStart(18, '0')}` };
  });
  await store.transaction((tx) => tx.insert(store.tables.record, rows as never));
  await store.close();
}

async function fillChildren(location: StoreLocation, ids: Ids): Promise<void> {
  const store = await openChildStore(location);
  const { child, identityDocument, guardian, childHolder } = store.tables;
  const institutionCode = '1133990001';
  const digest = (n: number, kind: string) => store.keys.blindIndex(kind, String(n)).toString('hex');
  await store.transaction(async (tx) => {
    await tx.insert(
      child,
      ids.map(({ child: id }, n) => {
        const { name, sex, bornOn } = person(n);
        const likeness = digest(n, 'likeness');
        return {
          id,
          name,
          sex,
          bornOn,
          registeredBy: institutionCode,
          likeness,
          registeredAt: AT,
          version: 1,
        };
      }),
    );
    await tx.insert(
      identityDocument,
      ids.map(({ child: childId }, n) => ({
        ...{ id: newId(), childId, kind: 'RESIDENT_ID' as const, number: person(n).number },
        ...{ digest: digest(n, 'document'), issuedBy: null },
      })),
    );
    await tx.insert(
      guardian,
      ids.map(({ child: childId }, n) => ({
        ...{ childId, institutionCode, seq: 0, relation: 'MOTHER' as const },
        ...{ name: '丙丁', phone: n === 0 ? '+86 199' : '19900000000' },
      })),
    );
    await tx.insert(
      childHolder,
      ids.map(({ child: childId }) => ({
        ...{ childId, institutionCode, ...PLACE, heldSince: AT, movedOn: null, untilOn: null },
        ...{ nationality: 'CHN', ethnicity: '01', householdRegion: null },
      })),
    );
  });
  await store.close();
}
