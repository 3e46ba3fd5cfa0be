import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch, type BatchAnswer } from '../../../kernel/store/batch.ts';
import type { PrimarySchool, TakeOver } from '../model.ts';
import { claimed, offered, type NewTakeOver, type Offering, type Subject } from '../rules/offering.ts';
import { ITEMS_MAX } from '../rules/quota.ts';
import { begun, Changes } from './changes.ts';
import { done, refused, type Deps, type Done } from './deps.ts';
import { neighbours } from './neighbours.ts';
import { newReport, reportCases } from './report-cases.ts';

interface Known {
  readonly subjects: readonly (Subject | null)[];
  readonly schools: ReadonlyMap<string, PrimarySchool>;
  readonly standing: readonly TakeOver[];
}

/** Begins take-overs, from either side, each on its own: an offer waits for the school, a claim is accepted at once. */
export async function offerTakeOvers(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly NewTakeOver[],
) {
  const answer = await performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: 'offerTakeOvers',
    items,
    max: ITEMS_MAX,
    gather: () => gather(deps, viewer, items),
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes();
      const results = items.map((item, i) =>
        offerOne(item, known.subjects[i]!, known, { deps, viewer, changes }),
      );
      await changes.write(deps.store, tx, 'offerTakeOver');
      return results;
    },
  });
  return reporting(deps, answer);
}

/** Both claims stand whether or not records can be told of their conflict now; if not, the clock tells it. */
export async function reporting(deps: Deps, answer: BatchAnswer<Done>): Promise<BatchAnswer<Done>> {
  const disputed = answer.results.some(({ warnings }) => warnings.some(({ code }) => code === DISPUTED));
  if (disputed) await reportCases(deps).catch(() => undefined);
  return answer;
}

const DISPUTED = 'TAKE_OVER_CONFLICT';

const isSchool = ({ role }: Viewer) => role === 'PRIMARY_SCHOOL';

async function gather(
  { queries, peers }: Deps,
  viewer: Viewer,
  items: readonly NewTakeOver[],
): Promise<Known> {
  // A school finds a record by its number alone; whoever offers one names it.
  const asked = items.map(({ recordId, number, bornOn }) =>
    isSchool(viewer) ? { number: number ?? null, bornOn: bornOn ?? null } : { recordId: recordId ?? '' },
  );
  const subjects = await neighbours.subjects(peers, asked);
  const recordIds = [...new Set(subjects.flatMap((one) => one?.recordId ?? []))];
  const codes = isSchool(viewer) ? [viewer.area.code] : items.flatMap(({ schoolCode }) => schoolCode ?? []);
  const [schools, standing] = await Promise.all([
    queries.schoolsByCode([...new Set(codes)]),
    queries.standingOf(recordIds),
  ]);
  return { subjects, schools: new Map(schools.map((one) => [one.code, one])), standing };
}

interface Acting {
  readonly deps: Deps;
  readonly viewer: Viewer;
  readonly changes: Changes;
}

function offerOne(item: NewTakeOver, subject: Subject | null, known: Known, acting: Acting): Done {
  const { viewer, changes } = acting;
  const code = isSchool(viewer) ? viewer.area.code : (item.schoolCode ?? '');
  const school = known.schools.get(code) ?? null;
  const standing = subject
    ? [
        ...known.standing
          .filter(({ recordId }) => recordId === subject.recordId)
          .map((one) => changes.now(one)),
        ...changes.begunOf(subject.recordId),
      ].filter(({ state }) => state !== 'CANCELLED')
    : [];
  const facts = { subject, school, standing };
  const offering = isSchool(viewer) ? claimed(code, facts) : offered(viewer, item, facts);
  return effect(offering, { subject: subject!, school: school! }, acting);
}

function effect(
  offering: Offering,
  { subject, school }: { subject: Subject; school: PrimarySchool },
  { deps, viewer, changes }: Acting,
): Done {
  const [at, account] = [deps.now(), viewer.account];
  const accepted = { state: 'ACCEPTED', acceptedAt: at, acceptedBy: account } as const;
  const origin = isSchool(viewer) ? 'SCHOOL' : (viewer.role as 'KINDERGARTEN' | 'COUNTY');
  const fresh = () => begun({ subject, school, origin, at, account });
  switch (offering.is) {
    case 'REFUSED':
      return refused(offering.userErrors);
    case 'STANDING':
      return done(offering.takeOver.id, disputeOf(offering.takeOver));
    case 'ACCEPTED':
      return done(changes.put(offering.takeOver, { ...offering.takeOver, ...accepted }).id);
    case 'DISPUTED': {
      const dispute = { ...fresh(), state: 'CONFLICT', conflictsWith: offering.against.id } as const;
      changes.report(conflictReport(dispute, offering.against, at));
      return done(changes.put(null, dispute).id, disputeOf(dispute));
    }
    case 'NEW': {
      if (offering.instead) changes.put(offering.instead, givenWay(offering.instead, at, account));
      return done(changes.put(null, { ...fresh(), ...(offering.state === 'ACCEPTED' ? accepted : {}) }).id);
    }
  }
}

export const disputeOf = ({ state }: TakeOver) => (state === 'CONFLICT' ? [userError(DISPUTED)] : []);

/** One case for each claim that is disputed, with the county that has the record. */
export function conflictReport(dispute: TakeOver, against: TakeOver, at: Date) {
  const { id, recordId, childId, provinceCode, cityCode, countyCode } = dispute;
  const statement = `小学 ${against.schoolCode} 已接收该学籍，小学 ${dispute.schoolCode} 亦申领。`;
  const about = { recordId, childId, provinceCode, cityCode, countyCode, statement };
  return newReport({ sourceKey: `conflict:${id}`, kind: DISPUTED, ...about }, at);
}

/** An offer nobody had answered, after another school has claimed the child. */
export const givenWay = (takeOver: TakeOver, at: Date, account: string): TakeOver => ({
  ...takeOver,
  ...{ state: 'CANCELLED', endedAt: at, endedBy: account, endReason: 'CLAIMED_ELSEWHERE' },
});
