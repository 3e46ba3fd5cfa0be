import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { Application, Record } from '../model.ts';
import { decideApplication } from '../rules/decide.ts';
import { rowOf, type LifecycleAction } from '../rules/lifecycle.ts';
import type { Facts } from '../rules/needs.ts';
import { Changes, type Doing } from './changes.ts';
import { refused, type Deps, type Done } from './deps.ts';

/** What an act on an application says; everything beyond the id only where the act needs it. */
export interface ApplicationAct {
  readonly applicationId: string;
  readonly reason?: string | null;
  readonly classId?: string | null;
  readonly enteredOn?: string | null;
}

export interface Case {
  readonly act: ApplicationAct;
  readonly application: Application;
  readonly record: Record;
}

/** What is peculiar to one act: the facts it needs beyond the common ones, and what it changes beyond the states. */
export interface Peculiar<More> {
  gather(cases: readonly Case[]): Promise<More>;
  facts(one: Case, more: More): Partial<Facts>;
  /** Further changes; may alter the application and the record before they are written. */
  effect(
    one: Case,
    more: More,
    changes: Changes,
  ): { application?: Partial<Application>; record?: Partial<Record> };
}

/** Performs one act of the lifecycle on many applications, each on its own. */
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
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: action,
    items: acts,
    async gather() {
      const cases = await casesOf(deps, viewer, acts);
      return { cases, more: await peculiar.gather([...cases.values()]) };
    },
    async write(tx, { cases, more }): Promise<Done[]> {
      const changes = new Changes(doing);
      const done = new Set<string>();
      const results = acts.map((act) => {
        const one = cases.get(act.applicationId);
        // The same application twice in one request: the second finds nothing left to do.
        if (!one || done.has(act.applicationId)) return refused([userError('NOT_FOUND', ['applicationId'])]);
        done.add(act.applicationId);
        return actOnOne({ ...one, act }, more, doing, changes, peculiar);
      });
      await changes.write(deps.store, tx);
      return results;
    },
  });
}

/** The applications that are there and the viewer's; the others look the same as missing ones. */
async function casesOf(
  { queries }: Deps,
  viewer: Viewer,
  acts: readonly ApplicationAct[],
): Promise<Map<string, Case>> {
  const ids = acts.map(({ applicationId }) => applicationId).filter(isId);
  const applications = (await queries.applicationsById(ids)).filter((application) =>
    covers(viewer.area, application),
  );
  const records = await queries.recordsById(applications.map(({ recordId }) => recordId));
  const byId = new Map(records.map((record) => [record.id, record]));
  const actOf = new Map(acts.map((act) => [act.applicationId, act]));
  return new Map(
    applications.map((application) => {
      return [
        application.id,
        { act: actOf.get(application.id)!, application, record: byId.get(application.recordId)! },
      ];
    }),
  );
}

function actOnOne<More>(
  one: Case,
  more: More,
  doing: Doing,
  changes: Changes,
  peculiar: Peculiar<More>,
): Done {
  const { act, application, record } = one;
  const reason = act.reason?.trim() || null;
  const common: Facts = { today: today(doing.at), account: doing.account, role: doing.role, reason };
  const userErrors = decideApplication(doing.action, application, record.status, {
    ...common,
    ...peculiar.facts(one, more),
  });
  if (userErrors.length > 0)
    return { ...refused(userErrors), recordId: record.id, applicationId: application.id };
  const row = rowOf(doing.action);
  const effect = peculiar.effect(one, more, changes);
  const decision = row.by === 'COUNTY' ? { decidedAt: doing.at, decidedBy: doing.account } : {};
  changes.application(application, {
    ...application,
    state: row.application!,
    reason,
    ...decision,
    ...effect.application,
  });
  changes.record(
    record,
    { ...record, status: row.to, ...effect.record },
    // What happened, happened at the applicant's, also where the record goes back to another institution.
    { applicationId: application.id, reason, institutionId: application.institutionId },
  );
  return {
    recordId: record.id,
    applicationId: application.id,
    warnings: effect.application?.warnings ?? [],
    userErrors,
  };
}

/** For an act that needs nothing but the states: return. */
export const plain: Peculiar<null> = {
  gather: () => Promise.resolve(null),
  facts: () => ({}),
  effect: () => ({}),
};
