import { toBytes } from '../../../kernel/store/ids.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { many, raw, sql } from '../../../kernel/store/sql.ts';
import type { Record, TransferOffer } from '../model.ts';
import { unsealed, unsealedRecord } from './sealed.ts';
import type { RecordStore } from './store.ts';

const after = (id: string | null) => (id === null ? raw('TRUE') : sql`id > ${toBytes(id)}`);
/** Neither withdrawn nor overtaken: the child is still where it was when the place was offered. */
const STANDS = raw(
  `withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM record r WHERE r.id = record_id AND r.institution_code = from_institution_code AND r.status IN ('ENROLLED','DEFERRED','TRANSFERRING'))`,
);

export function offerQueries({ reader, tables }: RecordStore, eyes: Eyes = SHIELDED) {
  const offer = unsealedRecord(eyes, 'transfer_offer.record_id');
  return {
    offersById: (ids: readonly string[]): Promise<TransferOffer[]> =>
      reader.rows(tables.transferOffer, sql`WHERE id IN (${many(ids.map(toBytes))}) AND ${offer}`),
    standingOffers: (recordIds: readonly string[]): Promise<TransferOffer[]> =>
      reader.rows(
        tables.transferOffer,
        sql`WHERE record_id IN (${many(recordIds.map(toBytes))}) AND ${STANDS} AND ${offer} ORDER BY record_id, id`,
      ),
    /** Whatever is neither withdrawn nor belongs to another institution, also when the child has gone. */
    unwithdrawnOffers: (recordIds: readonly string[]): Promise<TransferOffer[]> =>
      reader.rows(
        tables.transferOffer,
        sql`WHERE record_id IN (${many(recordIds.map(toBytes))}) AND withdrawn_at IS NULL ORDER BY record_id, id`,
      ),
    /** Not withdrawn, by the institution the children are in. */
    openOffersFrom: (institution: string): Promise<TransferOffer[]> =>
      reader.rows(
        tables.transferOffer,
        sql`WHERE from_institution_code = ${institution} AND withdrawn_at IS NULL ORDER BY id`,
      ),
    /** Not withdrawn, by the institution that has the places. */
    openOffersTo: (institution: string): Promise<TransferOffer[]> =>
      reader.rows(
        tables.transferOffer,
        sql`WHERE institution_code = ${institution} AND withdrawn_at IS NULL ORDER BY id`,
      ),
    offersTo: (institution: string, limit: number, from: string | null): Promise<TransferOffer[]> =>
      reader.rows(
        tables.transferOffer,
        sql`WHERE institution_code = ${institution} AND ${STANDS} AND ${offer} AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
    async countOffersTo(institution: string): Promise<number> {
      const rows = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM transfer_offer WHERE institution_code = ${institution} AND ${STANDS} AND ${offer}`,
      );
      return Number(rows[0]!.n);
    },
    /** The children who are still in an institution. */
    recordsStaying: (institution: string, limit: number, from: string | null): Promise<Record[]> =>
      reader.rows(
        tables.record,
        sql`WHERE institution_code = ${institution} AND status IN ('ENROLLED','DEFERRED','TRANSFERRING') AND ${unsealed(eyes, 'record.child_id')} AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
  };
}
export type OfferQueries = ReturnType<typeof offerQueries>;
