/** The columns of what came after the first migration, said once for the tables and for the migration. */
import type { Kit } from '../../../kernel/store/kit.ts';

const place = (kit: Kit) => ({
  provinceCode: kit.text(6),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6),
});

export const institutionVersion = (kit: Kit) => ({
  institutionId: kit.id({ primary: true }),
  seq: kit.int({ primary: true }),
  fromOn: kit.date(),
  code: kit.text(10),
  name: kit.text(100),
  status: kit.text(10),
  regionCode: kit.text(6),
  ...place(kit),
  successorId: kit.id({ nullable: true }),
  act: kit.text(20),
  account: kit.text(80),
  at: kit.instant(),
  reason: kit.text(200, { nullable: true }),
});

export const institutionChange = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  institutionId: kit.id(),
  institutionCode: kit.text(10),
  seq: kit.int(),
  kind: kit.text(10),
  fromOn: kit.date(),
  account: kit.text(80),
  seat: kit.json(),
  at: kit.instant(),
  deliveredAt: kit.instant({ nullable: true }),
  nextAt: kit.instant({ nullable: true }),
});

export const regionChange = (kit: Kit) => ({
  seq: kit.int({ primary: true }),
  fromOn: kit.date(),
  account: kit.text(80),
  at: kit.instant(),
  reason: kit.text(200, { nullable: true }),
  facts: kit.json(),
});

export const INDICES = {
  institutionChange: [
    { name: 'institution_change_seq', columns: ['institutionId', 'seq'], unique: true },
    { name: 'institution_change_next', columns: ['nextAt', 'id'] },
  ],
};
