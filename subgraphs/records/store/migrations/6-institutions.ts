import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import * as columns from '../institution-columns.ts';

export const institutions = (kit: Kit) =>
  creation('FollowInstitutions1764000000006', kit, [
    { name: 'institution_moved', columns: columns.institutionMoved(kit) },
    { name: 'transfer_offer', columns: columns.transferOffer(kit), indices: columns.OFFER_INDICES },
  ]);
