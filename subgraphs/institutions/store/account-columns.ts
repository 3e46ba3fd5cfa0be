/** The columns of accounts and of their histories, said once for the tables and for the migration. */
import type { Kit } from '../../../kernel/store/kit.ts';

export const account = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  name: kit.text(80),
  holderName: kit.sealed('account.holder_name', { characters: 100 }),
  holder: kit.digest(),
  role: kit.text(20),
  areaLevel: kit.text(12),
  areaCode: kit.text(10),
  regionCode: kit.text(6, { nullable: true }),
  duty: kit.text(10, { nullable: true }),
  rights: kit.json(),
  certificateNumber: kit.sealed('account.certificate_number', { characters: 40, nullable: true }),
  certifiedOn: kit.date({ nullable: true }),
  state: kit.text(10),
  usedOn: kit.date({ nullable: true }),
  changedAt: kit.instant(),
  version: kit.int(),
  // One person, one account in a role and area; and one administrator is one person.
  liveHolder: kit.oneOpen('holder', "state <> 'REVOKED'"),
  adminHolder: kit.oneOpen(
    'holder',
    "role IN ('SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDIT_ADMIN') AND state <> 'REVOKED'",
  ),
});

export const accountVersion = (kit: Kit) => ({
  accountId: kit.id({ primary: true }),
  seq: kit.int({ primary: true }),
  act: kit.text(20),
  state: kit.text(10),
  duty: kit.text(10, { nullable: true }),
  rights: kit.json(),
  certifiedOn: kit.date({ nullable: true }),
  account: kit.text(80),
  at: kit.instant(),
  reason: kit.text(200, { nullable: true }),
});

export const ACCOUNT_INDICES = [
  { name: 'account_name', columns: ['name'], unique: true },
  { name: 'account_live_holder', columns: ['liveHolder', 'role', 'areaCode'], unique: true },
  { name: 'account_admin_holder', columns: ['adminHolder'], unique: true },
  { name: 'account_area', columns: ['areaCode', 'id'] },
  { name: 'account_region', columns: ['regionCode', 'id'] },
  { name: 'account_used', columns: ['state', 'usedOn'] },
  { name: 'account_changed', columns: ['changedAt', 'id'] },
];
