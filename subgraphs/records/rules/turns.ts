import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import {
  holderOf,
  type Application,
  type ApplicationKind,
  type ApplicationStep,
  type ApplicationTask,
  type Clock,
  type DeadlineRule,
} from '../model.ts';
import { clockOf, enrolmentClock, type Reckoning } from './clock.ts';

/** Whose turn it is, and for what. */
export interface Turn {
  readonly task: ApplicationTask;
  readonly holder: Area;
}

type Places = Pick<
  Application,
  | 'provinceCode'
  | 'cityCode'
  | 'countyCode'
  | 'institutionCode'
  | 'fromProvinceCode'
  | 'fromCityCode'
  | 'fromCountyCode'
  | 'fromInstitutionCode'
>;

const decidedByCounty = ({ countyCode }: Pick<Places, 'countyCode'>): Turn => ({
  task: 'DECIDE',
  holder: { level: 'COUNTY', code: countyCode },
});

/** Where an application begins: with the sending kindergarten, where there is one to answer; else with the county. */
export function firstTurn(
  application: Places & Pick<Application, 'kind' | 'details' | 'applicantLevel'>,
  senderAnswers: boolean,
): Turn {
  // What a province asks for, which is the end of a G number, the ministry decides.
  if (application.kind === 'NUMBER_DELETION' || application.applicantLevel === 'PROVINCE')
    return { task: 'DECIDE', holder: { level: 'NATION', code: '000000' } };
  if (application.kind !== 'TRANSFER') return decidedByCounty(application);
  if (!senderAnswers) return afterAnswer(application);
  return { task: 'ANSWER', holder: { level: 'INSTITUTION', code: application.fromInstitutionCode! } };
}

/** After the sending kindergarten: its own county where a province wants both, then the county of the destination. */
export function afterAnswer(application: Places & Pick<Application, 'details'>): Turn {
  const { fromCountyCode, countyCode, details } = application;
  if (!details?.bothCounties || fromCountyCode === countyCode) return decidedByCounty(application);
  return { task: 'RELEASE', holder: { level: 'COUNTY', code: fromCountyCode! } };
}

export const afterRelease = decidedByCounty;

/** Back to the applicant for completion. */
export const returnedTurn = ({ applicantLevel, applicantCode }: Application): Turn => ({
  task: 'COMPLETE',
  holder: { level: applicantLevel, code: applicantCode },
});

/** After completion: to whoever had returned it, or to whom it has climbed while nobody completed it. */
export function resubmittedTurn(application: Application): Turn {
  const { task } = application;
  if (task === 'DECIDE' || task === 'RELEASE') return { task, holder: holderOf(application)! };
  const back = application.details?.returnedBy;
  return back
    ? { task: back.task, holder: { level: back.level, code: back.code } }
    : decidedByCounty(application);
}

/**
 * Who gets the work when its holder has let the day pass: kindergarten, county, city, province (design section 4).
 * Null where nobody stands above. A sender's authorities that stay silent to the top no longer keep the child.
 */
export function climbed(application: Application): Turn | null {
  const { task } = application;
  const holder = holderOf(application)!;
  if (task === 'ANSWER') return afterAnswer(application);
  if (task === 'COMPLETE') return resubmittedTurn(application);
  const above = authorityAbove(holder, placeOf(application, holder));
  if (above) return { task: task!, holder: above };
  return task === 'RELEASE' ? afterRelease(application) : null;
}

function authorityAbove({ level }: Area, place: HolderPlace): Area | null {
  if (level === 'COUNTY' && place.cityCode !== null) return { level: 'CITY', code: place.cityCode };
  if ((level === 'COUNTY' || level === 'CITY') && place.provinceCode !== null)
    return { level: 'PROVINCE', code: place.provinceCode };
  return null;
}

export type HolderPlace = Pick<
  ApplicationStep,
  'provinceCode' | 'cityCode' | 'countyCode' | 'institutionCode'
>;

/** Where a holder is in the tree: beside the destination or beside where the child comes from. */
export function placeOf(application: Places, { level, code }: Area): HolderPlace {
  const to: HolderPlace = application;
  const from: HolderPlace = {
    provinceCode: application.fromProvinceCode,
    cityCode: application.fromCityCode,
    countyCode: application.fromCountyCode,
    institutionCode: application.fromInstitutionCode,
  };
  const depth = LEVELS.indexOf(level);
  const own = (place: HolderPlace) =>
    [null, place.provinceCode, place.cityCode, place.countyCode, place.institutionCode][depth];
  const path = own(to) === code || own(from) !== code ? to : from;
  return {
    provinceCode: depth >= 1 ? path.provinceCode : null,
    cityCode: depth >= 2 ? path.cityCode : null,
    countyCode: depth >= 3 ? path.countyCode : null,
    institutionCode: depth >= 4 ? path.institutionCode : null,
  };
}

const LEVELS = ['NATION', 'PROVINCE', 'CITY', 'COUNTY', 'INSTITUTION'];

/** The rule that times a task. */
export function ruleOf(kind: ApplicationKind, task: ApplicationTask): DeadlineRule {
  if (task === 'COMPLETE') return 'COMPLETION';
  if (task === 'ANSWER') return 'TRANSFER';
  return `${kind}_DECISION`;
}

/** The province whose rules time a holder's turn; null for the nation's own. */
export const provinceOf = (application: Places, holder: Area): string | null =>
  placeOf(application, holder).provinceCode;

/** The application with its next turn begun. */
export function begin(
  application: Pick<Application, 'kind' | 'steps' | 'enteredOn'>,
  { task, holder }: Turn,
  today: PlainDate,
  reckoning: Reckoning,
): Pick<Application, 'task' | 'holderLevel' | 'holderCode' | 'steps' | keyof Clock> {
  const { kind, steps, enteredOn } = application;
  const first = kind === 'ENROLMENT' && task === 'DECIDE' && holder.level === 'COUNTY';
  const clock = first
    ? enrolmentClock(enteredOn, today, reckoning)
    : clockOf(ruleOf(kind, task), today, reckoning);
  return { task, holderLevel: holder.level, holderCode: holder.code, steps: steps + 1, ...clock };
}

/** Decided: nobody's turn any more. */
export const ENDED = { task: null, holderLevel: null, holderCode: null } as const;
