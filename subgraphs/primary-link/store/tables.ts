import { EntitySchema } from 'typeorm';
import type { Kit } from '../../../kernel/store/kit.ts';
import type { LookupUse } from '../model.ts';

export const tables = (kit: Kit) => ({
  lookupUse: new EntitySchema<LookupUse>({
    name: 'lookup_use',
    columns: {
      account: kit.text(80, { primary: true }),
      day: kit.date({ primary: true }),
      asked: kit.int(),
      found: kit.int(),
    },
  }),
});
export type PrimaryLinkTables = ReturnType<typeof tables>;
