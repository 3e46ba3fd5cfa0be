/** The accounts of the demonstration county, filed before anybody acts: of invented people who are all trained. */
import { mod11Check } from '../../../kernel/rules/identity-document.ts';
import { AREA_LEVEL_OF_ROLE } from '../../../kernel/rules/viewer.ts';
import {
  CITY_CLERK,
  DECIDING_CLERK,
  entryClerk,
  MINISTRY_CLERK,
  OPENING_CLERK,
  PROVINCE_CLERK,
  reviewClerk,
} from './accounts.ts';
import { DEMO_REGION } from './generate.ts';
import { institutionCode } from './institutions.ts';
import { readNationalFigures } from './statistics.ts';
import { viewerOf, type ViewerSpec } from './viewer-spec.ts';

/** Of whom every newcomer may want a token. */
const OTHERS: readonly ViewerSpec[] = [
  { account: 'system-admin-000000-1', role: 'SYSTEM_ADMIN' },
  { account: 'security-admin-000000-1', role: 'SECURITY_ADMIN' },
  { account: 'audit-admin-000000-1', role: 'AUDIT_ADMIN' },
  { account: 'auditor-000000-1', role: 'AUDITOR' },
  MINISTRY_CLERK,
  { account: 'ministry-analyst-000000-1', role: 'MINISTRY_ANALYST' },
  PROVINCE_CLERK,
  CITY_CLERK,
  OPENING_CLERK,
  DECIDING_CLERK,
  { account: 'primary-school-2133990001-1', role: 'PRIMARY_SCHOOL', institution: '2133990001' },
  { account: 'primary-school-2133000001-1', role: 'PRIMARY_SCHOOL', institution: '2133000001' },
];

export function demoAccounts() {
  const { kindergartens: all, counties } = readNationalFigures();
  const kindergartens = Array.from({ length: Math.round(all / counties) }, (_, at) =>
    institutionCode(DEMO_REGION, at),
  );
  const entry = kindergartens.map(entryClerk);
  const others = [...OTHERS, ...kindergartens.map(reviewClerk)];
  return [
    ...others.map((spec, i) => firstAccount(spec, i)),
    ...entry.map((spec, i) => firstAccount(spec, others.length + i, 'ENTRY')),
  ];
}

/** A filed account for whoever is named; each of another invented person, told apart by `serial`. */
export function firstAccount(spec: ViewerSpec, serial: number, duty: 'ENTRY' | 'REVIEW' = 'REVIEW') {
  const { account, role, area } = viewerOf(spec);
  if (role === 'GUARDIAN' || role === 'SERVICE' || role === 'GATEWAY')
    throw new Error(`A ${role} has no account.`);
  return {
    ...{
      name: account,
      holderName: '某某',
      documentKind: 'RESIDENT_ID' as const,
      documentNumber: person(serial),
    },
    role,
    named: spec.named ?? [],
    areaCode: AREA_LEVEL_OF_ROLE[role] === 'NATION' ? null : area.code,
    region: role === 'PRIMARY_SCHOOL' ? DEMO_REGION : null,
    duty: role === 'KINDERGARTEN' ? duty : null,
    ...{ certificateNumber: `DEMO-${serial}`, certifiedOn: '2026-01-05' },
  };
}

/** An invented resident ID of a grown-up: no province has the prefix 19. */
function person(serial: number): string {
  const day = String(1 + (Math.floor(serial / 1000) % 28)).padStart(2, '0');
  const year = 1970 + Math.floor(serial / 28_000);
  const first17 = `190101${year}01${day}${String(serial % 1000).padStart(3, '0')}`;
  return first17 + mod11Check(first17);
}
