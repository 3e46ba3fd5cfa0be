import { compare, today, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import type { Institution, Region, RegionChangeFacts } from '../model.ts';
import type { Known } from '../rules/changing.ts';
import { placeOf } from '../rules/opening.ts';
import { changedRegions, overlaid } from '../rules/region-changes.ts';
import { regionChangeErrors, type Reorganisation } from '../rules/reorganising.ts';
import { reasonOf } from '../rules/texts.ts';
import { whereabouts, type Whereabouts } from '../rules/whereabouts.ts';
import type { Deps } from '../service.ts';
import { institutionQueries } from '../store/queries.ts';
import { replaceRegions } from '../store/regions.ts';
import { ofRegionChange } from './audited.ts';
import { withHistory } from './known.ts';
import { writeChanges, type Changed } from './write-changes.ts';

/** The regions that are new or changed, by code, and how many institutions moved; or why nothing did. */
export interface Reorganised {
  readonly codes: readonly string[];
  readonly moved: number;
  readonly userErrors: readonly UserError[];
}

const refused = (userErrors: readonly UserError[]): Reorganised => ({ codes: [], moved: 0, userErrors });

/** Founds, abolishes and re-places regions, and moves the institutions in them, all at once. */
export function reorganiseRegions(deps: Deps, viewer: Viewer, idempotencyKey: string, wish: Reorganisation) {
  const { store, now } = deps;
  const at = now();
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'reorganiseRegions',
    items: [wish],
    gather: () => planOf(deps, wish, today(at)),
    async write(tx, plan): Promise<Reorganised[]> {
      if (plan.userErrors.length > 0) return [refused(plan.userErrors)];
      const { seq, changed, histories, moves } = plan;
      const doing = { account: viewer.account, at, on: wish.on, reason: reasonOf(wish.reason) };
      const { account, reason, on: fromOn } = doing;
      await tx.insert(store.tables.regionChange, [
        { seq, fromOn, account, at, reason, facts: factsOf(wish) },
      ]);
      await appendAudit(store, tx, [ofRegionChange(seq)]);
      await replaceRegions(tx, store, changed);
      await nobodyCameIn(deps, tx, plan);
      await writeChanges(tx, store, movesOf(moves, histories, wish.on), doing);
      return [{ codes: changed.map(({ code }) => code), moved: moves.length, userErrors: [] }];
    },
  });
}

interface Plan extends Whereabouts {
  readonly seq: number;
  readonly changed: readonly Region[];
  /** Those in a changed region, closed ones too, and those that are named. */
  readonly institutions: readonly Institution[];
  readonly histories: readonly Known[];
}

async function planOf({ queries }: Deps, wish: Reorganisation, day: PlainDate): Promise<Plan> {
  const [tree, earlier] = [await queries.allRegions(), (await queries.regionChanges()).at(-1)];
  const seq = (earlier?.seq ?? 0) + 1;
  const userErrors = regionChangeErrors(wish, { tree, today: day, last: earlier?.fromOn ?? null });
  if (userErrors.length > 0) {
    return { seq, userErrors, changed: [], institutions: [], histories: [], moves: [] };
  }
  const after = overlaid(tree, [{ fromOn: wish.on, facts: factsOf(wish) }]);
  const changed = changedRegions(tree, after);
  const institutions = await concerned(queries, wish, changed);
  const found = whereabouts(wish, institutions, after);
  const histories = await withHistory(
    queries,
    found.moves.map(({ before }) => before),
  );
  return { seq, changed, institutions, histories, ...found };
}

async function concerned(
  queries: Deps['queries'],
  { institutions }: Reorganisation,
  changed: readonly Region[],
): Promise<Institution[]> {
  const within = await queries.institutionsInRegions(changed.map(({ code }) => code));
  const named = await queries.institutionsByCode(institutions.map(({ institutionCode }) => institutionCode));
  const all = new Map([...within, ...named].map((institution) => [institution.id, institution]));
  return [...all.values()];
}

const factsOf = ({ founded, abolished, placed }: Reorganisation): RegionChangeFacts => ({
  founded,
  abolished: abolished.map(({ code, successors }) => ({ code, successors })),
  placed,
});

/** Whoever opens or moves an institution holds its region; so now, with the regions held here, all are seen. */
async function nobodyCameIn({ store }: Deps, tx: Transaction, plan: Plan): Promise<void> {
  const inside = institutionQueries({ ...store, reader: tx });
  const there = await inside.institutionsInRegions(plan.changed.map(({ code }) => code));
  const known = new Set(plan.institutions.map(({ id }) => id));
  if (there.some(({ id }) => !known.has(id))) throw new Conflict();
}

/**
 * An institution that has changed since that day moves on the day of its last change: a history goes forward. Under the
 * code of one that was merged nothing is noted any more, and neighbours keep in mind what it was merged into.
 */
function movesOf(moves: Whereabouts['moves'], histories: readonly Known[], on: PlainDate): Changed[] {
  const last = new Map(
    histories.map(({ institution, versions }) => [institution.id, versions.at(-1)!.fromOn]),
  );
  return moves.map(({ before, region }) => {
    const earliest = last.get(before.id) ?? on;
    return {
      before,
      after: { ...before, ...placeOf(region)!, regionCode: region.code },
      ...{ act: 'REGIONS', on: compare(earliest, on) > 0 ? earliest : on },
      kind: before.successorId === null ? 'MOVED' : null,
    };
  });
}
