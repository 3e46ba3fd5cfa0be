import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Area, type AreaLevel, type Place, type Viewer } from '../../../kernel/rules/viewer.ts';
import {
  PROBLEM_STATE,
  type ApplicationStep,
  type DeadlineRule,
  type Evidence,
  type ProblemAnswer,
  type ProblemCase,
  type ProblemRuling,
  type ProblemTask,
  type Record,
} from '../model.ts';
import { evidenceErrors } from './evidence.ts';
import { isBlank, textErrors } from './needs/text.ts';

/** Whose turn it is, by level; the code is the record's own place. */
export interface ProblemTurn {
  readonly task: ProblemTask;
  readonly holderLevel: AreaLevel;
}

/** The kindergarten that has the record speaks first. */
export const FIRST_TURN: ProblemTurn = { task: 'ANSWER', holderLevel: 'INSTITUTION' };

/** The lowest authority that stands over both records, or over the only one. */
export function arbiterLevel(record: Place, other: Place | null): AreaLevel {
  if (other === null || other.countyCode === record.countyCode) return 'COUNTY';
  if (record.cityCode !== null && other.cityCode === record.cityCode) return 'CITY';
  return other.provinceCode === record.provinceCode ? 'PROVINCE' : 'NATION';
}

/** Who arbitrates when the level below has let its days pass, or has referred the case; null above the ministry. */
export function authorityOver(level: AreaLevel, { cityCode }: Place): AreaLevel | null {
  if (level === 'COUNTY') return cityCode === null ? 'PROVINCE' : 'CITY';
  if (level === 'CITY') return 'PROVINCE';
  return level === 'PROVINCE' ? 'NATION' : null;
}

export function problemHolder(level: AreaLevel, place: Place): Area {
  const { provinceCode, cityCode, countyCode, institutionCode } = place;
  const codes = {
    ...{ NATION: '000000', PROVINCE: provinceCode, CITY: cityCode, COUNTY: countyCode },
    INSTITUTION: institutionCode,
  };
  return { level, code: codes[level]! };
}

const RULES: Readonly<{ [T in ProblemTask]: DeadlineRule }> = {
  ANSWER: 'PROBLEM_ANSWER',
  DECIDE: 'PROBLEM_ARBITRATION',
  COMPLETE: 'PROBLEM_ORDER',
};
export const problemRule = (task: ProblemTask): DeadlineRule => RULES[task];

/** A ruling that is done by an application, and by none other. */
export type Order = 'CORRECT' | 'CANCEL';
export const isOrder = (ruling: ProblemRuling): ruling is Order =>
  ruling === 'CORRECT' || ruling === 'CANCEL';

/** Who asks for what was ordered: the kindergarten, and where a G number would end the province. */
export const orderedTurn = (ruling: Order, { number }: Pick<Record, 'number'>): ProblemTurn => ({
  task: 'COMPLETE',
  holderLevel: ruling === 'CANCEL' && number?.startsWith('G') === true ? 'PROVINCE' : 'INSTITUTION',
});

/** Whoever gets a case when its holder has let the day pass: what was not done as ordered is ruled on again. */
export function climbedTurn(
  { task, holderLevel }: Pick<ProblemCase, 'task' | 'holderLevel'>,
  record: Place,
  other: Place | null,
): ProblemTurn {
  if (task === 'DECIDE') return { task, holderLevel: authorityOver(holderLevel!, record)! };
  const arbiter = arbiterLevel(record, other);
  // A province that does not do as it was told answers to the ministry.
  return { task: 'DECIDE', holderLevel: holderLevel === 'PROVINCE' ? 'NATION' : arbiter };
}

/** The row of the turn a case has just begun. */
export function problemStep(one: ProblemCase, place: Place, begunOn: string): ApplicationStep {
  const { id: applicationId, steps: seq, dueOn } = one;
  const { level, code } = problemHolder(one.holderLevel!, place);
  const depth = ['NATION', 'PROVINCE', 'CITY', 'COUNTY', 'INSTITUTION'].indexOf(level);
  return {
    ...{ applicationId, seq, task: one.task!, holderLevel: level, holderCode: code, begunOn, dueOn },
    provinceCode: depth >= 1 ? place.provinceCode : null,
    cityCode: depth >= 2 ? place.cityCode : null,
    countyCode: depth >= 3 ? place.countyCode : null,
    institutionCode: depth >= 4 ? place.institutionCode! : null,
    ...{ endedAt: null, endedOn: null, outcome: null, account: null },
  };
}

/** Who has the record, who has the one beside it, and whose turn it is. */
export const seesProblem = (area: Area, record: Place, other: Place | null): boolean =>
  covers(area, record) || (other !== null && covers(area, other));

/**
 * What is said of a case is about the child of its record: for the kindergarten and the county that have it, and for whoever
 * has to decide, or has decided.
 */
export function readsProblem(one: ProblemCase, record: Place, { area, account }: Viewer): boolean {
  const near = area.level === 'INSTITUTION' || area.level === 'COUNTY';
  if (near) return covers(area, record);
  return (one.holderLevel === area.level && covers(area, record)) || one.decidedBy === account;
}

/** Open, and the viewer's turn for this task? */
function turnErrors(one: ProblemCase, record: Place, task: ProblemTask, { area }: Viewer): UserError[] {
  if (one.state !== 'OPEN')
    return [userError('ALREADY_DECIDED', ['problemCaseId'], { state: PROBLEM_STATE[one.state].zh })];
  const holder = problemHolder(one.holderLevel!, record);
  return one.task === task && holder.level === area.level && holder.code === area.code
    ? []
    : [userError('NOT_WITH_YOU', [], { holder: `${holder.level} ${holder.code}` })];
}

export interface SaidInAnswer {
  readonly answer: ProblemAnswer;
  readonly statement: string | null;
  readonly evidence: readonly Evidence[];
}

export function answerErrors(
  one: ProblemCase,
  record: Place,
  { answer, statement, evidence }: SaidInAnswer,
  viewer: Viewer,
): UserError[] {
  const waiting = turnErrors(one, record, 'ANSWER', viewer);
  if (waiting.length > 0) return waiting;
  return [
    ...textErrors(statement, 'statement'),
    ...evidenceErrors(evidence),
    ...(answer === 'EVIDENCE' && evidence.length === 0
      ? [userError('EVIDENCE_MISSING', ['evidence'], { expected: '≥ 1' })]
      : []),
  ];
}

/** What moving a number asks: the number the case is about, and whose ID it is. */
export interface NumberFacts {
  /** The number of the case's record is a G, and the other child's own. */
  readonly provenByOther: boolean;
}

export interface SaidInRuling {
  readonly ruling: ProblemRuling;
  readonly reason: string | null;
}

export function rulingErrors(
  one: ProblemCase,
  record: Place,
  { ruling, reason }: SaidInRuling,
  viewer: Viewer,
  { provenByOther }: NumberFacts,
): UserError[] {
  const waiting = turnErrors(one, record, 'DECIDE', viewer);
  if (waiting.length > 0) return waiting;
  const { account, area } = viewer;
  const own = account === one.openedBy || account === one.answered?.account;
  return [
    ...(own ? [userError('SAME_ACCOUNT')] : []),
    ...(isBlank(reason) ? [userError('REASON_REQUIRED', ['reason'])] : textErrors(reason, 'reason')),
    ...(ruling === 'REFERRED' && authorityOver(area.level, record) === null
      ? [userError('PROBLEM_NOBODY_ABOVE', ['ruling'])]
      : []),
    ...(ruling === 'NUMBER_TO_OTHER' ? numberErrors(area.level, provenByOther) : []),
  ];
}

/** A G number ends by the ministry only, and goes to nobody but the child whose ID it is. */
function numberErrors(level: AreaLevel, provenByOther: boolean): UserError[] {
  if (!provenByOther) return [userError('PROBLEM_NUMBER_UNPROVEN', ['ruling'])];
  return level === 'NATION' ? [] : [userError('PROBLEM_NUMBER_BY_MINISTRY', ['ruling'])];
}

/** What opening a case asks of whoever reports it. */
export const reportErrors = (statement: string | null, evidence: readonly Evidence[]): UserError[] => [
  ...textErrors(statement, 'statement'),
  ...evidenceErrors(evidence),
];
