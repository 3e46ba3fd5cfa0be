import { addDays, compare, today } from '../../../kernel/rules/plain-date.ts';
import { entryClerk, reviewClerk } from './accounts.ts';
import { allDone, done } from './answers.ts';
import type { DemoCounty, DemoEnrolment, DemoKindergarten } from './model.ts';
import { classKey, idempotencyKey, type ClassIds } from './open-county.ts';
import {
  AGREE_TO_TRANSFER,
  OBJECT_TO_TRANSFER,
  REGISTER_CHILDREN,
  REQUEST_TRANSFER,
  type AgreeToTransferAnswer,
  type ObjectToTransferAnswer,
  type RegisterChildrenAnswer,
  type RequestTransferAnswer,
} from './seed-operations.ts';
import type { Ask } from './viewer-spec.ts';

/** How far each transfer out of the first kindergarten goes; the last waits for nobody but a clerk to ask for it. */
const STAGES = ['ASKED', 'ASKED', 'AGREED', 'OBJECTED'] as const;
type Stage = (typeof STAGES)[number];

/** The guardians' application is a paper elsewhere; its reference and digest are invented. */
const PAPER = { kind: 'GUARDIAN_APPLICATION', reference: 'DEMO-2026-0001', digest: '5e'.repeat(32) };

/**
 * A few transfers under way between the first two kindergartens, so that every queue has work: some wait for the old
 * kindergarten, one is agreed to, one objected to; and the first kindergarten has registered a child of the second's,
 * for whose transfer it may ask.
 */
export async function seedTransfers(county: DemoCounty, classes: ClassIds, ask: Ask): Promise<void> {
  const [first, second] = county.kindergartens;
  if (!first || !second) return;
  const leaving = movable(first).slice(0, STAGES.length);
  const ids = await registerAt(county, second, leaving, ask);
  for (const [at, enrolment] of leaving.entries()) {
    const classId = classFor(second, enrolment, classes);
    await transfer({ county, from: first, to: second, at, childId: ids[at]!, classId, enrolment }, ask);
  }
  await registerAt(county, first, movable(second).slice(0, 1), ask);
}

/** Enrolled children who are known everywhere by one document, and entered before today: a stay has at least one day. */
const movable = ({ enrolments }: DemoKindergarten) =>
  enrolments.filter(
    ({ child, decision, enteredOn }) =>
      decision === 'APPROVE' &&
      child.documentKind === 'RESIDENT_ID' &&
      compare(enteredOn, today(new Date())) < 0,
  );

function classFor(
  { institution, classes: all }: DemoKindergarten,
  { className }: DemoEnrolment,
  ids: ClassIds,
) {
  const alike = all.find(({ name }) => name === className) ?? all[0]!;
  return ids.get(classKey(institution.code, alike.name))!;
}

async function registerAt(
  county: DemoCounty,
  { institution: { code } }: DemoKindergarten,
  enrolments: readonly DemoEnrolment[],
  ask: Ask,
): Promise<string[]> {
  // What the second kindergarten does not know of a child it does not state.
  const items = enrolments.map(({ child }) => ({ ...child, ethnicity: null, householdRegion: null }));
  const input = {
    idempotencyKey: idempotencyKey(county, 'register-transfer', code),
    institutionCode: code,
    items,
  };
  const answer = await ask<RegisterChildrenAnswer>(entryClerk(code), REGISTER_CHILDREN, { input });
  const registered = allDone(
    `registerChildren for transfers, institution ${code}`,
    items.length,
    answer.registerChildren,
    (one) => one.child,
  );
  return registered.map(({ id }) => id);
}

interface Move {
  readonly county: DemoCounty;
  readonly from: DemoKindergarten;
  readonly to: DemoKindergarten;
  readonly at: number;
  readonly childId: string;
  readonly classId: string;
  readonly enrolment: DemoEnrolment;
}

async function transfer(move: Move, ask: Ask): Promise<void> {
  const applicationId = await request(move, ask);
  await answer(move, STAGES[move.at]!, applicationId, ask);
}

async function request({ county, to, at, childId, classId, enrolment }: Move, ask: Ask): Promise<string> {
  const { code } = to.institution;
  const input = {
    idempotencyKey: idempotencyKey(county, 'transfer', code, at),
    ...{
      childId,
      institutionCode: code,
      classId,
      enteredOn: addDays(enrolment.enteredOn, 1),
      evidence: [PAPER],
    },
  };
  const { requestTransfer } = await ask<RequestTransferAnswer>(entryClerk(code), REQUEST_TRANSFER, { input });
  return done(`requestTransfer, institution ${code}, ${at + 1}`, requestTransfer, (one) => one.application)
    .id;
}

async function answer(
  { county, from, at }: Move,
  stage: Stage,
  applicationId: string,
  ask: Ask,
): Promise<void> {
  const { code } = from.institution;
  const as = reviewClerk(code);
  const position = `answer to transfer ${at + 1}, institution ${code}`;
  const idempotencyKeyOf = (act: string) => idempotencyKey(county, act, code, at);
  if (stage === 'AGREED') {
    const input = { idempotencyKey: idempotencyKeyOf('agree'), applicationId };
    const { agreeToTransfer } = await ask<AgreeToTransferAnswer>(as, AGREE_TO_TRANSFER, { input });
    done(position, agreeToTransfer, (one) => one.application);
  }
  if (stage === 'OBJECTED') {
    const ground = 'CUSTODY_DISPUTED';
    const input = { idempotencyKey: idempotencyKeyOf('object'), applicationId, ground };
    const { objectToTransfer } = await ask<ObjectToTransferAnswer>(as, OBJECT_TO_TRANSFER, { input });
    done(position, objectToTransfer, (one) => one.application);
  }
}
