import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import * as columns from '../columns.ts';

export const institutionsMoved = (kit: Kit) =>
  creation('InstitutionsMovedChildren1764000000004', kit, [
    { name: 'institution_moved', columns: columns.institutionMoved(kit) },
  ]);
