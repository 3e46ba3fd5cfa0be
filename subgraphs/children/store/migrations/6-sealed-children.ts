import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { sealedChildMigration } from '../../../../kernel/store/sealed-children.ts';
import { CHILD_SEAL_INDICES, childSealColumns } from '../seals.ts';

export const sealedChildren = (kit: Kit) => sealedChildMigration('SealedChildrenChildren1764000000006', kit);

export const childSeals = (kit: Kit) =>
  creation('ChildSealsChildren1764000000007', kit, [
    { name: 'child_seal', columns: childSealColumns(kit), indices: CHILD_SEAL_INDICES },
  ]);
