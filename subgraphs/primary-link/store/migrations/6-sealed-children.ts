import type { Kit } from '../../../../kernel/store/kit.ts';
import { sealedChildMigration } from '../../../../kernel/store/sealed-children.ts';

export const sealedChildren = (kit: Kit) =>
  sealedChildMigration('SealedChildrenPrimaryLink1764000000006', kit);
