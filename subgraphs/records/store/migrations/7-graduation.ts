import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { newGraduationTables } from '../graduation.ts';

export const graduation = (kit: Kit) =>
  creation('CreateGraduations1764000000007', kit, newGraduationTables(kit));
