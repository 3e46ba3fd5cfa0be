import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Application, ApplicationKind, Evidence, Record } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
import { decide } from '../rules/decide.ts';
import type { Facts } from '../rules/facts.ts';
import { rowOf, statusAfter, type LifecycleAction } from '../rules/lifecycle.ts';
import { begin, firstTurn, provinceOf } from '../rules/turns.ts';
import { applied, seatOf } from './applied.ts';
import { Changes, type About, type Doing } from './changes.ts';
import { refused, type Deps, type Done } from './deps.ts';
import { reckoningFor } from './settings.ts';
import { ownStay, type OwnStay } from './stays.ts';

/** A record of the viewer's, with its open stay if it has one. */
export interface Own extends OwnStay {
  readonly record: Record;
  readonly reckoning: Reckoning;
}

/** What somebody asks for a record they have. */
export interface Item {
  readonly recordId: string;
  readonly evidence: readonly Evidence[];
}

/** What is peculiar to asking for one kind of change. */
export interface Asking<More> {
  readonly action: LifecycleAction;
  readonly kind: ApplicationKind;
  gather(own: Own): Promise<More>;
  facts(own: Own, more: More): Partial<Facts>;
  said(own: Own, more: More): Pick<Application, 'enteredOn' | 'details'> & Partial<Applicant>;
  about?(own: Own, more: More): About;
}
type Applicant = Pick<Application, 'applicantLevel' | 'applicantCode'>;

/** Begins an application about a record the viewer has; what it asks for waits until it is decided. */
export function askFor<More>(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  item: Item,
  asking: Asking<More>,
) {
  const { account, role } = viewer;
  const doing: Doing = { action: asking.action, at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items: [item],
    async gather() {
      const { record, ...rest } = await ownStay(deps, viewer, item.recordId);
      if (!record) return null;
      const own: Own = { record, ...rest, reckoning: await reckoningFor(deps.queries, record.provinceCode) };
      return { own, more: await asking.gather(own) };
    },
    async write(tx, known): Promise<Done[]> {
      if (!known) return [refused([userError('NOT_FOUND', ['recordId'])])];
      const changes = new Changes(doing);
      const result = askOne(item, known, asking, { viewer, doing, changes });
      await changes.write(deps.store, tx);
      return [result];
    },
  });
}

interface Writing {
  readonly viewer: Viewer;
  readonly doing: Doing;
  readonly changes: Changes;
}

function askOne<More>(
  { evidence }: Item,
  { own, more }: { own: Own; more: More },
  asking: Asking<More>,
  { viewer, doing, changes }: Writing,
): Done {
  const { record, stay, undecided, reckoning } = own;
  const { account, role, area } = viewer;
  const day = today(doing.at);
  const userErrors = decide(doing.action, record.status, {
    ...{ today: day, account, role, area, evidence, undecided },
    ...(stay ? { stayFrom: stay.fromOn } : {}),
    ...asking.facts(own, more),
  });
  if (userErrors.length > 0) {
    changes.refusedOn(record);
    return { ...refused(userErrors), recordId: record.id };
  }
  const application = applied(doing, {
    ...{ recordId: record.id, kind: asking.kind, statusBefore: record.status, warnings: [], evidence },
    ...seatOf(record),
    ...asking.said(own, more),
  });
  const turn = firstTurn(application, false);
  const timed = { ...reckoning, provinceCode: provinceOf(application, turn.holder) };
  changes.application(null, { ...application, ...begin(application, turn, day, timed) });
  changes.record(
    record,
    { ...record, status: statusAfter(rowOf(doing.action), record.status) },
    { applicationId: application.id, ...asking.about?.(own, more) },
  );
  return { recordId: record.id, applicationId: application.id, warnings: [], userErrors };
}
