import { EntitySchema } from 'typeorm';
import { sealedChildTable } from '../../../kernel/store/sealed-children.ts';
import { budgetTable } from '../../../kernel/store/budget.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import type {
  Child,
  ChildChange,
  ChildHolder,
  ChildVersion,
  Guardian,
  IdentityDocument,
  InstitutionMoved,
} from '../model.ts';
import * as columns from './columns.ts';
import { guardianBindingTable } from './guardian-bindings.ts';
import { INDICES } from './indices.ts';
import { childSealTable } from './seals.ts';

export const tables = (kit: Kit) => ({
  child: new EntitySchema<Child>({ name: 'child', columns: columns.child(kit), indices: INDICES.child }),
  identityDocument: new EntitySchema<IdentityDocument>({
    name: 'identity_document',
    columns: columns.identityDocument(kit),
    indices: INDICES.identityDocument,
  }),
  guardian: new EntitySchema<Guardian>({ name: 'guardian', columns: columns.guardian(kit) }),
  childHolder: new EntitySchema<ChildHolder>({
    name: 'child_holder',
    columns: { ...columns.childHolder(kit), ...columns.holding(kit), ...columns.origin(kit) },
    indices: INDICES.childHolder,
  }),
  childVersion: new EntitySchema<ChildVersion>({
    name: 'child_version',
    columns: columns.childVersion(kit),
  }),
  childChange: new EntitySchema<ChildChange>({
    name: 'child_change',
    columns: columns.childChange(kit),
    indices: INDICES.childChange,
  }),
  budgetUse: budgetTable(kit),
  sealedChild: sealedChildTable(kit),
  childSeal: childSealTable(kit),
  guardianBinding: guardianBindingTable(kit),
  institutionMoved: new EntitySchema<InstitutionMoved>({
    name: 'institution_moved',
    columns: columns.institutionMoved(kit),
  }),
});
export type ChildTables = ReturnType<typeof tables>;
