import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { Application, Evidence, KeyChanges, Record, StepOutcome } from '../model.ts';
import { decideApplication } from '../rules/decide.ts';
import type { Facts } from '../rules/facts.ts';
import { rowOf, statusAfter, type LifecycleAction, type Row } from '../rules/lifecycle.ts';
import { said } from '../rules/needs/text.ts';
import { sees } from '../rules/sees.ts';
import { begin, ENDED, provinceOf, type Turn } from '../rules/turns.ts';
import { Changes, type About, type Doing } from './changes.ts';
import { refused, type Deps, type Done } from './deps.ts';
import { finishing } from './follow-ups.ts';
import { outcomeOf } from './outcomes.ts';
import { reckoned, type Reckonings } from './reckoned.ts';

/** What an act on an application says; everything beyond the id only where the act needs it. */
export interface ApplicationAct {
  readonly applicationId: string;
  readonly reason?: string | null;
  readonly classId?: string | null;
  readonly enteredOn?: string | null;
  readonly evidence?: readonly Evidence[] | null;
  readonly changes?: KeyChanges | null;
  readonly until?: string | null;
}

export interface Case {
  readonly act: ApplicationAct;
  readonly application: Application;
  readonly record: Record;
}

/** What one act does to one application beyond the states. */
export interface Effect {
  readonly application?: Partial<Application>;
  readonly record?: Partial<Record>;
  readonly about?: About;
  /** Whose turn comes next; left out where the application is decided. */
  readonly turn?: Turn;
  /** How the step ended; left out where the row's own word fits. */
  readonly outcome?: StepOutcome;
  readonly followUp?: true;
}

/** What is peculiar to one act: the facts it needs beyond the common ones, and what it changes beyond the states. */
export interface Peculiar<More> {
  gather(cases: readonly Case[]): Promise<More>;
  facts(one: Case, more: More): Partial<Facts>;
  /** Further changes; may alter the application and the record before they are written. */
  effect(one: Case, more: More, changes: Changes): Effect;
}

/** Performs one act of the lifecycle on many applications, each on its own; then what follows from it elsewhere. */
export function actOnApplications<More>(
  deps: Deps,
  viewer: Viewer,
  action: LifecycleAction,
  idempotencyKey: string,
  acts: readonly ApplicationAct[],
  peculiar: Peculiar<More>,
) {
  const { account, role } = viewer;
  const doing: Doing = { action, at: deps.now(), account, role };
  const answer = performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: action,
    items: acts,
    async gather() {
      const cases = await casesOf(deps, viewer, acts);
      const all = [...cases.values()];
      return { cases, more: await peculiar.gather(all), reckonings: await reckoned(deps, action, all) };
    },
    async write(tx, { cases, more, reckonings }): Promise<Done[]> {
      const changes = new Changes(doing);
      const done = new Set<string>();
      const results = acts.map((act) => {
        const one = cases.get(act.applicationId);
        if (!one) return refused([userError('NOT_FOUND', ['applicationId'])]);
        if (done.has(act.applicationId)) return namedTwice(one);
        done.add(act.applicationId);
        const common = { viewer, doing, changes, reckonings };
        return actOnOne({ ...one, act }, more, common, peculiar);
      });
      await changes.write(deps.store, tx);
      return results;
    },
  });
  return finishing(deps, answer);
}

/** What came of it stands with the item that named it first. */
const namedTwice = ({ application, record }: Case): Done => ({
  ...refused([userError('APPLICATION_NAMED_TWICE', ['applicationId'])]),
  recordId: record.id,
  applicationId: application.id,
});

/** The applications that are there and the viewer's; the others look the same as missing ones. */
async function casesOf(
  { queries }: Deps,
  viewer: Viewer,
  acts: readonly ApplicationAct[],
): Promise<Map<string, Case>> {
  const ids = acts.map(({ applicationId }) => applicationId).filter(isId);
  const applications = (await queries.applicationsById(ids)).filter((application) =>
    sees(viewer.area, application),
  );
  const records = await queries.recordsById(applications.map(({ recordId }) => recordId));
  const byId = new Map(records.map((record) => [record.id, record]));
  // Of an application named twice the first act counts.
  const actOf = new Map(acts.toReversed().map((act) => [act.applicationId, act]));
  return new Map(
    applications.map((application) => {
      return [
        application.id,
        { act: actOf.get(application.id)!, application, record: byId.get(application.recordId)! },
      ];
    }),
  );
}

interface Common {
  readonly viewer: Viewer;
  readonly doing: Doing;
  readonly changes: Changes;
  readonly reckonings: Reckonings;
}

function actOnOne<More>(one: Case, more: More, common: Common, peculiar: Peculiar<More>): Done {
  const { act, application, record } = one;
  const { doing, viewer, changes } = common;
  const reason = said(act.reason);
  const { account, role, area } = viewer;
  const userErrors = decideApplication(doing.action, application, record.status, {
    ...{ today: today(doing.at), account, role, area, reason },
    ...peculiar.facts(one, more),
  });
  const ids = { recordId: record.id, applicationId: application.id };
  if (userErrors.length > 0) {
    changes.refusedOn(record, application);
    return { ...refused(userErrors), ...ids };
  }
  const row = rowOf(doing.action, application);
  const effect = peculiar.effect(one, more, changes);
  const stated = { ...application, reason, ...effect.application };
  const again = row.action === 'resubmitApplication' ? { details: submittedAgain(application, stated) } : {};
  const after = applicationAfter({ ...stated, ...again }, row, effect, common);
  changes.application(application, after, effect.outcome ?? outcomeOf(row));
  changes.record(
    record,
    { ...record, status: statusAfter(row, record.status, application.statusBefore), ...effect.record },
    // What happened, happened at the applicant's, also where the record goes back to another institution.
    { applicationId: application.id, reason, institutionId: application.institutionId, ...effect.about },
  );
  const warnings = effect.application?.warnings ?? [];
  return { ...ids, warnings, userErrors, ...(effect.followUp ? { followUp: true } : {}) };
}

/** Who submitted it before stays known: four eyes are over every one of them. */
function submittedAgain({ submittedBy }: Application, { details }: Application): Application['details'] {
  const before = details?.submittedBefore ?? [];
  return { ...details, submittedBefore: [...new Set([...before, submittedBy])] };
}

/** The application as the row and the next turn make it. */
function applicationAfter(
  application: Application,
  row: Row,
  { turn }: Effect,
  { doing, reckonings }: Common,
): Application {
  const decided = row.by === 'HOLDER' && row.application !== 'SUBMITTED';
  const next = turn
    ? begin(
        application,
        turn,
        today(doing.at),
        reckonings.get(provinceOf(application, turn.holder) ?? application.provinceCode)!,
      )
    : ENDED;
  return {
    ...application,
    state: row.application!,
    ...(decided ? { decidedAt: doing.at, decidedBy: doing.account } : {}),
    ...next,
  };
}
