import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { operationColumns } from '../../../../kernel/store/operation.ts';

export const create = (kit: Kit) =>
  creation('CreateInstitutions1764000000001', kit, [
    {
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
    },
    {
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
        version: kit.int(),
      },
      indices: [
        { name: 'institution_code', columns: ['code'], unique: true },
        { name: 'institution_county', columns: ['countyCode', 'id'] },
        { name: 'institution_city', columns: ['cityCode', 'id'] },
        { name: 'institution_province', columns: ['provinceCode', 'id'] },
      ],
    },
    {
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
    },
    { name: 'operation', columns: operationColumns(kit) },
  ]);
