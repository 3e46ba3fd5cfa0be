/** The columns of migration 6: what institutions have become, and places offered to children of closing ones. */
import type { Kit } from '../../../kernel/store/kit.ts';

export const institutionMoved = (kit: Kit) => ({
  institutionId: kit.id({ primary: true }),
  seq: kit.int(),
  facts: kit.json(),
});

export const transferOffer = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  recordId: kit.id(),
  fromInstitutionCode: kit.text(10),
  countyCode: kit.text(6),
  institutionId: kit.id(),
  institutionCode: kit.text(10),
  classId: kit.id(),
  offeredAt: kit.instant(),
  offeredBy: kit.text(80),
  withdrawnAt: kit.instant({ nullable: true }),
  withdrawnBy: kit.text(80, { nullable: true }),
  version: kit.int(),
  openKey: kit.oneOpen('record_id', 'withdrawn_at IS NULL'),
});

export const OFFER_INDICES = [
  { name: 'transfer_offer_open', columns: ['openKey', 'institutionCode'], unique: true },
  { name: 'transfer_offer_record', columns: ['recordId', 'id'] },
  { name: 'transfer_offer_institution', columns: ['institutionCode', 'id'] },
];
