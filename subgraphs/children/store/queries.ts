import type { Area, Place } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { fromBytes, toBytes } from '../../../kernel/store/ids.ts';
import { all, many, raw, sql } from '../../../kernel/store/sql.ts';
import type { Child, ChildHolder, Guardian, IdentityDocument, RegisteredChild } from '../model.ts';
import { historyQueries, HOLDER } from './history.ts';
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

type RegisteredRow = Record<'digest' | 'child_id' | 'likeness', Uint8Array>;

const bytes = (ids: readonly string[]) => many(ids.map(toBytes));
const digests = (hexes: readonly string[]) => many(hexes.map((hex) => Buffer.from(hex, 'hex')));
const hex = (digest: Uint8Array) => Buffer.from(digest).toString('hex');

/** A past holder no longer sees the child. */
const PRESENT = raw('until_on IS NULL');

const held = ({ area, institution }: HolderFilter) =>
  all([PRESENT, within(area), institution === null ? raw('TRUE') : sql`institution_code = ${institution}`]);

/** What a change is decided by; whoever asks has been let in already. */
const changeQueries = ({ reader, tables }: Pick<ChildStore, 'reader' | 'tables'>) => ({
  childrenWhole: (ids: readonly string[]): Promise<Child[]> =>
    reader.rows(tables.child, sql`WHERE id IN (${bytes(ids)})`),
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

/** Every read of this subgraph. */
export function childQueries({ reader, tables, keys }: ChildStore) {
  return {
    ...changeQueries({ reader, tables }),
    ...historyQueries({ reader, tables }),
    /** What is stored of a text from rules/sameness.ts, so that equal ones meet without being readable. */
    digestOf: (purpose: 'document' | 'likeness', text: string) =>
      keys.blindIndex(purpose, text).toString('hex'),
    /** Those of the children some institution within the area holds. */
    childrenById: (area: Area, ids: readonly string[]): Promise<Child[]> =>
      reader.rows(
        tables.child,
        sql`WHERE id IN (${bytes(ids)}) AND EXISTS (SELECT 1 FROM child_holder WHERE child_id = child.id AND ${PRESENT} AND ${within(area)})`,
      ),
    /** The child a document was registered for, when some institution within the area holds it; one statement either way. */
    async childIdByDocument(area: Area, digest: string): Promise<string | null> {
      const rows = await reader.select<{ child_id: Uint8Array }>(
        sql`SELECT child_id FROM identity_document WHERE digest IN (${digests([digest])}) AND EXISTS
            (SELECT 1 FROM child_holder h WHERE h.child_id = identity_document.child_id AND h.until_on IS NULL AND ${within(area, HOLDER)})`,
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
        sql`SELECT DISTINCT child_id FROM child_holder WHERE ${held(filter)} AND ${keyset} ORDER BY child_id LIMIT ${limit}`,
      );
      return rows.map((row) => fromBytes(row.child_id));
    },
    async countChildren(filter: HolderFilter): Promise<number> {
      const rows = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(DISTINCT child_id) AS n FROM child_holder WHERE ${held(filter)}`,
      );
      return Number(rows[0]!.n);
    },
    documentsByChild: (ids: readonly string[]): Promise<IdentityDocument[]> =>
      reader.rows(tables.identityDocument, sql`WHERE child_id IN (${bytes(ids)}) ORDER BY child_id, id`),
    /** Those that holders within the area have named; what the others said is not the viewer's. */
    guardiansWithin: (area: Area, ids: readonly string[]): Promise<Guardian[]> =>
      reader.rows(
        tables.guardian,
        sql`WHERE child_id IN (${bytes(ids)}) AND EXISTS (SELECT 1 FROM child_holder h WHERE h.child_id = guardian.child_id
            AND h.institution_code = guardian.institution_code AND h.until_on IS NULL AND ${within(area, HOLDER)})
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
    holdersWithin: (area: Area, ids: readonly string[]): Promise<ChildHolder[]> =>
      reader.rows(
        tables.childHolder,
        sql`WHERE child_id IN (${bytes(ids)}) AND ${PRESENT} AND ${within(area)}`,
      ),
    async registered(documentDigests: readonly string[]): Promise<Registered[]> {
      const rows = await reader.select<RegisteredRow>(
        sql`SELECT d.digest, d.child_id, c.likeness FROM identity_document d JOIN child c ON c.id = d.child_id
            WHERE d.digest IN (${digests(documentDigests)})`,
      );
      return rows.map((row) => ({
        digest: hex(row.digest),
        childId: fromBytes(row.child_id),
        likeness: hex(row.likeness),
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
        sql`SELECT likeness, COUNT(*) AS n FROM child WHERE likeness IN (${digests(likenesses)}) GROUP BY likeness`,
      );
      return rows.map((row) => ({ likeness: hex(row.likeness), count: Number(row.n) }));
    },
  };
}
export type ChildQueries = ReturnType<typeof childQueries>;
