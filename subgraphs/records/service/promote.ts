import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Placement, Promotion, Record, RecordStatus } from '../model.ts';
import { rowOf, statusAfter } from '../rules/lifecycle.ts';
import { restoredStatus } from '../rules/undo.ts';
import type { Subject } from '../store/promotions.ts';
import { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { promotionErrors } from './take-over-subjects.ts';

/** A take-over that has been acknowledged, as primary-link tells it. */
export interface Promoting {
  readonly takeOverId: string;
  readonly recordId: string;
  readonly schoolCode: string;
  /** The first day in primary school. */
  readonly admittedOn: string;
  /** Who acknowledged it; named in the record's history. */
  readonly account: string;
}

export type GivingBack = Omit<Promoting, 'admittedOn'>;

export interface Promoted {
  readonly takeOverId: string;
  /** Null where it was refused. */
  readonly state: Promotion['state'] | null;
  readonly statusBefore: RecordStatus | null;
  readonly userErrors: readonly UserError[];
}

/** What the answer says beside it; not kept with it, since it is kept for replays and holds no numbers. */
export interface Numbered extends Promoted {
  /** Null where it is not promoted. */
  readonly number: string | null;
}

/** As many as one school admits in a year. */
const MOST = 500;

interface Known {
  readonly promotions: ReadonlyMap<string, Promotion>;
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly stays: readonly Placement[];
}

async function gather({ queries }: Deps, items: readonly GivingBack[]): Promise<Known> {
  const recordIds = [...new Set(items.map(({ recordId }) => recordId))];
  const [promotions, subjects] = await Promise.all([
    queries.promotionsById(items.map(({ takeOverId }) => takeOverId)),
    queries.subjectsThemselves(recordIds),
  ]);
  const stays = await queries.placementsByRecord(recordIds);
  return {
    promotions: new Map(promotions.map((one) => [one.id, one])),
    subjects: new Map(subjects.map((one) => [one.record.id, one])),
    stays,
  };
}

/** What one item did; what is already known of the take-over is told again and does nothing. */
interface Step {
  readonly known: Known;
  readonly changes: Changes;
  readonly rows: { readonly added: Promotion[]; readonly changed: { before: Promotion; after: Promotion }[] };
  readonly day: string;
}

/** Promotes records, each exactly once; a take-over that is told again is found done, one given back stays so. */
export const promote = (deps: Deps, viewer: Viewer, key: string, items: readonly Promoting[]) =>
  tell(deps, viewer, key, 'promote', items, promoteOne);

/** Gives promoted records back: each is again what it was, in the very stay, where that can still go on. */
export const giveBack = (deps: Deps, viewer: Viewer, key: string, items: readonly GivingBack[]) =>
  tell(deps, viewer, key, 'giveBack', items, giveBackOne);

async function tell<Item extends GivingBack>(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  action: 'promote' | 'giveBack',
  items: readonly Item[],
  one: (item: Item, step: Step) => Promoted,
) {
  const at = deps.now();
  const { results, userErrors } = await performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: action,
    items,
    max: MOST,
    gather: () => gather(deps, items),
    async write(tx, known): Promise<Promoted[]> {
      const { tables } = deps.store;
      const rows: Step['rows'] = { added: [], changed: [] };
      const byAccount = new Map<string, Changes>();
      const told = new Map<string, Promoted>();
      const records = new Set<string>();
      for (const item of items) {
        const { takeOverId, recordId, account } = item;
        // Two take-overs of one record are never told together; the second waits for the first to be written.
        if (told.has(takeOverId) || records.has(recordId)) continue;
        records.add(recordId);
        const changes = byAccount.get(account) ?? new Changes({ action, at, account });
        byAccount.set(account, changes);
        told.set(takeOverId, one(item, { known, changes, rows, day: today(at) }));
      }
      // First: of two take-overs at once the second finds the record's place taken here.
      await tx.update(tables.promotion, rows.changed);
      await tx.insert(tables.promotion, rows.added);
      for (const changes of byAccount.values()) await changes.write(deps.store, tx);
      return items.map(({ takeOverId }) => told.get(takeOverId) ?? refusedOf(takeOverId, TAKEN()));
    },
  });
  return { results: await numbered(deps, items, results), userErrors };
}

async function numbered(
  { queries }: Deps,
  items: readonly GivingBack[],
  results: readonly Promoted[],
): Promise<Numbered[]> {
  const promoted = items.filter((_, i) => results[i]?.state === 'PROMOTED');
  const numbers = await queries.currentNumbers(promoted.map(({ recordId }) => recordId));
  return results.map((one, i) => ({
    ...one,
    number: one.state === 'PROMOTED' ? numbers.get(items[i]!.recordId)! : null,
  }));
}

const TAKEN = () => [userError('TAKE_OVER_RECORD_CHANGED')];

const refusedOf = (takeOverId: string, userErrors: readonly UserError[]): Promoted => ({
  ...{ takeOverId, state: null, statusBefore: null, userErrors },
});

const doneOf = ({ id: takeOverId, state, statusBefore }: Promotion): Promoted => ({
  ...{ takeOverId, state, statusBefore, userErrors: [] },
});

function promoteOne(item: Promoting, { known, changes, rows, day }: Step): Promoted {
  const { takeOverId, recordId, schoolCode, admittedOn } = item;
  const earlier = known.promotions.get(takeOverId);
  if (earlier?.state === 'PROMOTED') return doneOf(earlier);
  if (earlier) return refusedOf(takeOverId, [userError('TAKE_OVER_GIVEN_BACK')]);
  const subject = known.subjects.get(recordId);
  if (!subject) return refusedOf(takeOverId, [userError('NOT_FOUND')]);
  const { record } = subject;
  const userErrors = record.status === 'PROMOTED' ? TAKEN() : promotionErrors(subject, day, admittedOn);
  if (userErrors.length > 0) {
    changes.refusedOn(record);
    return refusedOf(takeOverId, userErrors);
  }
  const stay = known.stays.find((one) => one.recordId === recordId && one.untilOn === null) ?? null;
  if (stay) changes.close(stay, admittedOn);
  const status = statusAfter(rowOf('promote'), record.status);
  changes.record(record, { ...record, status, deferredUntil: null }, { effectiveOn: admittedOn });
  const promotion: Promotion = {
    ...{ id: takeOverId, recordId, state: 'PROMOTED', schoolCode, statusBefore: record.status },
    ...{ deferredUntil: record.deferredUntil, placementId: stay?.id ?? null, version: 1 },
  };
  rows.added.push(promotion);
  return doneOf(promotion);
}

function giveBackOne(item: GivingBack, { known, changes, rows, day }: Step): Promoted {
  const { takeOverId, recordId, schoolCode } = item;
  const earlier = known.promotions.get(takeOverId);
  if (earlier?.state === 'GIVEN_BACK') return doneOf(earlier);
  if (!earlier) {
    const never: Promotion = {
      ...{ id: takeOverId, recordId, state: 'GIVEN_BACK', schoolCode, statusBefore: null },
      ...{ deferredUntil: null, placementId: null, version: 1 },
    };
    rows.added.push(never);
    return doneOf(never);
  }
  const record = known.subjects.get(recordId)!.record;
  const stay = known.stays.find(({ id }) => id === earlier.placementId) ?? null;
  const restored = restoredStatus(earlier, stay !== null && isAsWas(stay, record), day);
  if (restored.reopen) changes.reopen(stay!);
  const { status, deferredUntil } = restored;
  changes.record(
    record,
    { ...record, status, deferredUntil },
    restored.reopen ? { effectiveOn: stay!.untilOn! } : {},
  );
  const after: Promotion = { ...earlier, state: 'GIVEN_BACK' };
  rows.changed.push({ before: earlier, after });
  return doneOf(after);
}

const SEAT = ['institutionCode', 'countyCode', 'cityCode', 'provinceCode'] as const;

/** The stay that ended can go on as it was: its institution is still where it was. */
const isAsWas = (stay: Placement, record: Record): boolean => SEAT.every((key) => stay[key] === record[key]);
