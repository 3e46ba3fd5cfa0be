import type { Kit } from '../../../../kernel/store/kit.ts';
import { sealedChildMigration } from '../../../../kernel/store/sealed-children.ts';

export const sealedChildren = (kit: Kit) => sealedChildMigration('SealedChildrenRecords1764000000014', kit);
