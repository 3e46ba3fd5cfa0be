import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { IssuedNumber, Record } from '../model.ts';
import { decide } from '../rules/decide.ts';
import { Changes, type Doing } from './changes.ts';
import { refused, type Deps, type Done } from './deps.ts';
import { neighbours, type ChildAnswer } from './neighbours.ts';
import { currentNumbers, formalOne, freeJ, replaceNumber, type Drawn } from './numbers.ts';
import { ownStay } from './stays.ts';

export interface NumberConversion {
  readonly recordId: string;
}

/** The county makes a number formal: G where the resident ID is proven, else J for a child without one. */
export function convertNumber(deps: Deps, viewer: Viewer, idempotencyKey: string, item: NumberConversion) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'convertNumber', at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items: [item],
    gather: () => gather(deps, viewer, item),
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes(doing);
      const result = convertOne(known, viewer, { doing, changes });
      await changes.write(deps.store, tx);
      return [result];
    },
  });
}

interface Known {
  readonly record: Record | null;
  readonly undecided: boolean;
  readonly child: ChildAnswer | null;
  readonly current: IssuedNumber | null;
  /** Null where the present number stays for good. */
  readonly next: Drawn | null;
}

async function gather(deps: Deps, viewer: Viewer, { recordId }: NumberConversion): Promise<Known> {
  const { record, undecided } = await ownStay(deps, viewer, recordId);
  if (!record) return { record, undecided, child: null, current: null, next: null };
  const child = (await neighbours.children(deps.peers, [record.childId])).get(record.childId) ?? null;
  const current = (await currentNumbers(deps, [record.id])).get(record.id) ?? null;
  return { record, undecided, child, current, next: child && (await nextNumber(deps, record, child)) };
}

async function nextNumber({ queries }: Deps, record: Record, child: ChildAnswer): Promise<Drawn | null> {
  const { number, countyCode } = record;
  if (number === null || number.startsWith('G')) return null;
  if (child.residentIdForNumber !== null) return formalOne(queries, child.residentIdForNumber, record.id);
  return number.startsWith('L') ? freeJ(queries, countyCode, child.bornOn) : null;
}

function convertOne(
  { record, undecided, child, current, next }: Known,
  { account, role, area }: Viewer,
  { doing, changes }: { doing: Doing; changes: Changes },
): Done {
  if (!record) return refused([userError('NOT_FOUND', ['recordId'])]);
  const own = next !== null && next.ownerId === record.id;
  const userErrors = decide('convertNumber', record.status, {
    ...{ today: today(doing.at), account, role, area, child, number: record.number, undecided },
    nextNumber: (next?.number.slice(0, 1) ?? null) as 'G' | 'J' | null,
    ...{ numberTaken: next !== null && next.ownerId !== null && !own, numberDeleted: own },
  });
  if (userErrors.length > 0 || !next || !current) {
    changes.refusedOn(record);
    return { ...refused(userErrors), recordId: record.id };
  }
  const reason = next.number.startsWith('G') ? 'ID_PROVEN' : 'FORMAL_WITHOUT_ID';
  const number = replaceNumber(changes, current, next, reason, today(doing.at));
  changes.record(record, { ...record, number });
  return { recordId: record.id, applicationId: null, warnings: [], userErrors };
}
