import { today } from '../../../kernel/rules/plain-date.ts';
import { normaliseRecordNumber } from '../../../kernel/rules/record-number.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { PrimarySchool, TakeOver } from '../model.ts';
import { schoolNumberErrors, type LateLink } from '../rules/linking.ts';
import { claimed, type Subject } from '../rules/offering.ts';
import { ITEMS_MAX } from '../rules/quota.ts';
import { begun, Changes } from './changes.ts';
import { done, refused, type Deps, type Done } from './deps.ts';
import { finishing } from './finish.ts';
import { neighbours } from './neighbours.ts';
import { conflictReport, disputeOf, givenWay, reporting } from './offer.ts';
import { linkedTo, schoolNumberDigest } from './resolve.ts';

interface Known {
  readonly subjects: readonly (Subject | null)[];
  readonly ofSchoolNumbers: readonly (Subject | null)[];
  readonly linked: readonly (TakeOver | undefined)[];
  readonly standing: readonly TakeOver[];
  readonly school: PrimarySchool | null;
}

/**
 * Links records a school has created of its own to preschool records found later: a claim that is acknowledged at once, and
 * keeps the school's number beside the record's, which goes on. Whoever asks by the school's number finds it from then on.
 */
export async function linkLateRecords(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly LateLink[],
) {
  const answer = performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: 'linkLateRecords',
    items,
    max: ITEMS_MAX,
    gather: () => gather(deps, viewer, items),
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes();
      const results = items.map((item, i) => linkOne(item, i, known, { deps, viewer, changes }));
      await changes.write(deps.store, tx, 'linkLateRecord');
      return results;
    },
  });
  return reporting(deps, await finishing(deps, answer));
}

async function gather(
  { queries, peers }: Deps,
  { area }: Viewer,
  items: readonly LateLink[],
): Promise<Known> {
  const numbers = items.map(({ schoolNumber }) => schoolNumber);
  const [subjects, ofSchoolNumbers, linked, [school = null]] = await Promise.all([
    neighbours.subjects(
      peers,
      items.map(({ number, bornOn, admittedOn = null }) => ({ number, bornOn, admittedOn })),
    ),
    neighbours.subjects(
      peers,
      items.map(({ bornOn }, i) => ({ number: numbers[i]!, bornOn })),
    ),
    linkedTo(queries, numbers),
    queries.schoolsByCode([area.code]),
  ]);
  const standing = await queries.standingOf(subjects.flatMap((one) => one?.recordId ?? []));
  return { subjects, ofSchoolNumbers, linked, standing, school };
}

interface Acting {
  readonly deps: Deps;
  readonly viewer: Viewer;
  readonly changes: Changes;
}

function linkOne(item: LateLink, i: number, known: Known, { deps, viewer, changes }: Acting): Done {
  const { queries } = deps;
  const [at, account] = [deps.now(), viewer.account];
  const subject = known.subjects[i]!;
  const standing = [
    ...known.standing.filter(({ recordId }) => recordId === subject?.recordId),
    ...(subject ? changes.begunOf(subject.recordId) : []),
  ].map((one) => changes.now(one));
  const { school } = known;
  const digest = schoolNumberDigest(queries, item.schoolNumber);
  const linkedBy = known.linked[i] ?? changes.linkedBy(digest);
  if (linkedBy && linkedBy.recordId === subject?.recordId && linkedBy.schoolCode === viewer.area.code)
    return done(linkedBy.id);
  const offering = claimed(viewer.area.code, { subject, school, standing });
  if (offering.is === 'REFUSED') return refused(offering.userErrors);
  const ofSchoolNumber = known.ofSchoolNumbers[i]!;
  const userErrors = schoolNumberErrors(item, { subject, ofSchoolNumber, linkedBy });
  if (userErrors.length > 0) return refused(userErrors);
  const link = {
    origin: 'LATE' as const,
    schoolNumber: normaliseRecordNumber(item.schoolNumber),
    schoolNumberDigest: digest,
  };
  const fresh = { ...begun({ subject: subject, school: school!, origin: 'LATE', at, account }), ...link };
  if (offering.is === 'DISPUTED') {
    const dispute = { ...fresh, state: 'CONFLICT', conflictsWith: offering.against.id } as const;
    changes.report(conflictReport(dispute, offering.against, at));
    return done(changes.put(null, dispute).id, disputeOf(dispute));
  }
  const own = offering.is === 'NEW' ? null : offering.takeOver;
  if (own?.state === 'CONFLICT') return done(own.id, disputeOf(own));
  if (own && own.pending !== null && own.pending !== 'PROMOTE')
    return refused([userError('TAKE_OVER_UNDER_WAY')], own.id);
  if (offering.is === 'NEW' && offering.instead)
    changes.put(offering.instead, givenWay(offering.instead, at, account));
  const accepted = { state: 'ACCEPTED', acceptedAt: at, acceptedBy: account } as const;
  const promoting = { pending: 'PROMOTE', acknowledgedBy: account, refusal: [] } as const;
  const linked =
    own?.state === 'ACKNOWLEDGED' || own?.pending === 'PROMOTE' ? link : { ...link, ...promoting };
  const admittedOn = own?.admittedOn ?? item.admittedOn ?? today(at);
  return done(
    changes.put(own, { ...(own ?? fresh), ...(own?.acceptedAt ? {} : accepted), ...linked, admittedOn }).id,
  );
}
