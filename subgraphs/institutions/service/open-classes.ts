import { today } from '../../../kernel/rules/plain-date.ts';
import { schoolYearOf } from '../../../kernel/rules/school-year.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Class } from '../model.ts';
import { mayOpenClass, type NewClass } from '../rules/opening.ts';
import type { Deps, Opened } from '../service.ts';
import { ofClass } from './audited.ts';

const nameKey = (institutionId: string, schoolYear: number, name: string) =>
  `${institutionId}/${schoolYear}/${name}`;

/** Opens classes, each on its own: the good ones are opened, the others say why not. */
export function openClasses(
  { store, queries, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly NewClass[],
) {
  const present = schoolYearOf(today(now()));
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'openClasses',
    items,
    async gather() {
      const institutions = await queries.institutionsByCode(items.map((item) => item.institutionCode));
      const classes = await queries.classesByInstitution(institutions.map((institution) => institution.id));
      return {
        byCode: new Map(institutions.map((institution) => [institution.code, institution])),
        taken: classes.map((c) => nameKey(c.institutionId, c.schoolYear, c.name)),
      };
    },
    async write(tx, { byCode, taken }): Promise<Opened[]> {
      const opened: Class[] = [];
      const seen = new Set(taken);
      const results = items.map((item): Opened => {
        const institution = byCode.get(item.institutionCode) ?? null;
        const name = item.name.trim();
        const key = nameKey(institution?.id ?? '', item.schoolYear, name);
        const userErrors = mayOpenClass(
          item,
          { institution, nameTaken: seen.has(key), schoolYear: present },
          viewer,
        );
        if (userErrors.length > 0) return { id: null, userErrors };
        const { level, schoolYear } = item;
        const opening: Class = {
          id: newId(),
          institutionId: institution!.id,
          name,
          level,
          schoolYear,
          version: 1,
        };
        seen.add(key);
        opened.push(opening);
        return { id: opening.id, userErrors };
      });
      const byId = new Map([...byCode.values()].map((institution) => [institution.id, institution]));
      const holding = new Set(opened.map(({ institutionId }) => institutionId));
      await tx.hold(
        store.tables.institution,
        [...byCode.values()].filter(({ id }) => holding.has(id)),
      );
      await tx.insert(store.tables.class, opened);
      await appendAudit(
        store,
        tx,
        opened.map(({ id, institutionId }) => ofClass('openClass', id, byId.get(institutionId)!)),
      );
      return results;
    },
  });
}
