import { today } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { PrimarySchool } from '../model.ts';
import { mayCloseSchool, mayOpenSchool, placeOf, type NewSchool } from '../rules/schools.ts';
import { ofSchool } from './audited.ts';
import type { Deps } from './deps.ts';
import { neighbours } from './neighbours.ts';

/** What came of one school; its code, since that is how a school is found. */
export interface SchoolDone {
  readonly code: string | null;
  readonly userErrors: readonly UserError[];
}

/** Registers schools, each on its own: the good ones are registered, the others say why not. */
export function openPrimarySchools(
  { store, queries, peers, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly NewSchool[],
) {
  const day = today(now());
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'openPrimarySchools',
    items,
    async gather() {
      const regions = await neighbours.regions(
        peers,
        items.map(({ region }) => region),
      );
      return { regions, taken: await queries.schoolsByCode(items.map(({ code }) => code)) };
    },
    async write(tx, { regions, taken }): Promise<SchoolDone[]> {
      const opened: PrimarySchool[] = [];
      const seen = new Set(taken.map(({ code }) => code));
      const results = items.map((item): SchoolDone => {
        const region = regions.get(item.region) ?? null;
        const facts = { region, codeTaken: seen.has(item.code), today: day };
        const userErrors = mayOpenSchool(item, facts, viewer);
        if (userErrors.length > 0) return { code: null, userErrors };
        seen.add(item.code);
        const { code, openedOn } = item;
        opened.push({
          ...{ id: newId(), code, name: item.name.trim(), status: 'OPEN', openedOn, closedOn: null },
          ...{ ...placeOf(region!)!, version: 1 },
        });
        return { code, userErrors };
      });
      await tx.insert(store.tables.primarySchool, opened);
      await appendAudit(
        store,
        tx,
        opened.map((one) => ofSchool('openPrimarySchool', one)),
      );
      return results;
    },
  });
}

export interface ClosingSchool {
  readonly code: string;
  readonly on: string;
}

/** Closes a school that has nothing unsettled; its code is never given to another. */
export function closePrimarySchool(
  { store, queries, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  item: ClosingSchool,
) {
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'closePrimarySchool',
    items: [item],
    gather: async () => ({
      school: (await queries.schoolsByCode([item.code]))[0] ?? null,
      unsettled: await queries.unsettledOf(item.code),
    }),
    async write(tx, { school, unsettled }): Promise<SchoolDone[]> {
      const userErrors = mayCloseSchool(school, item.on, { unsettled, today: today(now()) }, viewer);
      if (userErrors.length > 0 || !school) return [{ code: null, userErrors }];
      const after: PrimarySchool = { ...school, status: 'CLOSED', closedOn: item.on };
      await tx.update(store.tables.primarySchool, [{ before: school, after }]);
      await appendAudit(store, tx, [ofSchool('closePrimarySchool', after)]);
      return [{ code: school.code, userErrors }];
    },
  });
}
