import { schoolYearEnd, schoolYearStart } from '../../../kernel/rules/school-year.ts';
import {
  CITY_CLERK,
  DECIDING_CLERK,
  entryClerk,
  OPENING_CLERK,
  PROVINCE_CLERK,
  reviewClerk,
} from './accounts.ts';
import { allDone, done, type Position } from './answers.ts';
import * as operations from './desk-operations.ts';
import { enrolBatch } from './enrol-children.ts';
import { LAST_SMALL, lastYearClasses, lastYearEnrolments, NEXT_MIDDLE, REMAINING } from './last-year.ts';
import type { DemoCounty } from './model.ts';
import { classKey, idempotencyKey, openClassesOf, type ClassIds } from './open-county.ts';
import { readNationalFigures } from './statistics.ts';
import type { Ask, ViewerSpec } from './viewer-spec.ts';

/** A paper is elsewhere; its reference and digest are invented. */
const PAPER = { kind: 'OTHER', reference: 'DEMO-2026-0002', digest: '5e'.repeat(32) };

/**
 * Work for every desk from the kindergartens' to the ministry's, in the first two kindergartens: last year's children, whose
 * graduation and promotion the first still has before it and the second has behind it; suspected records, one at each
 * level; and a G number to be deleted. Answers how many children it has put into kindergarten.
 */
export async function seedDesks(county: DemoCounty, ask: Ask): Promise<number> {
  const codes = county.kindergartens.slice(0, 2).map(({ institution }) => institution.code);
  const [first, second] = codes;
  if (first === undefined || second === undefined) return 0;
  const desk: Desk = { county, ask };
  const planned = codes.flatMap((institutionCode) =>
    lastYearClasses(county.schoolYear).map((one) => ({ institutionCode, ...one })),
  );
  const classes = await openClassesOf(county, 'last-year-classes', planned, ask);
  const children = lastYearEnrolments(codes, county.schoolYear, readNationalFigures());
  for (const [at, institutionCode] of codes.entries()) {
    // Batches of the plan are counted from 0; this one is nobody else's.
    const batch = { county, institutionCode, at: LAST_YEARS_BATCH, enrolments: children[at]!, classes };
    await enrolBatch(batch, ask);
  }
  await freeze(desk, first);
  await graduate(desk, second, await freeze(desk, second));
  await promote(desk, second, classes);
  const [empty, apart] = await recordsIn(desk, classes.get(classKey(first, LAST_SMALL))!, first);
  const [referred, disputed, numbered] = await recordsIn(
    desk,
    classes.get(classKey(second, NEXT_MIDDLE))!,
    second,
  );
  await suspect(desk, { institution: first, recordId: empty!, kind: 'EMPTY', referrers: null });
  await suspect(desk, {
    institution: first,
    recordId: apart!,
    kind: 'PERSON_RECORD_MISMATCH',
    referrers: [],
  });
  const upToProvince = [DECIDING_CLERK, CITY_CLERK];
  await suspect(desk, { institution: second, recordId: referred!, kind: 'FALSE', referrers: upToProvince });
  const upToMinistry = [...upToProvince, PROVINCE_CLERK];
  await suspect(desk, {
    institution: second,
    recordId: disputed!,
    kind: 'ID_CHANGED',
    referrers: upToMinistry,
  });
  await askForDeletion(desk, numbered!);
  return REMAINING.first + REMAINING.second;
}

const LAST_YEARS_BATCH = 9_000;

interface Desk {
  readonly county: DemoCounty;
  readonly ask: Ask;
}

async function freeze({ county, ask }: Desk, institutionCode: string): Promise<string> {
  const { schoolYear: thisYear } = county;
  const input = {
    idempotencyKey: idempotencyKey(county, 'freeze', institutionCode),
    ...{ institutionCode, schoolYear: thisYear - 1, exclude: [] },
  };
  const { freezeGraduation } = await ask<operations.FreezeAnswer>(
    entryClerk(institutionCode),
    operations.FREEZE,
    { input },
  );
  return done(`freezeGraduation, institution ${institutionCode}`, freezeGraduation, ({ run }) => run).id;
}

async function graduate({ county, ask }: Desk, institutionCode: string, runId: string): Promise<void> {
  const on = schoolYearEnd(county.schoolYear - 1);
  const input = { idempotencyKey: idempotencyKey(county, 'graduate', institutionCode), runId, on };
  const answer = await ask<operations.GraduateAnswer>(reviewClerk(institutionCode), operations.GRADUATE, {
    input,
  });
  done(`graduate, institution ${institutionCode}`, answer.graduate, ({ run }) => run);
}

async function promote({ county, ask }: Desk, institutionCode: string, classes: ClassIds): Promise<void> {
  const [fromClassId, toClassId] = [LAST_SMALL, NEXT_MIDDLE].map((name) =>
    classes.get(classKey(institutionCode, name)),
  );
  const items = [{ fromClassId, toClassId }];
  const on = schoolYearStart(county.schoolYear);
  const input = { idempotencyKey: idempotencyKey(county, 'promote', institutionCode), items, on };
  const { promoteClasses } = await ask<operations.PromoteAnswer>(
    reviewClerk(institutionCode),
    operations.PROMOTE,
    { input },
  );
  allDone(`promoteClasses, institution ${institutionCode}`, 1, promoteClasses, (one) => one);
}

/** The records of a class, in the order of their ids; three of them are needed. */
async function recordsIn({ ask }: Desk, classId: string, institution: string): Promise<string[]> {
  const { records } = await ask<operations.RecordsAnswer>(DECIDING_CLERK, operations.LAST_RECORDS, {
    institution,
    classId,
  });
  return (records?.nodes ?? []).map(({ id }) => id);
}

interface Suspicion {
  readonly institution: string;
  readonly recordId: string;
  readonly kind: string;
  /** Who has handed it on after the kindergarten's answer; null where that is still awaited. */
  readonly referrers: readonly ViewerSpec[] | null;
}

async function suspect({ county, ask }: Desk, { institution, recordId, kind, referrers }: Suspicion) {
  const key = (act: string) => idempotencyKey(county, `problem-${act}`, institution, kind);
  const position: Position = `problem case ${kind}, institution ${institution}`;
  const opening = { kind, recordId, statement: '演示：待核对。', evidence: [] };
  const { openProblemCase } = await ask<operations.OpenProblemAnswer>(
    OPENING_CLERK,
    operations.OPEN_PROBLEM,
    { input: { idempotencyKey: key('open'), ...opening } },
  );
  const { id: problemCaseId } = done(position, openProblemCase, (one) => one.problemCase);
  if (referrers === null) return;
  const answering = { answer: 'EVIDENCE', statement: '演示：在园，附考勤记录。', evidence: [PAPER] };
  const { answerProblemCase } = await ask<operations.AnswerProblemAnswer>(
    entryClerk(institution),
    operations.ANSWER_PROBLEM,
    { input: { idempotencyKey: key('answer'), problemCaseId, ...answering } },
  );
  done(position, answerProblemCase, (one) => one.problemCase);
  for (const viewer of referrers) {
    const ruling = { ruling: 'REFERRED', reason: '演示：报上级裁定。' };
    const { arbitrateProblemCase } = await ask<operations.ArbitrateProblemAnswer>(
      viewer,
      operations.ARBITRATE_PROBLEM,
      { input: { idempotencyKey: key(`refer-${viewer.role}`), problemCaseId, ...ruling } },
    );
    done(position, arbitrateProblemCase, (one) => one.problemCase);
  }
}

async function askForDeletion({ county, ask }: Desk, recordId: string): Promise<void> {
  const input = {
    idempotencyKey: idempotencyKey(county, 'number-deletion'),
    ...{ recordId, reason: '演示：号码编发有误。', evidence: [PAPER] },
  };
  const { requestNumberDeletion } = await ask<operations.NumberDeletionAnswer>(
    PROVINCE_CLERK,
    operations.REQUEST_NUMBER_DELETION,
    { input },
  );
  done('requestNumberDeletion', requestNumberDeletion, (one) => one.application);
}
