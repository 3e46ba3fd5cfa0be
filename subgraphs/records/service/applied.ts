import { newId } from '../../../kernel/store/ids.ts';
import type { Application, FromPlace, Seat } from '../model.ts';
import type { Doing } from './changes.ts';
import type { InstitutionAnswer } from './neighbours.ts';

/** What an application says of itself; what nobody says stands as below. */
type Said = Seat &
  Pick<Application, 'recordId' | 'kind' | 'statusBefore' | 'enteredOn' | 'warnings'> &
  Partial<
    Pick<
      Application,
      'evidence' | 'details' | 'reason' | 'applicantLevel' | 'applicantCode' | keyof FromPlace
    >
  >;

/** An application as it is just submitted, before its first turn begins. */
export function applied({ at, account }: Doing, said: Said): Application {
  return {
    id: newId(),
    state: 'SUBMITTED',
    ...{ applicantLevel: 'INSTITUTION', applicantCode: said.institutionCode },
    ...{ task: null, holderLevel: null, holderCode: null, steps: 0, evidence: [], details: null },
    ...{ fromInstitutionCode: null, fromProvinceCode: null, fromCityCode: null, fromCountyCode: null },
    ...{ submittedAt: at, submittedBy: account, decidedAt: null, decidedBy: null, reason: null },
    // The first turn's clock takes this one's place.
    ...{
      dueOn: said.enteredOn,
      dueRule: 'ENROLMENT',
      dueFrom: said.enteredOn,
      dueVersion: 1,
      dueProvisional: false,
    },
    version: 1,
    ...said,
  };
}

/** A seat in a class of an institution, as the institution stands now. */
export function seatIn(
  { id: institutionId, code: institutionCode, provinceCode, cityCode, countyCode }: InstitutionAnswer,
  classId: string,
): Seat {
  return { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode };
}

/** Where a child comes from. */
export const fromPlace = ({ institutionCode, provinceCode, cityCode, countyCode }: Seat): FromPlace => ({
  fromInstitutionCode: institutionCode,
  fromProvinceCode: provinceCode,
  fromCityCode: cityCode,
  fromCountyCode: countyCode,
});

/** Only the seat of a row that has more. */
export function seatOf(stay: Seat): Seat {
  const { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode } = stay;
  return { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode };
}
