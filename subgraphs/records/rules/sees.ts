import { covers, type Area } from '../../../kernel/rules/viewer.ts';
import { holderOf, type Application } from '../model.ts';

/** An application is seen where the child is going, where it comes from, and by whoever's turn it is. */
export function sees(area: Area, application: Application): boolean {
  return covers(area, application) || comesFrom(area, application) || isHolder(area, application);
}

/** Into which class a child goes, and how full it is, is the receiving side's; a sending one has no more to do with it. */
export const seesDestination = (area: Area, application: Application): boolean => covers(area, application);

export function isHolder(area: Area, application: Application): boolean {
  const holder = holderOf(application);
  return holder !== null && holder.level === area.level && holder.code === area.code;
}

export function comesFrom(area: Area, application: Application): boolean {
  const { fromProvinceCode, fromCityCode, fromCountyCode, fromInstitutionCode } = application;
  if (fromProvinceCode === null) return false;
  return covers(area, {
    provinceCode: fromProvinceCode,
    cityCode: fromCityCode,
    countyCode: fromCountyCode!,
    institutionCode: fromInstitutionCode,
  });
}
