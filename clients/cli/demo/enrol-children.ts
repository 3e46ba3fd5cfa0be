import { DECIDING_CLERK, entryClerk } from './accounts.ts';
import { allDone, done, type Position } from './answers.ts';
import { classKey, idempotencyKey, type ClassIds } from './open-county.ts';
import type { DemoCounty, DemoDecision, DemoEnrolment } from './model.ts';
import {
  APPROVE_APPLICATIONS,
  REGISTER_CHILDREN,
  RETURN_APPLICATION,
  SUBMIT_ENROLMENTS,
  type ApproveApplicationsAnswer,
  type RegisterChildrenAnswer,
  type ReturnApplicationAnswer,
  type SubmitEnrolmentsAnswer,
} from './seed-operations.ts';
import type { Ask } from './viewer-spec.ts';

const RETURN_REASON = '请补充居住证明。（演示）';

/** Children of one kindergarten who are sent together. */
export interface Batch {
  readonly county: DemoCounty;
  readonly institutionCode: string;
  readonly at: number;
  readonly enrolments: readonly DemoEnrolment[];
  readonly classes: ClassIds;
}

/** Registered and submitted by the kindergarten, then decided by the county. Throws SeedingFailed. */
export async function enrolBatch(batch: Batch, ask: Ask): Promise<void> {
  const childIds = await register(batch, ask);
  const applicationIds = await submit(batch, childIds, ask);
  await approve(batch, applicationIds, ask);
  await sendBack(batch, applicationIds, ask);
}

async function register(batch: Batch, ask: Ask): Promise<string[]> {
  const { institutionCode, enrolments } = batch;
  const input = {
    idempotencyKey: keyOf(batch, 'register'),
    institutionCode,
    items: enrolments.map(({ child }) => child),
  };
  const answer = await ask<RegisterChildrenAnswer>(entryClerk(institutionCode), REGISTER_CHILDREN, { input });
  return allDone(
    positionOf(batch, 'registerChildren'),
    enrolments.length,
    answer.registerChildren,
    (one) => one.child,
  ).map(({ id }) => id);
}

async function submit(batch: Batch, childIds: readonly string[], ask: Ask): Promise<string[]> {
  const { institutionCode, enrolments, classes } = batch;
  const items = enrolments.map(({ className, enteredOn }, at) => ({
    childId: childIds[at]!,
    institutionCode,
    classId: classes.get(classKey(institutionCode, className))!,
    enteredOn,
  }));
  const input = { idempotencyKey: keyOf(batch, 'submit'), items };
  const answer = await ask<SubmitEnrolmentsAnswer>(entryClerk(institutionCode), SUBMIT_ENROLMENTS, { input });
  return allDone(
    positionOf(batch, 'submitEnrolments'),
    items.length,
    answer.submitEnrolments,
    (one) => one.application,
  ).map(({ id }) => id);
}

async function approve(batch: Batch, ids: readonly string[], ask: Ask): Promise<void> {
  const applicationIds = withDecision(batch, ids, 'APPROVE');
  if (applicationIds.length === 0) return;
  const input = { idempotencyKey: keyOf(batch, 'approve'), applicationIds };
  const answer = await ask<ApproveApplicationsAnswer>(DECIDING_CLERK, APPROVE_APPLICATIONS, { input });
  allDone(
    positionOf(batch, 'approveApplications'),
    applicationIds.length,
    answer.approveApplications,
    (one) => one.application,
  );
}

async function sendBack(batch: Batch, ids: readonly string[], ask: Ask): Promise<void> {
  for (const [at, applicationId] of withDecision(batch, ids, 'RETURN').entries()) {
    const input = { idempotencyKey: keyOf(batch, 'return', at), applicationId, reason: RETURN_REASON };
    const answer = await ask<ReturnApplicationAnswer>(DECIDING_CLERK, RETURN_APPLICATION, { input });
    done(positionOf(batch, 'returnApplication'), answer.returnApplication, (one) => one.application);
  }
}

function withDecision({ enrolments }: Batch, ids: readonly string[], decision: DemoDecision): string[] {
  return ids.filter((_, at) => enrolments[at]!.decision === decision);
}

function keyOf({ county, institutionCode, at }: Batch, act: string, ...more: number[]): string {
  return idempotencyKey(county, act, institutionCode, at, ...more);
}

function positionOf({ institutionCode, at }: Batch, act: string): Position {
  return `${act}, institution ${institutionCode}, batch ${at + 1}`;
}
