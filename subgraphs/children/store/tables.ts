import { EntitySchema } from 'typeorm';
import type { Kit } from '../../../kernel/store/kit.ts';
import type { Child, ChildHolder, Guardian, IdentityDocument } from '../model.ts';

export const tables = (kit: Kit) => ({
  child: new EntitySchema<Child>({
    name: 'child',
    columns: {
      id: kit.id({ primary: true }),
      name: kit.sealed('child.name'),
      sex: kit.text(10),
      bornOn: kit.date(),
      nationality: kit.text(3),
      ethnicity: kit.text(2, { nullable: true }),
      householdRegion: kit.text(6, { nullable: true }),
      registeredBy: kit.text(10),
      likeness: kit.digest(),
      registeredAt: kit.instant(),
      version: kit.int(),
    },
    indices: [{ name: 'child_likeness', columns: ['likeness'] }],
  }),
  identityDocument: new EntitySchema<IdentityDocument>({
    name: 'identity_document',
    columns: {
      id: kit.id({ primary: true }),
      childId: kit.id(),
      kind: kit.text(40),
      number: kit.sealed('identity_document.number', { nullable: true }),
      digest: kit.digest(),
      issuedBy: kit.text(100, { nullable: true }),
    },
    indices: [
      { name: 'identity_document_digest', columns: ['digest'], unique: true },
      { name: 'identity_document_child', columns: ['childId'] },
    ],
  }),
  guardian: new EntitySchema<Guardian>({
    name: 'guardian',
    columns: {
      childId: kit.id({ primary: true }),
      institutionCode: kit.text(10, { primary: true }),
      seq: kit.int({ primary: true }),
      relation: kit.text(20),
      name: kit.sealed('guardian.name'),
      phone: kit.sealed('guardian.phone', { nullable: true }),
    },
  }),
  childHolder: new EntitySchema<ChildHolder>({
    name: 'child_holder',
    columns: {
      childId: kit.id({ primary: true }),
      institutionCode: kit.text(10, { primary: true }),
      provinceCode: kit.text(6),
      cityCode: kit.text(6, { nullable: true }),
      countyCode: kit.text(6),
    },
    indices: [
      { name: 'child_holder_institution', columns: ['institutionCode', 'childId'] },
      { name: 'child_holder_county', columns: ['countyCode', 'childId'] },
      { name: 'child_holder_city', columns: ['cityCode', 'childId'] },
      { name: 'child_holder_province', columns: ['provinceCode', 'childId'] },
    ],
  }),
});
export type ChildTables = ReturnType<typeof tables>;
