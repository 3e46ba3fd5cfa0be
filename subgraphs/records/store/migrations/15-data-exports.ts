import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { newDataExportTables } from '../data-exports.ts';

export const dataExports = (kit: Kit) => creation('DataExports1764000000015', kit, newDataExportTables(kit));
