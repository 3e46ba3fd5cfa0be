import { mod11Check } from '../../../kernel/rules/identity-document.ts';
import { AREA_LEVEL_OF_ROLE, type Role, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { NewAccount } from '../../../subgraphs/institutions/rules/accounts/opening.ts';

/** An invented resident ID of a grown-up: no province has the prefix 19. */
export function inventedPerson(serial: number): string {
  const first17 = `19010119800101${String(serial).padStart(3, '0')}`;
  return first17 + mod11Check(first17);
}

export const as = (role: Role, code = '000000', account = `${role.toLowerCase()}-${code}`): Viewer => ({
  account,
  role,
  area: { level: AREA_LEVEL_OF_ROLE[role], code },
});

/** A kindergarten's account, and what differs from that. */
export const wanted = (serial: number, changes: Partial<NewAccount> = {}): NewAccount => ({
  name: `account-${serial}`,
  holderName: '戊己',
  documentKind: 'RESIDENT_ID',
  documentNumber: inventedPerson(serial),
  role: 'KINDERGARTEN',
  areaCode: '1133990001',
  region: null,
  duty: 'ENTRY',
  rights: null,
  ...changes,
});
