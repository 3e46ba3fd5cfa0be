import { today } from '../../../kernel/rules/plain-date.ts';
import { birthCohort } from '../../../kernel/rules/school-year.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import type { Application, FollowUp, Placement, Record } from '../model.ts';
import { endFollowUps } from '../store/ends.ts';
import { carryOut, ordersOf } from './carry-out-orders.ts';
import { Changes } from './changes.ts';
import { contestsOver, openContest } from './contested-numbers.ts';
import { correctChild, type CorrectedAnswer, type Correction } from './corrections.ts';
import type { Deps } from './deps.ts';
import { currentNumbers, formalOne, replaceNumber } from './numbers.ts';

/** Who is named where children has done, or refused, what was decided. */
export const CHILDREN_ACCOUNT = 'system:children';

/**
 * Carries decided corrections out: at children first, then in the record's own copies. Each may be repeated from the
 * start after a crash at any point: children does it once, and the copies follow in the transaction that ends the follow-up.
 */
export async function applyCorrections(deps: Deps, followUps: readonly FollowUp[]): Promise<void> {
  for (const followUp of followUps) {
    const { application, record } = await readBoth(deps, followUp);
    const answer = await correctChild(deps.peers, {
      correction: followUp.facts.correction as Correction,
      applicationId: application.id,
      decidedBy: application.decidedBy!,
      institutionCode: application.institutionCode,
    });
    await settle(deps, followUp, answer, { application, record });
  }
}

interface Both {
  readonly application: Application;
  readonly record: Record;
}

async function readBoth({ queries }: Deps, { recordId, applicationId }: FollowUp): Promise<Both> {
  const [applications, records] = await Promise.all([
    queries.applicationsById([applicationId!]),
    queries.recordsWhole([recordId]),
  ]);
  return { application: applications[0]!, record: records[0]! };
}

const ATTEMPTS = 5;

/** Writes the outcome once; where somebody acts on the record at this moment, it is read anew. */
async function settle(deps: Deps, followUp: FollowUp, answer: CorrectedAnswer, both: Both): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const now = attempt === 1 ? both : await readBoth(deps, followUp);
    const changes = answer.child
      ? await followed(deps, now, answer.child)
      : dropped(deps, now, answer.userErrors[0]!.code);
    try {
      return await deps.store.transaction(async (tx) => {
        // First of all, so that of two processes the slower one writes nothing.
        if ((await endFollowUps(deps.store, tx, [followUp], deps.now())) === 0) return;
        await changes.write(deps.store, tx);
      });
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** The record's copies follow the child, and so do all its stays: on every past day one child counts as one and the same. */
async function followed(
  deps: Deps,
  { application, record }: Both,
  { bornOn, sex, residentIdForNumber }: NonNullable<CorrectedAnswer['child']>,
): Promise<Changes> {
  const changes = new Changes({ action: 'applyCorrection', at: deps.now(), account: CHILDREN_ACCOUNT });
  const copies = { bornOn, birthCohort: birthCohort(bornOn), sex };
  for (const stay of await deps.queries.placementsByRecord([record.id])) {
    if (differs(stay, copies)) changes.recount(stay, { birthCohort: copies.birthCohort, sex });
  }
  const number = await proven(deps, { application, record }, residentIdForNumber, changes);
  const corrected = changes.record(record, { ...record, ...copies, number }, aboutIt(application));
  carryOut(changes, await ordersOf(deps, [record.id], 'CORRECT'), corrected);
  return changes;
}

/**
 * A temporary number becomes G now that the ID is proven, without any application (domain 2.1). Where another record
 * has that number, or this one had it, the correction stands all the same, and a warning says why the number did not follow;
 * where it is somebody else's a problem case is opened.
 */
async function proven(
  deps: Deps,
  { application, record }: Both,
  residentId: string | null,
  changes: Changes,
): Promise<string | null> {
  const { id, number } = record;
  if (residentId === null || number === null || number.startsWith('G')) return number;
  const next = await formalOne(deps.queries, residentId, id);
  if (next.ownerId !== null) {
    const code = next.ownerId === id ? 'NUMBER_NOT_REISSUED' : 'NUMBER_TAKEN';
    changes.application(application, { ...application, warnings: [userError(code)] });
    if (next.ownerId !== id)
      openContest(changes, await contestsOver(deps, [{ holderId: next.ownerId, other: record }]), record);
    return number;
  }
  const current = (await currentNumbers(deps, [id])).get(id)!;
  return replaceNumber(changes, current, next, 'ID_PROVEN', today(deps.now()));
}

const differs = (stay: Placement, copies: Pick<Placement, 'birthCohort' | 'sex'>) =>
  stay.birthCohort !== copies.birthCohort || stay.sex !== copies.sex;

/** Children refused what was decided; so the application comes to nothing, and the history says by what. */
function dropped(deps: Deps, { application, record }: Both, code: string): Changes {
  const at = deps.now();
  const changes = new Changes({ action: 'dropCorrection', at, account: CHILDREN_ACCOUNT });
  const refused = { state: 'REFUSED', reason: code, decidedAt: at, decidedBy: CHILDREN_ACCOUNT } as const;
  changes.application(application, { ...application, ...refused });
  changes.record(record, record, { ...aboutIt(application), reason: code });
  return changes;
}

const aboutIt = ({ id, institutionId }: Application) => ({ applicationId: id, institutionId });
