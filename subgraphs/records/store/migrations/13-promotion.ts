import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { newPromotionTables } from '../promotions.ts';

export const promotion = (kit: Kit) =>
  creation('CreatePromotions1764000000013', kit, newPromotionTables(kit));
