import { EntitySchema } from 'typeorm';
import type { Kit } from '../../../kernel/store/kit.ts';
import type { LookupUse, PrimarySchool, TakeOver } from '../model.ts';
import * as columns from './columns.ts';
import { feedTables } from './feed.ts';

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
  primarySchool: new EntitySchema<PrimarySchool>({
    name: 'primary_school',
    columns: columns.primarySchool(kit),
    indices: columns.INDICES.primarySchool,
  }),
  takeOver: new EntitySchema<TakeOver>({
    name: 'take_over',
    columns: columns.takeOver(kit),
    indices: columns.INDICES.takeOver,
  }),
  ...feedTables(kit),
});
export type PrimaryLinkTables = ReturnType<typeof tables>;
