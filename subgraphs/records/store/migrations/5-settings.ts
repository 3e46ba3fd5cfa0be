import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { settingColumns } from '../settings.ts';

export const settings = (kit: Kit) =>
  creation('CreateSettings1764000000005', kit, [{ name: 'setting', columns: settingColumns(kit) }]);
