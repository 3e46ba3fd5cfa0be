import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { operationColumns } from '../../../../kernel/store/operation.ts';
import * as columns from '../columns.ts';
import { INDICES } from '../indices.ts';

export const create = (kit: Kit) =>
  creation('CreateChildren1764000000001', kit, [
    { name: 'child', columns: { ...columns.child(kit), ...columns.origin(kit) }, indices: INDICES.child },
    {
      name: 'identity_document',
      columns: columns.identityDocument(kit),
      indices: INDICES.identityDocument,
    },
    { name: 'guardian', columns: columns.guardian(kit) },
    { name: 'child_holder', columns: columns.childHolder(kit), indices: INDICES.childHolder },
    { name: 'operation', columns: operationColumns(kit) },
  ]);
