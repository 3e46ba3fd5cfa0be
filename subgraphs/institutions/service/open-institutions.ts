import type { UrbanRuralClass } from '../../../kernel/rules/code-sets/urban-rural.ts';
import { normaliseCreditCode } from '../../../kernel/rules/credit-code.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Institution } from '../model.ts';
import { mayOpen, placeOf, type NewInstitution } from '../rules/opening.ts';
import type { Deps, Opened } from '../service.ts';
import { holdRegions } from '../store/regions.ts';
import { ofInstitution } from './audited.ts';
import { versionOf } from './write-changes.ts';

/** Opens institutions, each on its own: the good ones are opened, the others say why not. */
export function openInstitutions(
  { store, queries, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly NewInstitution[],
) {
  const at = now();
  const day = today(at);
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'openInstitutions',
    items,
    async gather() {
      const regions = await queries.regionsByCode(items.map((item) => item.region));
      const taken = await queries.institutionsByCode(items.map((item) => item.code));
      return { regions: new Map(regions.map((r) => [r.code, r])), taken: taken.map((i) => i.code) };
    },
    async write(tx, { regions, taken }): Promise<Opened[]> {
      const opened: Institution[] = [];
      const seen = new Set(taken);
      const results = items.map((item): Opened => {
        const region = regions.get(item.region) ?? null;
        const userErrors = mayOpen(item, { region, codeTaken: seen.has(item.code), today: day }, viewer);
        if (userErrors.length > 0) return { id: null, userErrors };
        const institution = institutionOf(item, placeOf(region!)!);
        seen.add(item.code);
        opened.push(institution);
        return { id: institution.id, userErrors };
      });
      await holdRegions(
        tx,
        opened.map(({ regionCode }) => regionCode),
      );
      await tx.insert(store.tables.institution, opened);
      await tx.insert(
        store.tables.institutionVersion,
        opened.map((one) =>
          versionOf(one, 1, 'OPEN', { account: viewer.account, at, on: one.openedOn, reason: null }),
        ),
      );
      await appendAudit(
        store,
        tx,
        opened.map((one) => ofInstitution('openInstitution', one)),
      );
      return results;
    },
  });
}

function institutionOf(
  { region, ...item }: NewInstitution,
  place: NonNullable<ReturnType<typeof placeOf>>,
): Institution {
  return {
    ...item,
    ...place,
    id: newId(),
    name: item.name.trim(),
    creditCode: item.creditCode === null ? null : normaliseCreditCode(item.creditCode),
    urbanRuralClass: item.urbanRuralClass as UrbanRuralClass,
    regionCode: region,
    status: 'OPEN',
    closedOn: null,
    successorId: null,
    version: 1,
  };
}
