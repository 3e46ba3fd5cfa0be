import { Conflict } from '../../../kernel/store/errors.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Application, InstitutionChange, Placement, Record } from '../model.ts';
import {
  applicationAfter,
  effectiveOn,
  seatAfter,
  stayAfter,
  staysConcerned,
  tenureOf,
} from '../rules/institution-change.ts';
import { keepMoved } from '../store/institution-changes.ts';
import { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { endOffers, moveOffers } from './follow-offers.ts';

/** The acts these lines of history are of; nobody here performed them. */
export const INSTITUTION_EVENTS = { MOVED: 'moveInstitution', MERGED: 'mergeInstitution' } as const;

const RECORDS_PER_TRANSACTION = 200;
const ATTEMPTS = 20;
/** Whoever tells it waits for the answer; what is not done by then is told again and goes on where it stood. */
const TIME_MS = 10_000;

type Moving = InstitutionChange & { readonly kind: keyof typeof INSTITUTION_EVENTS };

const takesElsewhere = (change: InstitutionChange): change is Moving => change.kind in INSTITUTION_EVENTS;

/**
 * Applies changes of institutions to what is noted under them, in order, and answers those that are done. What has
 * been done is found done, so everything may be repeated; a change that a later one has overtaken does nothing.
 */
export async function applyInstitutionChanges(
  deps: Deps,
  changes: readonly InstitutionChange[],
): Promise<string[]> {
  const until = Date.now() + TIME_MS;
  const done: string[] = [];
  for (const change of changes) {
    if (change.kind === 'STATUS') await endOffers(deps, change);
    if (takesElsewhere(change) && !(await applyOne(deps, change, until))) return done;
    done.push(change.id);
  }
  return done;
}

async function applyOne(deps: Deps, change: Moving, until: number): Promise<boolean> {
  if (!(await kept(deps, change))) return true;
  for (let next: InstitutionChange | null = change; next !== null && takesElsewhere(next);) {
    if (!(await sweep(deps, next, until))) return false;
    next = await onwards(deps, next);
  }
  return true;
}

/** Before anything moves: whoever moves something into this institution from now on finds where it must go. */
async function kept({ store, queries }: Deps, change: Moving): Promise<boolean> {
  for (;;) {
    const [last] = await queries.institutionsMoved([change.institutionId]);
    if (last && last.seq > change.seq) return false;
    try {
      await store.transaction((tx) => keepMoved(store, tx, change));
      return true;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** What has become of the institution that took them in, if it changed after it did and that is known already. */
async function onwards({ queries }: Deps, { institutionId, to }: Moving): Promise<InstitutionChange | null> {
  if (to.institutionId === institutionId) return null;
  const [later] = await queries.institutionsMoved([to.institutionId]);
  return later && later.seq > to.seq ? later.facts : null;
}

/** Moves everything noted under the institution, a chunk at a time; false when the time is up before the end. */
async function sweep(deps: Deps, change: Moving, until: number): Promise<boolean> {
  const { institutionCode: code, kind, to } = change;
  const place = kind === 'MOVED' ? to : null;
  for (let failures = 0; ;) {
    const records = await deps.queries.recordsOfInstitution(code, place, RECORDS_PER_TRANSACTION);
    const applications = await deps.queries.applicationsOfInstitution(code, place, RECORDS_PER_TRANSACTION);
    if (records.length + applications.length === 0) {
      if (kind === 'MERGED') await moveOffers(deps, change);
      return true;
    }
    if (Date.now() > until) return false;
    try {
      await moveAll(deps, change, records, applications);
    } catch (error) {
      // Somebody acted on one of them at this very moment: look again.
      if (!(error instanceof Conflict) || (failures += 1) === ATTEMPTS) throw error;
    }
  }
}

async function moveAll(
  { store, queries, now }: Deps,
  change: Moving,
  records: readonly Record[],
  applications: readonly Application[],
): Promise<void> {
  const changes = new Changes({
    ...{ action: INSTITUTION_EVENTS[change.kind], at: now(), account: change.account },
  });
  const placements = await queries.placementsByRecord(records.map(({ id }) => id));
  for (const record of records) {
    const tenure = tenureOf(
      placements.filter(({ recordId }) => recordId === record.id),
      change,
    );
    const about = { effectiveOn: effectiveOn(tenure, change) };
    changes.record(record, { ...record, ...seatAfter(change.to) }, about);
    for (const stay of staysConcerned(tenure, change)) moveStay(changes, stay, change);
  }
  for (const application of applications) {
    const { after, reassigned } = applicationAfter(application, change);
    changes.application(application, after, reassigned ? 'REASSIGNED' : null);
  }
  await store.transaction((tx) => changes.write(store, tx));
}

function moveStay(changes: Changes, stay: Placement, change: Moving): void {
  const { endsOn, stay: there } = stayAfter(stay, change);
  if (endsOn === null) {
    changes.recount(stay, there);
    return;
  }
  changes.close(stay, endsOn);
  changes.open({ ...there, id: newId(), version: 1 });
}
