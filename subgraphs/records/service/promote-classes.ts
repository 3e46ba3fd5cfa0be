import { today } from '../../../kernel/rules/plain-date.ts';
import { under, userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Placement, Record } from '../model.ts';
import { decide } from '../rules/decide.ts';
import type { Facts } from '../rules/facts.ts';
import { unmet } from '../rules/needs.ts';
import { said } from '../rules/needs/text.ts';
import { Changes, type Doing } from './changes.ts';
import type { Deps } from './deps.ts';
import { neighbours, type ClassAnswer } from './neighbours.ts';

/** One class and the class of the next school year its children go on to. */
export interface Promotion {
  readonly fromClassId: string;
  readonly toClassId: string;
  /** Why the class stays at its level, where it does. */
  readonly reason?: string | null | undefined;
}

/** A child that could not go on with its class. */
export interface Stayed {
  readonly recordId: string;
  readonly userErrors: readonly UserError[];
}

export interface Promoted extends Pick<Promotion, 'fromClassId' | 'toClassId'> {
  readonly moved: number;
  readonly stayed: readonly Stayed[];
  readonly warnings: readonly UserError[];
  readonly userErrors: readonly UserError[];
}

/** As many children as one request may move. */
const CHILDREN_MOST = 1000;

/**
 * Takes whole classes into the next school year. The class carries the level and belongs to one school year, so each
 * child's stay ends and the next begins that day (docs/decisions/0018). An emptied class may be named again: it moves who came since.
 */
export function promoteClasses(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly Promotion[],
  on: string,
) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'promoteClasses', at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: `${doing.action} ${on}`,
    items,
    gather: () => gather(deps, items),
    refused: ({ stays: { length: got } }) =>
      got > CHILDREN_MOST ? [userError('TOO_MANY_ITEMS', ['items'], { max: CHILDREN_MOST, got })] : [],
    async write(tx, known): Promise<Promoted[]> {
      const changes = new Changes(doing);
      const seen = new Set<string>();
      const results = items.map((item, i) => {
        const twice = seen.has(item.fromClassId);
        seen.add(item.fromClassId);
        const userErrors = twice
          ? [userError('CLASS_NAMED_TWICE', ['fromClassId'])]
          : classErrors(item, on, known, viewer, doing);
        const refusals = under(['items', String(i)], userErrors);
        if (refusals.length > 0) return { ...item, moved: 0, stayed: [], warnings: [], userErrors: refusals };
        return promoteOne(item, on, known, { doing, changes, place: ['items', String(i)] });
      });
      await changes.write(deps.store, tx);
      return results.map(({ fromClassId, toClassId, moved, stayed, warnings, userErrors }) => ({
        ...{ fromClassId, toClassId, moved, stayed, warnings, userErrors },
      }));
    },
  });
}

interface Known {
  readonly classes: ReadonlyMap<string, ClassAnswer>;
  /** The open stays of every class to be emptied. */
  readonly stays: readonly Placement[];
  readonly records: ReadonlyMap<string, Record>;
  readonly headcounts: ReadonlyMap<string, number>;
  /** Records whose graduation of the year that ends was refused. */
  readonly refused: ReadonlySet<string>;
}

async function gather({ queries, peers }: Deps, items: readonly Promotion[]): Promise<Known> {
  const ids = items.flatMap(({ fromClassId, toClassId }) => [fromClassId, toClassId]);
  const classes = await neighbours.classes(peers, ids);
  const emptied = items.map(({ fromClassId }) => fromClassId).filter((id) => classes.has(id));
  const [stays, headcounts] = await Promise.all([
    queries.openPlacementsOfClasses(emptied, CHILDREN_MOST + 1),
    queries.headcountsOfClasses([...classes.keys()]),
  ]);
  const recordIds = stays.map(({ recordId }) => recordId);
  const years = [...new Set(emptied.map((id) => classes.get(id)!.schoolYear))];
  const [records, ...refusals] = await Promise.all([
    queries.recordsById(recordIds),
    ...years.map((year) => queries.refusedGraduation(recordIds, year)),
  ]);
  const refused = new Set(refusals.flatMap((ids) => [...ids]));
  return { classes, stays, headcounts, refused, records: new Map(records.map((one) => [one.id, one])) };
}

/** What the act's facts are for one pair of classes. */
function factsOf({ reason, ...item }: Promotion, on: string, { classes }: Known, doing: Doing): Facts {
  const { at, account, role } = doing;
  const [from, to] = [classes.get(item.fromClassId)!, classes.get(item.toClassId)!];
  return { today: today(at), account, role, on, reason: reason ?? null, promotion: { from, to } };
}

function classErrors(item: Promotion, on: string, known: Known, viewer: Viewer, doing: Doing): UserError[] {
  const from = known.classes.get(item.fromClassId);
  const to = known.classes.get(item.toClassId);
  if (!from || !covers(viewer.area, { ...from.institution, institutionCode: from.institution.code }))
    return [userError('NOT_FOUND', ['fromClassId'])];
  if (to?.institution.id !== from.institution.id)
    return [userError('CLASS_NOT_OF_INSTITUTION', ['toClassId'])];
  const facts = factsOf(item, on, known, doing);
  return unmet(['NEXT_YEARS_CLASS', 'LEVEL_FOLLOWS', 'DAY_OF_NEW_YEAR', 'REASON_FITS'], facts);
}

/** Who should have graduated does not slip into the next year because that was refused. */
function factsOfChild(facts: Facts, stay: Placement, record: Record, { refused }: Known): Facts {
  const { bornOn, status } = record;
  const promotion = { ...facts.promotion!, graduationRefused: refused.has(record.id) };
  const { level: classLevel, schoolYear } = promotion.from;
  const child = {
    schoolYear,
    classLevel,
    bornOn,
    province: stay.provinceCode,
    deferred: status === 'DEFERRED',
  };
  return { ...facts, promotion, yearEnd: child, stayFrom: stay.fromOn };
}

interface Acting {
  readonly doing: Doing;
  readonly changes: Changes;
  readonly place: readonly string[];
}

function promoteOne(item: Promotion, on: string, known: Known, acting: Acting): Promoted {
  const { fromClassId, toClassId } = item;
  const { doing, changes, place } = acting;
  const facts = factsOf(item, on, known, doing);
  const reason = said(item.reason);
  const to = known.classes.get(toClassId)!;
  const stayed: Stayed[] = [];
  let moved = 0;
  for (const stay of known.stays.filter(({ classId }) => classId === fromClassId)) {
    const record = known.records.get(stay.recordId)!;
    const userErrors = decide(doing.action, record.status, factsOfChild(facts, stay, record, known));
    if (userErrors.length > 0) {
      stayed.push({ recordId: record.id, userErrors });
      continue;
    }
    const next = { id: newId(), classId: toClassId, classLevel: to.level, fromOn: on, untilOn: null };
    changes.close(stay, on);
    changes.open({ ...stay, ...next, version: 1 });
    changes.record(record, { ...record, classId: toClassId }, { effectiveOn: on, reason });
    moved += 1;
  }
  const count = (known.headcounts.get(toClassId) ?? 0) + moved;
  const limit = to.sizeLimit;
  const warnings = count > limit ? [userError('CLASS_FULL', ['toClassId'], { limit, count })] : [];
  return { fromClassId, toClassId, moved, stayed, warnings: under(place, warnings), userErrors: [] };
}
