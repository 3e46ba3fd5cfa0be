import { addMonths, today } from '../../../kernel/rules/plain-date.ts';
import type { Application, Placement, Record, RecordEvent } from '../model.ts';
import type { Facts } from '../rules/facts.ts';
import type { ProvinceSettings } from '../rules/settings.ts';
import { endingOf, restoredAs } from '../rules/undo.ts';
import type { Deps } from './deps.ts';
import { neighbours, type ClassAnswer, type InstitutionAnswer } from './neighbours.ts';
import { settingsFor } from './settings.ts';

/** What is known about records that shall be again what they were. */
export interface Past {
  readonly events: readonly RecordEvent[];
  readonly placements: readonly Placement[];
  readonly applications: readonly Application[];
  readonly institutions: ReadonlyMap<string, InstitutionAnswer>;
  readonly classes: ReadonlyMap<string, ClassAnswer>;
  readonly settings: ReadonlyMap<string, ProvinceSettings>;
}

export async function pastOf({ queries, peers, now }: Deps, records: readonly Record[]): Promise<Past> {
  const ids = records.map(({ id }) => id);
  const [events, placements, applications] = await Promise.all([
    queries.eventsByRecord(ids),
    queries.placementsByRecord(ids),
    queries.applicationsByRecord(ids),
  ]);
  const codes = records.map(({ institutionCode }) => institutionCode);
  const [institutions, classes] = await Promise.all([
    neighbours.institutions(peers, codes),
    neighbours.classes(
      peers,
      placements.map(({ classId }) => classId),
    ),
  ]);
  const provinces = [...new Set(records.map(({ provinceCode }) => provinceCode))];
  const settings = await settingsFor(queries, provinces, today(now()));
  return { events, placements, applications, institutions, classes, settings };
}

/** How a record ended, the stay that ended with it, and what it will be again. */
export function undoing(record: Record, past: Past, day: string) {
  const own = <T extends { recordId: string }>(rows: readonly T[]) =>
    rows.filter(({ recordId }) => recordId === record.id);
  const ending = endingOf(own(past.events), record.status);
  const stays = own(past.placements);
  const stay = stays.reduce<Placement | null>(
    // Of two that ended on one day the later began later: the child died, or moved, before its first day there.
    (last, one) => (last === null || (one.untilOn ?? '9') >= (last.untilOn ?? '9') ? one : last),
    null,
  );
  const deferrals = own(past.applications).filter(
    ({ kind, state }) => kind === 'DEFERRAL' && state === 'APPROVED',
  );
  const restored = ending && restoredAs(ending, deferrals.at(-1)?.details?.until ?? null, day);
  return { ending, stay, restored, cut: stay ? cutShort(stays, record.enteredOn) : [] };
}

/** Within one kindergarten a stay lasts until the next begins: where it does not, a death that is undone now had ended it. */
function cutShort(stays: readonly Placement[], since: string) {
  const there = stays.filter(({ fromOn }) => fromOn >= since);
  return there.flatMap((stay, i) => {
    const next = there[i + 1];
    return next && stay.untilOn !== null && stay.untilOn < next.fromOn
      ? [{ stay, untilOn: next.fromOn }]
      : [];
  });
}

const SEAT = ['institutionCode', 'countyCode', 'cityCode', 'provinceCode'] as const;

export function reinstatementFacts(record: Record, past: Past, day: string): Partial<Facts> {
  const { ending, stay, restored } = undoing(record, past, day);
  const inKindergarten = restored?.status === 'ENROLLED' || restored?.status === 'DEFERRED';
  const same = stay !== null && stay.untilOn !== null && SEAT.every((key) => stay[key] === record[key]);
  const found = stay && past.classes.get(stay.classId);
  const { reinstatementMonths } = past.settings.get(record.provinceCode)!;
  return {
    restored: restored?.status ?? null,
    decidedAbove: record.mergedInto !== null && (record.number?.startsWith('G') ?? false),
    resumable: ending !== null && (!inKindergarten || same),
    institution: past.institutions.get(record.institutionCode) ?? null,
    class: found ? { ...found, institutionId: found.institution.id, taken: 0 } : null,
    ...(ending ? { reinstateUntil: addMonths(ending.effectiveOn, reinstatementMonths) } : {}),
  };
}
