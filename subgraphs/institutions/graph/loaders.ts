import { manyByKey, oneByKey } from '../../../kernel/graph/loaders.ts';
import type { InstitutionService } from '../service.ts';

/** Asked once for many; made anew for every request. */
export function loadersOf(service: InstitutionService) {
  return {
    region: oneByKey(service.regionsByCode, (region) => region.code),
    regionsOf: manyByKey(service.regionsByParent, (region) => region.parentCode ?? ''),
    institution: oneByKey(service.institutionsById, (institution) => institution.id),
    institutionByCode: oneByKey(service.institutionsByCode, (institution) => institution.code),
    versionsOf: manyByKey(service.versionsByInstitution, (version) => version.institutionId),
    predecessorsOf: manyByKey(
      (codes) => service.predecessors(codes),
      ({ code }) => code,
    ),
    account: oneByKey(service.accountsById, (account) => account.id),
    accountVersionsOf: manyByKey(service.versionsByAccount, (version) => version.accountId),
    class: oneByKey(service.classesById, (c) => c.id),
    classesOf: manyByKey(service.classesByInstitution, (c) => c.institutionId),
  };
}
export type Loaders = ReturnType<typeof loadersOf>;
