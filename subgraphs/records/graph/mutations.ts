import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Context } from './context.ts';
import * as inputs from './inputs.ts';
import * as payloads from './payloads.ts';

const { showAll, showOne } = payloads;
const input = d('输入', 'The input');

@Resolver()
export class EnrolmentMutations {
  @Act('submitEnrolment')
  @Mutation(() => payloads.SubmitEnrolmentPayload, {
    nullable: true,
    ...d('提交建籍', 'Submit an enrolment'),
  })
  async submitEnrolment(
    @Arg('input', () => inputs.SubmitEnrolmentInput, input)
    { idempotencyKey, enrolment }: inputs.SubmitEnrolmentInput,
    @Ctx() context: Context,
  ) {
    const answer = await context.records.submitEnrolments(context.viewer, idempotencyKey, [enrolment]);
    return showOne(context, answer, ['enrolment']);
  }

  @Act('submitEnrolment')
  @Mutation(() => payloads.SubmitEnrolmentsPayload, {
    nullable: true,
    ...d('批量提交建籍', 'Submit many enrolments'),
  })
  async submitEnrolments(
    @Arg('input', () => inputs.SubmitEnrolmentsInput, input)
    { idempotencyKey, items }: inputs.SubmitEnrolmentsInput,
    @Ctx() context: Context,
  ) {
    return showAll(
      context,
      await context.records.submitEnrolments(context.viewer, idempotencyKey, items),
      'items',
    );
  }

  @Act('resubmitApplication')
  @Mutation(() => payloads.ResubmitApplicationPayload, {
    nullable: true,
    ...d('重新提交', 'Submit a returned application again'),
  })
  async resubmitApplication(
    @Arg('input', () => inputs.ResubmitApplicationInput, input)
    { idempotencyKey, ...act }: inputs.ResubmitApplicationInput,
    @Ctx() context: Context,
  ) {
    return showOne(
      context,
      await context.records.resubmitApplications(context.viewer, idempotencyKey, [act]),
    );
  }

  @Act('withdrawApplication')
  @Mutation(() => payloads.WithdrawApplicationPayload, {
    nullable: true,
    ...d('撤回', 'Withdraw an application'),
  })
  async withdrawApplication(
    @Arg('input', () => inputs.WithdrawApplicationInput, input)
    { idempotencyKey, ...act }: inputs.WithdrawApplicationInput,
    @Ctx() context: Context,
  ) {
    return showOne(
      context,
      await context.records.withdrawApplications(context.viewer, idempotencyKey, [act]),
    );
  }

  @Act('moveClass')
  @Mutation(() => payloads.MoveClassPayload, {
    nullable: true,
    ...d('调班', 'Move a child to another class'),
  })
  async moveClass(
    @Arg('input', () => inputs.MoveClassInput, input) { idempotencyKey, ...move }: inputs.MoveClassInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.moveClass(context.viewer, idempotencyKey, move));
  }

  @Act('leave')
  @Mutation(() => payloads.LeavePayload, {
    nullable: true,
    ...d('离园；学籍与学籍号保留', 'A child leaves; its record and its number are kept'),
  })
  async leave(
    @Arg('input', () => inputs.LeaveInput, input) { idempotencyKey, ...leaving }: inputs.LeaveInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.leave(context.viewer, idempotencyKey, leaving));
  }
}

@Resolver()
export class DecisionMutations {
  @Act('approveApplication')
  @Mutation(() => payloads.ApproveApplicationPayload, {
    nullable: true,
    ...d('核准；学籍号即时生成', 'Approve an application; the number is issued now'),
  })
  async approveApplication(
    @Arg('input', () => inputs.ApproveApplicationInput, input)
    { idempotencyKey, ...act }: inputs.ApproveApplicationInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.approveApplications(context.viewer, idempotencyKey, [act]));
  }

  @Act('approveApplication')
  @Mutation(() => payloads.ApproveApplicationsPayload, {
    nullable: true,
    ...d('批量核准', 'Approve many applications'),
  })
  async approveApplications(
    @Arg('input', () => inputs.ApproveApplicationsInput, input)
    { idempotencyKey, applicationIds }: inputs.ApproveApplicationsInput,
    @Ctx() context: Context,
  ) {
    const acts = applicationIds.map((applicationId) => ({ applicationId }));
    const answer = await context.records.approveApplications(context.viewer, idempotencyKey, acts);
    return showAll(context, answer, 'applicationIds');
  }

  @Act('returnApplication')
  @Mutation(() => payloads.ReturnApplicationPayload, {
    nullable: true,
    ...d('退回', 'Return an application for completion'),
  })
  async returnApplication(
    @Arg('input', () => inputs.ReturnApplicationInput, input)
    { idempotencyKey, ...act }: inputs.ReturnApplicationInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.returnApplications(context.viewer, idempotencyKey, [act]));
  }

  @Act('refuseApplication')
  @Mutation(() => payloads.RefuseApplicationPayload, {
    nullable: true,
    ...d('不予核准', 'Refuse an application'),
  })
  async refuseApplication(
    @Arg('input', () => inputs.RefuseApplicationInput, input)
    { idempotencyKey, ...act }: inputs.RefuseApplicationInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.refuseApplications(context.viewer, idempotencyKey, [act]));
  }
}
