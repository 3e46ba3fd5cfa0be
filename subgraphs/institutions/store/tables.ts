import { EntitySchema } from 'typeorm';
import type { Kit } from '../../../kernel/store/kit.ts';
import type {
  Class,
  Institution,
  InstitutionChange,
  InstitutionVersion,
  Region,
  RegionChange,
} from '../model.ts';
import type { Account, AccountVersion } from '../model.ts';
import * as accounts from './account-columns.ts';
import { budgetTable } from '../../../kernel/store/budget.ts';
import { breakGlassTable } from './break-glass.ts';
import * as columns from './columns.ts';

export const tables = (kit: Kit) => ({
  region: new EntitySchema<Region>({
    name: 'region',
    columns: {
      code: kit.text(6, { primary: true }),
      name: kit.text(60),
      fullName: kit.text(120),
      level: kit.text(10),
      parentCode: kit.text(6, { nullable: true }),
      provinceCode: kit.text(6, { nullable: true }),
      cityCode: kit.text(6, { nullable: true }),
      countyCode: kit.text(6, { nullable: true }),
      validFrom: kit.date({ nullable: true }),
      validTo: kit.date({ nullable: true }),
      successors: kit.json(),
      originOnly: kit.flag(),
      hasCountyAuthority: kit.flag(),
    },
    indices: [
      { name: 'region_parent', columns: ['parentCode', 'code'] },
      { name: 'region_level', columns: ['level', 'code'] },
    ],
  }),
  institution: new EntitySchema<Institution>({
    name: 'institution',
    columns: {
      id: kit.id({ primary: true }),
      code: kit.text(10),
      name: kit.text(100),
      creditCode: kit.text(18, { nullable: true }),
      kind: kit.text(20),
      founder: kit.text(20),
      inclusive: kit.flag(),
      urbanRuralClass: kit.text(3),
      status: kit.text(10),
      regionCode: kit.text(6),
      provinceCode: kit.text(6),
      cityCode: kit.text(6, { nullable: true }),
      countyCode: kit.text(6),
      openedOn: kit.date(),
      closedOn: kit.date({ nullable: true }),
      successorId: kit.id({ nullable: true }),
      version: kit.int(),
    },
    indices: [
      { name: 'institution_code', columns: ['code'], unique: true },
      { name: 'institution_county', columns: ['countyCode', 'id'] },
      { name: 'institution_city', columns: ['cityCode', 'id'] },
      { name: 'institution_province', columns: ['provinceCode', 'id'] },
    ],
  }),
  class: new EntitySchema<Class>({
    name: 'class',
    columns: {
      id: kit.id({ primary: true }),
      institutionId: kit.id(),
      name: kit.text(40),
      level: kit.text(10),
      schoolYear: kit.int(),
      version: kit.int(),
    },
    indices: [{ name: 'class_name', columns: ['institutionId', 'schoolYear', 'name'], unique: true }],
  }),
  institutionVersion: new EntitySchema<InstitutionVersion>({
    name: 'institution_version',
    columns: columns.institutionVersion(kit),
  }),
  institutionChange: new EntitySchema<InstitutionChange>({
    name: 'institution_change',
    columns: columns.institutionChange(kit),
    indices: columns.INDICES.institutionChange,
  }),
  regionChange: new EntitySchema<RegionChange>({
    name: 'region_change',
    columns: columns.regionChange(kit),
  }),
  account: new EntitySchema<Account>({
    name: 'account',
    columns: accounts.account(kit),
    indices: accounts.ACCOUNT_INDICES,
  }),
  accountVersion: new EntitySchema<AccountVersion>({
    name: 'account_version',
    columns: accounts.accountVersion(kit),
  }),
  breakGlass: breakGlassTable(kit),
  budgetUse: budgetTable(kit),
});
export type InstitutionTables = ReturnType<typeof tables>;
