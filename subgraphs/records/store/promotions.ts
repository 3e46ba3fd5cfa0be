import { EntitySchema } from 'typeorm';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { many, raw, sql } from '../../../kernel/store/sql.ts';
import type { Promotion, Record, RecordChange } from '../model.ts';
import { ledTo, WAY_ENDS, shownWay, wayOf, type Keys, type LedTo, type LedToRow } from './led-to.ts';
import { unsealedRecord } from './sealed.ts';
import type { RecordStore } from './store.ts';

/** Migration 13. */
const promotion = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  recordId: kit.id(),
  state: kit.text(12),
  schoolCode: kit.text(10),
  statusBefore: kit.text(12, { nullable: true }),
  deferredUntil: kit.date({ nullable: true }),
  placementId: kit.id({ nullable: true }),
  version: kit.int(),
  // A record is promoted by one take-over at a time, whoever asks.
  openKey: kit.oneOpen('record_id', "state = 'PROMOTED'"),
});

/** Migration 13: the outbox. */
const recordChange = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  recordId: kit.id(),
  seq: kit.int(),
  at: kit.instant(),
  facts: kit.json(),
  deliveredAt: kit.instant({ nullable: true }),
});

const INDICES = {
  promotion: [{ name: 'promotion_open', columns: ['openKey'], unique: true }],
  recordChange: [{ name: 'record_change_due', columns: ['deliveredAt', 'id'] }],
};

export const promotionTables = (kit: Kit) => ({
  promotion: new EntitySchema<Promotion>({
    name: 'promotion',
    columns: promotion(kit),
    indices: INDICES.promotion,
  }),
  recordChange: new EntitySchema<RecordChange>({
    name: 'record_change',
    columns: recordChange(kit),
    indices: INDICES.recordChange,
  }),
});

export const newPromotionTables = (kit: Kit) => [
  { name: 'promotion', columns: promotion(kit), indices: INDICES.promotion },
  { name: 'record_change', columns: recordChange(kit), indices: INDICES.recordChange },
];

/** A record that something led to. */
export interface Subject extends Pick<LedTo, 'number' | 'origin'> {
  readonly record: Record;
  readonly undecided: boolean;
  /** The first day of the open stay, or else the day the last one ended. */
  readonly stayFrom: string | null;
}

interface SubjectRow extends LedToRow {
  readonly undecided: unknown;
  readonly open_from: string | null;
  readonly last_until: string | null;
}

const SUBJECT = raw(`
  (SELECT COUNT(*) FROM application a WHERE a.record_id = r.id AND a.task IS NOT NULL) AS undecided,
  (SELECT MAX(p.from_on) FROM placement p WHERE p.record_id = r.id AND p.until_on IS NULL) AS open_from,
  (SELECT MAX(p.until_on) FROM placement p WHERE p.record_id = r.id) AS last_until`);

/** Records about to be taken over, and what take-overs did to them. */
export function promotionQueries({ reader, tables }: RecordStore, eyes: Eyes = SHIELDED) {
  const ids = (list: readonly string[]) => many(list.map(toBytes));
  return {
    promotionsById: (list: readonly string[]): Promise<Promotion[]> =>
      reader.rows(tables.promotion, sql`WHERE id IN (${ids(list)})`),
    /** One statement, by number or by record, whatever is found; whoever took a number over last comes first. */
    async subjects(keys: Keys): Promise<Subject[]> {
      const rows = await reader.joined<Record, SubjectRow>(
        tables.record,
        'r',
        sql`, led_to.*, ${SUBJECT} FROM ${ledTo(keys)} JOIN record r ON r.id = led_to.present
            WHERE ${WAY_ENDS} AND ${shownWay(eyes)} ORDER BY led_to.claim DESC`,
      );
      return rows.map(({ row, more }) => ({
        ...{ record: row, ...wayOf(more), undecided: Number(more.undecided) > 0 },
        stayFrom: more.open_from ?? more.last_until,
      }));
    },
    /** The same of records that are to change hands: these very ones. */
    async subjectsThemselves(recordIds: readonly string[]): Promise<Subject[]> {
      const rows = await reader.joined<Record, SubjectRow>(
        tables.record,
        'r',
        sql`, ${SUBJECT} FROM record r WHERE r.id IN (${ids(recordIds)})`,
      );
      return rows.map(({ row, more }) => ({
        ...{ record: row, number: null, origin: row, undecided: Number(more.undecided) > 0 },
        stayFrom: more.open_from ?? more.last_until,
      }));
    },
    async currentNumbers(recordIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (recordIds.length === 0) return new Map();
      const rows = await reader.rows(tables.record, sql`WHERE id IN (${ids(recordIds)})`);
      return new Map(rows.map(({ id, number }) => [id, number!]));
    },
    /** What is not delivered yet, in the order it happened; of a sealed child nothing, as long as it is sealed. */
    dueRecordChanges: (limit: number): Promise<RecordChange[]> =>
      reader.rows(
        tables.recordChange,
        sql`WHERE delivered_at IS NULL AND ${unsealedRecord(SHIELDED, 'record_change.record_id')} ORDER BY id LIMIT ${limit}`,
      ),
  };
}
export type PromotionQueries = ReturnType<typeof promotionQueries>;
