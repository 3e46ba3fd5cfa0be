import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { newId } from '../../../kernel/store/ids.ts';
import { checkNewChild, type NewChild } from '../rules/new-child.ts';
import { registering, type Entry, type RegisterFacts, type Registration } from '../rules/registering.ts';
import { identityText, likenessText } from '../rules/sameness.ts';
import { statementOf } from '../rules/statement.ts';
import { regionsNamed, warningsAbout } from '../rules/warnings.ts';
import type { Deps } from '../service.ts';
import type { ChildQueries } from '../store/queries.ts';
import { notMovedSince } from '../store/institutions-moved.ts';
import { writesTo } from '../store/writes.ts';
import { ofChild } from './audited.ts';
import { placeOfInstitution, regionsByCode, type KnownInstitution } from './neighbours.ts';

/**
 * Registers children for the viewer's kindergarten, each on its own. Registering is idempotent by document:
 * a child who is known already is not created again, and this kindergarten becomes one of its holders.
 */
export function registerChildren(
  { store, queries, peers, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  institutionCode: string | null,
  items: readonly NewChild[],
) {
  const own = viewer.area.code;
  const at = now();
  const day = today(at);
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'registerChildren',
    items,
    async gather() {
      const entries = items.map((item) => entryOf(item, checkNewChild(item, day), queries));
      const good = entries.filter((entry) => entry.userErrors.length === 0);
      const [institution, regions, known] = await Promise.all([
        placeOfInstitution(peers, own),
        regionsByCode(
          peers,
          good.flatMap(({ item }) => regionsNamed(item)),
        ),
        knownTo(queries, own, good),
      ]);
      return { entries, institution, regions, known };
    },
    refused: ({ institution }) => institutionErrors(viewer, institutionCode, institution),
    async write(tx, { entries, institution, regions, known }): Promise<Registration[]> {
      await notMovedSince(store, tx, [institution!]);
      const { provinceCode, cityCode, countyCode } = institution!;
      const { rows, decide } = registering(known, {
        holder: { institutionCode: own, provinceCode, cityCode, countyCode },
        account: viewer.account,
        at,
        newId,
        warnings: (item, others) => warningsAbout(item, regions, day, others),
      });
      const results = entries.map(decide);
      await tx.insert(store.tables.child, rows.children);
      await tx.insert(store.tables.identityDocument, rows.documents);
      await writesTo(store, tx).removeGuardians(rows.again);
      await writesTo(store, tx).replaceHolders(rows.again);
      await tx.insert(store.tables.guardian, rows.guardians);
      await tx.insert(store.tables.childHolder, rows.holders);
      await tx.insert(store.tables.childChange, rows.changes);
      const held = [...rows.holders, ...rows.again];
      await appendAudit(
        store,
        tx,
        held.map(({ childId }) => ofChild('registerChild', childId, countyCode)),
      );
      return results;
    },
  });
}

function institutionErrors(
  { area }: Viewer,
  asked: string | null,
  institution: KnownInstitution | null,
): UserError[] {
  const field = ['institutionCode'];
  if (asked !== null && asked !== area.code)
    return [userError('OUTSIDE_YOUR_AREA', field, { area: area.code })];
  if (!institution) return [userError('INSTITUTION_UNKNOWN', field, { code: area.code })];
  const { status } = institution;
  return status === 'OPEN' ? [] : [userError('INSTITUTION_NOT_LAWFUL', field, { status })];
}

function entryOf(item: NewChild, userErrors: readonly UserError[], { digestOf }: ChildQueries): Entry {
  if (userErrors.length > 0) return { item, userErrors, digest: '', likeness: '' };
  const digest = digestOf('document', identityText(item));
  return { item, userErrors, digest, likeness: digestOf('likeness', likenessText(item)) };
}

/** A few questions for the whole batch, however long it is. */
async function knownTo(
  queries: ChildQueries,
  institution: string,
  entries: readonly Entry[],
): Promise<RegisterFacts> {
  const [registered, alike] = await Promise.all([
    queries.registered(entries.map(({ digest }) => digest)),
    queries.alike(entries.map(({ likeness }) => likeness)),
  ]);
  const ids = registered.map(({ childId }) => childId);
  return {
    byDigest: new Map(registered.map((document) => [document.digest, document])),
    ...(await statedBy(queries, institution, ids)),
    alike: new Map(alike.map(({ likeness, count }) => [likeness, count])),
  };
}

/** What the institution has stated of the children it holds, and of those it held once. */
async function statedBy(queries: ChildQueries, institution: string, ids: readonly string[]) {
  const holds = await queries.holdsOf(institution, ids);
  const guardians = holds.length === 0 ? [] : await queries.guardiansNamedBy(institution, ids);
  const statements = (isPast: boolean) =>
    new Map(
      holds
        .filter(({ untilOn }) => (untilOn !== null) === isPast)
        .map((hold) => [hold.childId, statementOf(hold, guardians)]),
    );
  return { held: statements(false), past: statements(true) };
}
