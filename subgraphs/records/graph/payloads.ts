import type DataLoader from 'dataloader';
import { Field, ObjectType } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { under } from '../../../kernel/rules/user-errors.ts';
import type { Application, Record } from '../model.ts';
import type { BatchAnswer, Done } from '../service/deps.ts';
import type { Context } from './context.ts';
import { ApplicationType, RecordType } from './types.ts';

/** What every act answers: the things as they are now, and why it was refused. */
export interface ActPayload {
  readonly application: Application | null;
  readonly record: Record | null;
  readonly warnings: readonly UserErrorType[];
  readonly userErrors: readonly UserErrorType[];
}

export interface BatchPayload {
  readonly results: readonly ActPayload[];
  readonly userErrors: readonly UserErrorType[];
}

/** The payload type of one act; they are alike, but each act keeps its own name, so that one can grow alone. */
export function actPayload(name: string) {
  @Access(...CLERKS)
  @ObjectType(`${name}Payload`, { simpleResolvers: true, ...d('办理结果', 'What came of it') })
  class Payload implements ActPayload {
    @Field(() => ApplicationType, { nullable: true, ...d('业务办理', 'The application as it is now') })
    application!: Application | null;

    @Field(() => RecordType, { nullable: true, ...d('学籍', 'The record as it is now') })
    record!: Record | null;

    @Field(() => [UserErrorType], d('提示', 'What was let through but should be looked at'))
    warnings!: readonly UserErrorType[];

    @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
    userErrors!: readonly UserErrorType[];
  }
  return Payload;
}

export function batchPayload(name: string, one: ReturnType<typeof actPayload>) {
  @Access(...CLERKS)
  @ObjectType(`${name}Payload`, { simpleResolvers: true, ...d('批量办理结果', 'What came of each') })
  class Payload {
    @Field(() => [one], d('逐项结果，与输入同序', 'One result for each item, in order'))
    results!: ActPayload[];

    @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
    userErrors!: readonly UserErrorType[];
  }
  return Payload;
}

export const SubmitEnrolmentPayload = actPayload('SubmitEnrolment');
export const SubmitEnrolmentsPayload = batchPayload('SubmitEnrolments', SubmitEnrolmentPayload);
export const ApproveApplicationPayload = actPayload('ApproveApplication');
export const ApproveApplicationsPayload = batchPayload('ApproveApplications', ApproveApplicationPayload);
export const ReturnApplicationPayload = actPayload('ReturnApplication');
export const RefuseApplicationPayload = actPayload('RefuseApplication');
export const WithdrawApplicationPayload = actPayload('WithdrawApplication');
export const ResubmitApplicationPayload = actPayload('ResubmitApplication');
export const MoveClassPayload = actPayload('MoveClass');
export const LeavePayload = actPayload('Leave');

/** What the act left behind: an earlier act of the same request may have read it before. */
function afresh<T>(loader: DataLoader<string, T | null>, id: string | null): Promise<T | null> | null {
  return id === null ? null : loader.clear(id).load(id);
}

/** What a service answered, as the graph shows it; `prefix` leads from the input to the item. */
async function shown({ loaders }: Context, done: Done, prefix: readonly string[]): Promise<ActPayload> {
  if (done.recordId !== null)
    for (const lists of [loaders.placementsOf, loaders.eventsOf, loaders.applicationsOf, loaders.numbersOf])
      (lists as DataLoader<string, unknown>).clear(done.recordId);
  const [application, record] = await Promise.all([
    afresh(loaders.application, done.applicationId),
    afresh(loaders.record, done.recordId),
  ]);
  return {
    application,
    record,
    warnings: under(prefix, done.warnings),
    userErrors: under(prefix, done.userErrors),
  };
}

export async function showOne(
  context: Context,
  answer: BatchAnswer<Done>,
  prefix: readonly string[] = [],
): Promise<ActPayload> {
  const [done] = answer.results;
  if (done) return shown(context, done, prefix);
  return { application: null, record: null, warnings: [], userErrors: answer.userErrors };
}

export async function showAll(
  context: Context,
  answer: BatchAnswer<Done>,
  list: string,
): Promise<BatchPayload> {
  const results = await Promise.all(answer.results.map((done, i) => shown(context, done, [list, String(i)])));
  return { results, userErrors: answer.userErrors };
}
