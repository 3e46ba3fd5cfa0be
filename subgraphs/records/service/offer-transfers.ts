import { isId } from '../../../kernel/rules/ids.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { schoolYearOf } from '../../../kernel/rules/school-year.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { TransferOffer } from '../model.ts';
import { mayOffer, mayWithdraw, type NewOffer } from '../rules/offering.ts';
import { ofOffer } from './audited.ts';
import type { Deps } from './deps.ts';
import { neighbours } from './neighbours.ts';

/** What offering or withdrawing one place came to. */
export interface Offered {
  readonly id: string | null;
  readonly userErrors: readonly UserError[];
}

/** Offers places to children of a closing institution, each on its own. */
export function offerTransfers(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly NewOffer[],
) {
  const { store, queries, peers, now } = deps;
  const at = now();
  const schoolYear = schoolYearOf(today(at));
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'offerTransfers',
    items,
    async gather() {
      const ids = [...new Set(items.map(({ recordId }) => recordId).filter(isId))];
      const records = new Map((await queries.recordsById(ids)).map((record) => [record.id, record]));
      const codes = [...records.values()].map(({ institutionCode }) => institutionCode);
      const [institutions, classes, standing, unwithdrawn] = await Promise.all([
        neighbours.institutions(peers, [...codes, ...items.map(({ institutionCode }) => institutionCode)]),
        neighbours.classes(
          peers,
          items.map(({ classId }) => classId),
        ),
        queries.standingOffers(ids),
        queries.unwithdrawnOffers(ids),
      ]);
      const visible = new Set(standing.map(({ id }) => id));
      const ended = unwithdrawn.filter(({ id }) => !visible.has(id));
      return { records, institutions, classes, standing, ended };
    },
    async write(tx, { records, institutions, classes, standing, ended }): Promise<Offered[]> {
      const offers: TransferOffer[] = [];
      const results = items.map((item): Offered => {
        const record = records.get(item.recordId) ?? null;
        const receiver = institutions.get(item.institutionCode) ?? null;
        const facts = {
          ...{ record, receiver, schoolYear, class: classes.get(item.classId) ?? null },
          sender: record && (institutions.get(record.institutionCode) ?? null),
          standing: [...standing, ...offers].filter(({ recordId }) => recordId === item.recordId),
        };
        const userErrors = mayOffer(item, facts, viewer);
        if (userErrors.length > 0) return { id: null, userErrors };
        const offer: TransferOffer = {
          ...{ id: newId(), recordId: record!.id, fromInstitutionCode: record!.institutionCode },
          ...{ countyCode: record!.countyCode, institutionId: receiver!.id, institutionCode: receiver!.code },
          ...{ classId: item.classId, offeredAt: at, offeredBy: viewer.account },
          ...{ withdrawnAt: null, withdrawnBy: null, version: 1 },
        };
        offers.push(offer);
        return { id: offer.id, userErrors };
      });
      // What has ended because the child was gone makes room for what is offered now.
      const offered = new Set(offers.map(({ recordId }) => recordId));
      const changes = ended
        .filter(({ recordId }) => offered.has(recordId))
        .map((before) => ({ before, after: { ...before, withdrawnAt: at, withdrawnBy: viewer.account } }));
      await tx.update(store.tables.transferOffer, changes);
      await tx.insert(store.tables.transferOffer, offers);
      await appendAudit(
        store,
        tx,
        offers.map((one) => ofOffer('offerTransfer', one)),
      );
      return results;
    },
  });
}

/** Takes offers back, each on its own. */
export function withdrawTransferOffers(
  { store, queries, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  offerIds: readonly string[],
) {
  const at = now();
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'withdrawTransferOffers',
    items: offerIds,
    async gather() {
      const found = await queries.offersById([...new Set(offerIds.filter(isId))]);
      const records = await queries.recordsById(found.map(({ recordId }) => recordId));
      const counties = new Map(records.map(({ id, countyCode }) => [id, countyCode]));
      return new Map(
        found.map((offer) => [offer.id, { offer, county: counties.get(offer.recordId) ?? null }]),
      );
    },
    async write(tx, offers): Promise<Offered[]> {
      const withdrawn = new Map<string, TransferOffer>();
      const results = offerIds.map((id): Offered => {
        const offer = withdrawn.has(id)
          ? { ...withdrawn.get(id)!, withdrawnAt: at }
          : (offers.get(id)?.offer ?? null);
        const userErrors = mayWithdraw(offer, offers.get(id)?.county ?? null, viewer);
        if (userErrors.length === 0) withdrawn.set(id, offers.get(id)!.offer);
        return { id: userErrors.length === 0 ? id : null, userErrors };
      });
      const changes = [...withdrawn.values()].map((before) => ({
        before,
        after: { ...before, withdrawnAt: at, withdrawnBy: viewer.account },
      }));
      await tx.update(store.tables.transferOffer, changes);
      await appendAudit(
        store,
        tx,
        changes.map(({ after }) => ofOffer('withdrawTransferOffer', after)),
      );
      return results;
    },
  });
}
