import type { Institution, InstitutionVersion } from '../model.ts';
import type { Known } from '../rules/changing.ts';
import type { InstitutionQueries } from '../store/queries.ts';

/** Institutions with their histories, by code; codes nobody knows are left out. */
export async function knownByCode(
  queries: InstitutionQueries,
  codes: readonly string[],
): Promise<Map<string, Known>> {
  const known = await withHistory(queries, await queries.institutionsByCode(codes));
  return new Map(known.map((one) => [one.institution.code, one]));
}

export async function withHistory(
  queries: InstitutionQueries,
  institutions: readonly Institution[],
): Promise<Known[]> {
  const versions = new Map<string, InstitutionVersion[]>(institutions.map(({ id }) => [id, []]));
  for (const version of await queries.versionsByInstitution([...versions.keys()])) {
    versions.get(version.institutionId)!.push(version);
  }
  return institutions.map((institution) => ({ institution, versions: versions.get(institution.id)! }));
}
