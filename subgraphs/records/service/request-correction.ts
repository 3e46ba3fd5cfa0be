import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Evidence, KeyChanges, Record } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
import { decide } from '../rules/decide.ts';
import { begin, firstTurn, provinceOf } from '../rules/turns.ts';
import { applied, seatOf } from './applied.ts';
import { Changes, type Doing } from './changes.ts';
import { correctionFaults } from './corrections.ts';
import { refused, type Deps, type Done } from './deps.ts';
import { duplicatesOf } from './duplicates.ts';
import { reckoningsFor } from './settings.ts';
import { ownStay } from './stays.ts';

/** What a kindergarten says, on the guardians' proof. */
export interface NewCorrection {
  readonly recordId: string;
  readonly changes: KeyChanges;
  readonly evidence: readonly Evidence[];
}

/** Asks for key information to be corrected (Measure 1.2 row 9); nothing changes until the county has decided. */
export function requestCorrection(deps: Deps, viewer: Viewer, idempotencyKey: string, item: NewCorrection) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'requestCorrection', at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items: [item],
    gather: () => gather(deps, viewer, item),
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes(doing);
      const result = requestOne(item, known, viewer, { doing, changes });
      await changes.write(deps.store, tx);
      return [result];
    },
  });
}

interface Known {
  readonly record: Record | null;
  readonly undecided: boolean;
  readonly faults: readonly UserError[];
  readonly reckonings: ReadonlyMap<string, Reckoning>;
}

async function gather(deps: Deps, viewer: Viewer, { recordId, changes }: NewCorrection): Promise<Known> {
  const { peers, queries } = deps;
  const { record, undecided } = await ownStay(deps, viewer, recordId);
  if (!record) return { record, undecided, faults: [], reckonings: new Map() };
  const [[faults = []], going, reckonings] = await Promise.all([
    isEmpty(changes) ? [] : correctionFaults(peers, [await wanted(deps, record, changes)]),
    isBeingCarriedOut(deps, record.id),
    reckoningsFor(queries, [record.provinceCode]),
  ]);
  return { record, undecided: undecided || going, faults, reckonings };
}

async function wanted(deps: Deps, { id, childId }: Record, changes: KeyChanges) {
  const duplicates = (await duplicatesOf(deps, [id])).get(id) ?? [];
  return { childId, ...changes, duplicates };
}

const isEmpty = (changes: KeyChanges) => Object.values(changes).every((value) => value === null);

/** The next one would be judged by a child that is about to be another. */
async function isBeingCarriedOut({ queries }: Deps, recordId: string): Promise<boolean> {
  const open = await queries.openFollowUpsOf([recordId]);
  return open.some(({ kind }) => kind === 'CORRECT_CHILD');
}

function requestOne(
  { changes: wanted, evidence }: NewCorrection,
  { record, undecided, faults, reckonings }: Known,
  { account, role, area }: Viewer,
  { doing, changes }: { doing: Doing; changes: Changes },
): Done {
  if (!record) return refused([userError('NOT_FOUND', ['recordId'])]);
  const day = today(doing.at);
  const userErrors = decide('requestCorrection', record.status, {
    ...{ today: day, account, role, area, evidence, undecided },
    ...{ changes: wanted, correctionFaults: faults },
  });
  if (userErrors.length > 0) {
    changes.refusedOn(record);
    return { ...refused(userErrors), recordId: record.id };
  }
  const application = applied(doing, {
    ...{ recordId: record.id, kind: 'CORRECTION', statusBefore: record.status, enteredOn: day },
    ...{ warnings: [], evidence, details: { changes: wanted } },
    ...seatOf(record),
  });
  const turn = firstTurn(application, false);
  const reckoning = reckonings.get(provinceOf(application, turn.holder)!)!;
  changes.application(null, { ...application, ...begin(application, turn, day, reckoning) });
  changes.record(record, record, { applicationId: application.id });
  return { recordId: record.id, applicationId: application.id, warnings: [], userErrors };
}
