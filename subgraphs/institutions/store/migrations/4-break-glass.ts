import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { BREAK_GLASS_INDICES, breakGlassColumns } from '../break-glass.ts';

export const breakGlass = (kit: Kit) =>
  creation('BreakGlass1764000000004', kit, [
    { name: 'break_glass', columns: breakGlassColumns(kit), indices: BREAK_GLASS_INDICES },
  ]);
