import { Field, ID, InputType } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import type { ApplicationAct } from '../service/act-on-applications.ts';
import type { LeaveReason } from '../model.ts';
import type { Leaving } from '../service/leave.ts';
import type { ClassMove } from '../service/move-class.ts';
import type { NewEnrolment } from '../service/submit-enrolments.ts';
import { LeaveReasonEnum } from './enums.ts';
import { EvidenceInput } from './evidence.ts';
import { KeyChangesInput } from './key-changes.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const application = d('业务办理', 'The application');

@InputType('EnrolmentInput', d('一名儿童入园建籍', 'One child that enters'))
export class EnrolmentInput implements NewEnrolment {
  @Field(() => ID, d('儿童', 'The child'))
  childId!: string;

  @Field(() => String, d('机构标识码', 'The institution, by its code'))
  institutionCode!: string;

  @Field(() => ID, d('班级', 'The class'))
  classId!: string;

  @Field(() => String, d('入园日期 YYYY-MM-DD', 'When the child entered, YYYY-MM-DD'))
  enteredOn!: string;
}

@InputType('SubmitEnrolmentInput', d('提交建籍', 'Submitting one enrolment'))
export class SubmitEnrolmentInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => EnrolmentInput, d('建籍', 'The enrolment'))
  enrolment!: EnrolmentInput;
}

@InputType('SubmitEnrolmentsInput', d('批量提交建籍', 'Submitting many enrolments'))
export class SubmitEnrolmentsInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [EnrolmentInput], d('建籍，至多 200 项', 'The enrolments, at most 200'))
  items!: EnrolmentInput[];
}

@InputType('ApproveApplicationInput', d('核准', 'Approving one application'))
export class ApproveApplicationInput implements ApplicationAct {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, application)
  applicationId!: string;

  @Field(() => String, {
    nullable: true,
    ...d(
      '理由，至多 200 字；转出园有异议时必填',
      'Why, at most 200 characters; an objection must be answered',
    ),
  })
  reason?: string | null;
}

@InputType('ApproveApplicationsInput', d('批量核准', 'Approving many applications'))
export class ApproveApplicationsInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [ID], d('业务办理，至多 200 项', 'The applications, at most 200'))
  applicationIds!: string[];
}

@InputType('ReturnApplicationInput', d('退回', 'Returning an application for completion'))
export class ReturnApplicationInput implements ApplicationAct {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, application)
  applicationId!: string;

  @Field(() => String, d('理由，至多 200 字', 'Why, at most 200 characters'))
  reason!: string;
}

@InputType('RefuseApplicationInput', d('不予核准', 'Refusing an application'))
export class RefuseApplicationInput extends ReturnApplicationInput {}

@InputType('WithdrawApplicationInput', d('撤回', 'Withdrawing an application'))
export class WithdrawApplicationInput implements ApplicationAct {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, application)
  applicationId!: string;

  @Field(() => String, { nullable: true, ...d('理由，至多 200 字', 'Why, at most 200 characters') })
  reason?: string | null;
}

@InputType('ResubmitApplicationInput', d('重新提交', 'Submitting a returned application again'))
export class ResubmitApplicationInput implements ApplicationAct {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, application)
  applicationId!: string;

  @Field(() => ID, { nullable: true, ...d('更正后的班级', 'The class, if it was wrong') })
  classId?: string | null;

  @Field(() => String, { nullable: true, ...d('更正后的入园日期', 'The entry date, if it was wrong') })
  enteredOn?: string | null;

  @Field(() => String, {
    nullable: true,
    ...d('更正后的缓学截止日期', 'The last day of a deferral, if it was wrong'),
  })
  until?: string | null;

  @Field(() => [EvidenceInput], { nullable: true, ...d('补正后的佐证', 'The evidence, if it was wanting') })
  evidence?: EvidenceInput[] | null;

  @Field(() => KeyChangesInput, {
    nullable: true,
    ...d(
      '补正后的更正内容（整体替换）',
      'What a correction asks for, if that was wrong; it replaces all of it',
    ),
  })
  changes?: KeyChangesInput | null;
}

@InputType('MoveClassInput', d('调班', 'Moving a child to another class'))
export class MoveClassInput implements ClassMove {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => ID, d('新班级', 'The new class'))
  classId!: string;

  @Field(() => String, d('到新班级的首日 YYYY-MM-DD', 'The first day in the new class, YYYY-MM-DD'))
  on!: string;
}

@InputType('LeaveInput', d('离园', 'A child leaves its kindergarten'))
export class LeaveInput implements Leaving {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => LeaveReasonEnum, d('离园原因', 'Why the child leaves'))
  reason!: LeaveReason;

  @Field(() => String, {
    nullable: true,
    ...d('说明，至多 200 字；原因为“其他”时必填', 'A remark of at most 200 characters; OTHER needs one'),
  })
  remark?: string | null;

  @Field(
    () => String,
    d('离园首日 YYYY-MM-DD：自该日起不在园', 'The first day the child is no longer there, YYYY-MM-DD'),
  )
  on!: string;
}
