import type { Sight } from '../../../kernel/rules/sight.ts';
import type { Area, Place } from '../../../kernel/rules/viewer.ts';
import { openedIn, reaches, within } from '../../../kernel/store/area.ts';
import { fromBytes, toBytes } from '../../../kernel/store/ids.ts';
import { SHIELDED, unsealed, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, many, raw, sql } from '../../../kernel/store/sql.ts';
import type { Child, ChildHolder, Guardian, IdentityDocument, RegisteredChild } from '../model.ts';
import { guardianBindingQueries } from './guardian-bindings.ts';
import { historyQueries, HOLDER } from './history.ts';
import { sealedAmong } from './seals.ts';
import type { ChildStore } from './store.ts';

export interface HolderFilter {
  readonly area: Area;
  /** Only children this institution holds. */
  readonly institution: string | null;
}

/** A registered document, as much of its child as is needed to tell whether an entry means the same one. */
export interface Registered extends RegisteredChild {
  readonly digest: string;
}

interface RegisteredRow {
  readonly digest: Uint8Array;
  readonly child_id: Uint8Array;
  readonly likeness: Uint8Array | null;
}

const bytes = (ids: readonly string[]) => many(ids.map(toBytes));
const digests = (hexes: readonly string[]) => many(hexes.map((hex) => Buffer.from(hex, 'hex')));
const hex = (digest: Uint8Array) => Buffer.from(digest).toString('hex');

/** A past holder no longer sees the child. */
const PRESENT = raw('until_on IS NULL');

const held = ({ area, institution }: HolderFilter, eyes: Eyes) =>
  all([
    PRESENT,
    within(area),
    institution === null ? raw('TRUE') : sql`institution_code = ${institution}`,
    unsealed(eyes, 'child_holder.child_id'),
  ]);

/** What a change is decided by; whoever asks has been let in already. */
const changeQueries = ({ reader, tables }: Pick<ChildStore, 'reader' | 'tables'>, eyes: Eyes) => ({
  childrenWhole: (ids: readonly string[]): Promise<Child[]> =>
    reader.rows(tables.child, sql`WHERE id IN (${bytes(ids)}) AND ${unsealed(eyes, 'child.id')}`),
  /** Every hold of the children, also those that have ended. */
  holdsByChild: (ids: readonly string[]): Promise<ChildHolder[]> =>
    reader.rows(tables.childHolder, sql`WHERE child_id IN (${bytes(ids)})`),
  /** Every guardian anybody has named for the children. */
  guardiansByChild: (ids: readonly string[]): Promise<Guardian[]> =>
    reader.rows(
      tables.guardian,
      sql`WHERE child_id IN (${bytes(ids)}) ORDER BY child_id, institution_code, seq`,
    ),
});

/** Every read of this subgraph, for one kind of eyes. */
export function childQueries({ reader, tables, keys }: ChildStore, eyes: Eyes = SHIELDED) {
  return {
    ...changeQueries({ reader, tables }, eyes),
    ...historyQueries({ reader, tables }, eyes),
    ...guardianBindingQueries({ reader, tables }),
    sealedAmong: sealedAmong({ reader, tables }),
    /** What is stored of a text from rules/sameness.ts, so that equal ones meet without being readable. */
    digestOf: (purpose: 'document' | 'likeness', text: string) =>
      keys.blindIndex(purpose, text).toString('hex'),
    /** Those of the children some institution within the area holds, and those opened to the viewer. */
    childrenById: (sight: Sight, ids: readonly string[]): Promise<Child[]> => {
      const holds = sql`EXISTS (SELECT 1 FROM child_holder WHERE child_id = child.id AND ${PRESENT} AND ${within(sight)})`;
      const seen = !sight.opened?.length ? holds : sql`(${holds} OR ${openedIn(sight, 'child.id')})`;
      return reader.rows(
        tables.child,
        sql`WHERE id IN (${bytes(ids)}) AND ${seen} AND ${unsealed(eyes, 'child.id')}`,
      );
    },
    /** The child a document was registered for, wherever it is held. */
    async childIdOfDocument(digest: string): Promise<string | null> {
      const rows = await reader.select<{ child_id: Uint8Array }>(
        sql`SELECT child_id FROM identity_document WHERE digest IN (${digests([digest])}) AND ${unsealed(eyes, 'identity_document.child_id')}`,
      );
      return rows[0] ? fromBytes(rows[0].child_id) : null;
    },
    /** The child a document was registered for, when some institution within the area holds it; one statement either way. */
    async childIdByDocument(area: Area, digest: string): Promise<string | null> {
      const rows = await reader.select<{ child_id: Uint8Array }>(
        sql`SELECT child_id FROM identity_document WHERE digest IN (${digests([digest])}) AND EXISTS
            (SELECT 1 FROM child_holder h WHERE h.child_id = identity_document.child_id AND h.until_on IS NULL AND ${within(area, HOLDER)})
            AND ${unsealed(eyes, 'identity_document.child_id')}`,
      );
      return rows[0] ? fromBytes(rows[0].child_id) : null;
    },
    /** Children by document or by id, nationwide; one statement either way. */
    async childrenMeant(documentDigests: readonly string[], ids: readonly string[]) {
      const rows = await reader.joined<Child, { digest: Uint8Array | null }>(
        tables.child,
        'c',
        sql`, asked.digest AS digest FROM (
              SELECT digest, child_id FROM identity_document WHERE digest IN (${digests(documentDigests)})
              UNION ALL SELECT NULL, id FROM child WHERE id IN (${bytes(ids)})
            ) AS asked JOIN child c ON c.id = asked.child_id`,
      );
      return rows.map(({ row: child, more }) => ({ child, digest: more.digest && hex(more.digest) }));
    },
    async childIds(filter: HolderFilter, limit: number, after: string | null): Promise<string[]> {
      const keyset = after === null ? raw('TRUE') : sql`child_id > ${toBytes(after)}`;
      const rows = await reader.select<{ child_id: Uint8Array }>(
        sql`SELECT DISTINCT child_id FROM child_holder WHERE ${held(filter, eyes)} AND ${keyset} ORDER BY child_id LIMIT ${limit}`,
      );
      return rows.map((row) => fromBytes(row.child_id));
    },
    async countChildren(filter: HolderFilter): Promise<number> {
      const rows = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(DISTINCT child_id) AS n FROM child_holder WHERE ${held(filter, eyes)}`,
      );
      return Number(rows[0]!.n);
    },
    documentsByChild: (ids: readonly string[]): Promise<IdentityDocument[]> =>
      reader.rows(tables.identityDocument, sql`WHERE child_id IN (${bytes(ids)}) ORDER BY child_id, id`),
    /** Those that holders within the area have named; what the others said is not the viewer's. */
    guardiansWithin: (sight: Sight, ids: readonly string[]): Promise<Guardian[]> =>
      reader.rows(
        tables.guardian,
        sql`WHERE child_id IN (${bytes(ids)}) AND EXISTS (SELECT 1 FROM child_holder h WHERE h.child_id = guardian.child_id
            AND h.institution_code = guardian.institution_code AND h.until_on IS NULL AND ${reaches(sight, 'h.child_id', HOLDER)})
            ORDER BY child_id, institution_code, seq`,
      ),
    guardiansNamedBy: (institution: string, ids: readonly string[]): Promise<Guardian[]> =>
      reader.rows(
        tables.guardian,
        sql`WHERE child_id IN (${bytes(ids)}) AND institution_code = ${institution} ORDER BY child_id, seq`,
      ),
    /** Those who hold the children now. */
    holdersByChild: (ids: readonly string[]): Promise<ChildHolder[]> =>
      reader.rows(
        tables.childHolder,
        sql`WHERE child_id IN (${bytes(ids)}) AND ${PRESENT} ORDER BY child_id, institution_code`,
      ),
    /** What an institution holds now: all of it, or only what is not noted at this place; page by page. */
    holdsElsewhere: (
      institution: string,
      place: Place | null,
      limit: number,
      after: string | null,
    ): Promise<ChildHolder[]> => {
      const keyset = after === null ? raw('TRUE') : sql`child_id > ${toBytes(after)}`;
      const elsewhere =
        place === null
          ? raw('TRUE')
          : sql`NOT (province_code = ${place.provinceCode} AND COALESCE(city_code, '') = ${place.cityCode ?? ''} AND county_code = ${place.countyCode})`;
      return reader.rows(
        tables.childHolder,
        sql`WHERE institution_code = ${institution} AND ${PRESENT} AND ${elsewhere} AND ${keyset} ORDER BY child_id LIMIT ${limit}`,
      );
    },
    /** Those who hold the children now, within the area: what they have stated is the viewer's to read. */
    holdersWithin: (sight: Sight, ids: readonly string[]): Promise<ChildHolder[]> =>
      reader.rows(
        tables.childHolder,
        sql`WHERE child_id IN (${bytes(ids)}) AND ${PRESENT} AND ${reaches(sight, 'child_id')}`,
      ),
    /** To whoever may not see a sealed child, its document is that of somebody else, as any other child's may be. */
    async registered(documentDigests: readonly string[]): Promise<Registered[]> {
      const likeness = sql`CASE WHEN ${unsealed(eyes, 'c.id')} THEN c.likeness END`;
      const rows = await reader.select<RegisteredRow>(
        sql`SELECT d.digest, d.child_id, ${likeness} AS likeness FROM identity_document d JOIN child c ON c.id = d.child_id
            WHERE d.digest IN (${digests(documentDigests)})`,
      );
      return rows.map((row) => ({
        digest: hex(row.digest),
        childId: fromBytes(row.child_id),
        likeness: row.likeness === null ? '' : hex(row.likeness),
      }));
    },
    /** One institution's holds, also those that have ended. */
    holdsOf: (institution: string, ids: readonly string[]): Promise<ChildHolder[]> =>
      reader.rows(
        tables.childHolder,
        sql`WHERE child_id IN (${bytes(ids)}) AND institution_code = ${institution}`,
      ),
    /** How many children there are of each likeness; those of which there are none are missing. */
    alike: async (likenesses: readonly string[]): Promise<{ likeness: string; count: number }[]> => {
      const rows = await reader.select<{ likeness: Uint8Array; n: unknown }>(
        sql`SELECT likeness, COUNT(*) AS n FROM child WHERE likeness IN (${digests(likenesses)}) AND ${unsealed(eyes, 'child.id')} GROUP BY likeness`,
      );
      return rows.map((row) => ({ likeness: hex(row.likeness), count: Number(row.n) }));
    },
    /** How many others look like each child: never a sealed one, since a neighbour tells its own viewer. */
    othersLike: async (ids: readonly string[]): Promise<{ childId: string; count: number }[]> => {
      const others = sql`SELECT COUNT(*) FROM child o WHERE o.likeness = child.likeness AND o.id <> child.id AND ${unsealed(SHIELDED, 'o.id')}`;
      const rows = await reader.select<{ id: Uint8Array; n: unknown }>(
        sql`SELECT id, (${others}) AS n FROM child WHERE id IN (${bytes(ids)})`,
      );
      return rows.map((row) => ({ childId: fromBytes(row.id), count: Number(row.n) }));
    },
  };
}
export type ChildQueries = ReturnType<typeof childQueries>;
