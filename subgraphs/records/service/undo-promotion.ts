import { addDays, today } from '../../../kernel/rules/plain-date.ts';
import { under, userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Placement, Record, RecordEvent } from '../model.ts';
import { decide } from '../rules/decide.ts';
import { said, textErrors } from '../rules/needs/text.ts';
import { Changes, type Doing } from './changes.ts';
import type { Deps } from './deps.ts';
import { neighbours, type ClassAnswer } from './neighbours.ts';
import type { Promoted, Promotion, Stayed } from './promote-classes.ts';
import { settingsFor } from './settings.ts';

export type UndonePromotion = Pick<Promotion, 'fromClassId' | 'toClassId'>;

/** As many children as one request may move back. */
const CHILDREN_MOST = 1000;

/**
 * The county takes promotions back, within the days in which a graduation may be undone: whoever is still in the class it was
 * promoted to is again in the one it came from, as if it had never moved. Who has moved on stays, and is named.
 */
export function undoPromotions(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly UndonePromotion[],
  statedReason: string | null,
) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'undoPromotion', at: deps.now(), account, role };
  const reason = said(statedReason);
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: `${doing.action} ${reason ?? ''}`,
    items,
    gather: () => gather(deps, items),
    refused: ({ promoted }) => [
      ...textErrors(reason, 'reason'),
      ...(promoted.length > CHILDREN_MOST
        ? [userError('TOO_MANY_ITEMS', ['items'], { max: CHILDREN_MOST, got: promoted.length })]
        : []),
    ],
    async write(tx, known): Promise<Promoted[]> {
      const changes = new Changes(doing);
      const seen = new Set<string>();
      const results = items.map((item, i) => {
        const pair = `${item.fromClassId} ${item.toClassId}`;
        const errors = seen.has(pair)
          ? [userError('CLASS_NAMED_TWICE', ['fromClassId'])]
          : classErrors(item, known, viewer);
        seen.add(pair);
        const userErrors = under(['items', String(i)], errors);
        if (userErrors.length > 0) return { ...item, moved: 0, stayed: [], warnings: [], userErrors };
        return {
          ...item,
          ...undoOne(item, known, { viewer, doing, changes, reason }),
          warnings: [],
          userErrors,
        };
      });
      await changes.write(deps.store, tx);
      return results;
    },
  });
}

/** A child that was promoted, by its last such line of history and the stay that ended then. */
interface OnePromoted {
  readonly record: Record;
  readonly stay: Placement | null;
  readonly event: RecordEvent;
  /** The class it came from. */
  readonly fromClassId: string;
}

interface Known {
  readonly classes: ReadonlyMap<string, ClassAnswer>;
  readonly promoted: readonly OnePromoted[];
  /** By province, the days in which it may be undone. */
  readonly undoDays: ReadonlyMap<string, number>;
}

async function gather({ queries, peers, now }: Deps, items: readonly UndonePromotion[]): Promise<Known> {
  const ids = items.flatMap(({ fromClassId, toClassId }) => [fromClassId, toClassId]);
  const classes = await neighbours.classes(peers, ids);
  const left = items.map(({ fromClassId }) => fromClassId).filter((id) => classes.has(id));
  const recordIds = await queries.recordsOnceIn(left, CHILDREN_MOST * 2);
  const [records, events, stays] = await Promise.all([
    queries.recordsById(recordIds),
    queries.eventsByRecord(recordIds),
    queries.placementsByRecord(recordIds),
  ]);
  const provinces = [...new Set(records.map(({ provinceCode }) => provinceCode))];
  const settings = await settingsFor(queries, provinces, today(now()));
  return {
    classes,
    promoted: records.flatMap((record) => promotedOf(record, events, stays)),
    undoDays: new Map(provinces.map((code) => [code, settings.get(code)!.graduationUndoDays])),
  };
}

function promotedOf(
  record: Record,
  events: readonly RecordEvent[],
  stays: readonly Placement[],
): OnePromoted[] {
  const event = events.findLast(({ recordId, type }) => recordId === record.id && type === 'promoteClasses');
  const own = stays.filter(({ recordId }) => recordId === record.id);
  // A promotion ends one stay on the day on which it begins the next.
  const before = own.find(({ untilOn }) => event && untilOn === event.effectiveOn);
  const stay = own.find(({ untilOn }) => untilOn === null) ?? null;
  return event && before ? [{ record, stay, event, fromClassId: before.classId }] : [];
}

function classErrors({ fromClassId, toClassId }: UndonePromotion, known: Known, viewer: Viewer): UserError[] {
  const from = known.classes.get(fromClassId);
  if (!from || !covers(viewer.area, { ...from.institution, institutionCode: from.institution.code }))
    return [userError('NOT_FOUND', ['fromClassId'])];
  return known.classes.get(toClassId)?.institution.id === from.institution.id
    ? []
    : [userError('CLASS_NOT_OF_INSTITUTION', ['toClassId'])];
}

interface Acting {
  readonly viewer: Viewer;
  readonly doing: Doing;
  readonly changes: Changes;
  readonly reason: string | null;
}

function undoOne(
  { fromClassId, toClassId }: UndonePromotion,
  { classes, promoted, undoDays }: Known,
  { viewer, doing, changes, reason }: Acting,
): Pick<Promoted, 'moved' | 'stayed'> {
  const stayed: Stayed[] = [];
  let moved = 0;
  const level = classes.get(fromClassId)!.level;
  for (const { record, stay, event, ...of } of promoted) {
    if (of.fromClassId !== fromClassId || event.classId !== toClassId) continue;
    // Of a child that is elsewhere by now its former kindergarten and county are told nothing.
    if (!covers(viewer.area, record)) continue;
    const movedSince = stay?.classId !== toClassId || stay.fromOn !== event.effectiveOn;
    const until = addDays(today(event.at), undoDays.get(record.provinceCode)!);
    const { at, account, role } = doing;
    const userErrors = decide(doing.action, record.status, {
      ...{ today: today(at), account, role, reason, submittedBy: event.account, undo: { until, movedSince } },
    });
    if (userErrors.length > 0 || !stay) {
      stayed.push({ recordId: record.id, userErrors });
      continue;
    }
    // The two stays remain, and are in one class: on every past day the child is where it was.
    changes.recount(stay, { classId: fromClassId, classLevel: level });
    changes.record(record, { ...record, classId: fromClassId }, { effectiveOn: event.effectiveOn, reason });
    moved += 1;
  }
  return { moved, stayed };
}
