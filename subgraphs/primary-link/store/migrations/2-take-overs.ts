import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import * as columns from '../columns.ts';

export const takeOvers = (kit: Kit) =>
  creation('CreateTakeOvers1764000000002', kit, [
    {
      name: 'primary_school',
      columns: columns.primarySchool(kit),
      indices: columns.INDICES.primarySchool,
    },
    { name: 'take_over', columns: columns.takeOver(kit), indices: columns.INDICES.takeOver },
  ]);
