import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { operationColumns } from '../../../../kernel/store/operation.ts';

export const create = (kit: Kit) =>
  creation('CreatePrimaryLink1764000000001', kit, [
    {
      name: 'lookup_use',
      columns: {
        account: kit.text(80, { primary: true }),
        day: kit.date({ primary: true }),
        asked: kit.int(),
        found: kit.int(),
      },
    },
    { name: 'operation', columns: operationColumns(kit) },
  ]);
