/** What primary-link asks and tells about records that change hands; no client sees these names. */
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import type { GivingBack, Numbered, Promoted, Promoting } from '../service/promote.ts';
import type { SubjectAnswer, SubjectQuestion } from '../service/take-over-subjects.ts';

@Directive('@inaccessible')
@InputType('TakeOverSubjectInput', d('所指学籍（子图间）', 'Which record is meant, for neighbours'))
export class TakeOverSubjectInput implements SubjectQuestion {
  @Field(() => ID, { nullable: true, ...d('学籍', 'The record; or a number and a birth date') })
  recordId?: string | null;

  @Field(() => String, { nullable: true, ...d('学籍号', 'A number it has or had') })
  number?: string | null;

  @Field(() => String, { nullable: true, ...d('出生日期', 'The birth date that must fit the number') })
  bornOn?: string | null;

  @Field(() => String, { nullable: true, ...d('入学日期，空为今天', 'The day of admission; null for today') })
  admittedOn?: string | null;
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('TakeOverSubject', {
  simpleResolvers: true,
  ...d('拟接续的学籍（子图间）', 'A record about to be taken over, for neighbours'),
})
export class TakeOverSubject implements Omit<SubjectAnswer, 'userErrors'> {
  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => ID, d('儿童', 'The child'))
  childId!: string;

  @Field(() => String, d('现学籍号', 'Its current number'))
  number!: string;

  @Field(() => String, d('状态', 'Its status'))
  status!: string;

  @Field(() => LocalDate, d('出生日期', 'The birth date'))
  bornOn!: string;

  @Field(() => String, d('性别', 'The sex'))
  sex!: string;

  @Field(() => LocalDate, d('入园日期', 'When the child entered'))
  enteredOn!: string;

  @Field(() => String, d('机构标识码', 'Its institution, by code'))
  institutionCode!: string;

  @Field(() => String, d('省级代码', 'Its province'))
  provinceCode!: string;

  @Field(() => String, { nullable: true, ...d('地级代码', 'Its city') })
  cityCode!: string | null;

  @Field(() => String, d('县级代码', 'Its county'))
  countyCode!: string;

  @Field(() => [UserErrorType], d('不能升学的原因', 'Why it could not be promoted now'))
  userErrors!: readonly UserErrorType[];
}

@Directive('@inaccessible')
@InputType('PromotionInput', d('一项升学（子图间）', 'A record to be promoted, for neighbours'))
export class PromotionInput implements Promoting {
  @Field(() => ID, d('接续', 'The take-over'))
  takeOverId!: string;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => String, d('小学标识码', 'The school, by its code'))
  schoolCode!: string;

  @Field(() => String, d('入学日期', 'The first day in primary school'))
  admittedOn!: string;

  @Field(() => String, d('办理账号', 'Who acknowledged it'))
  account!: string;
}

@Directive('@inaccessible')
@InputType('GiveBackInput', d('一项退回（子图间）', 'A record to be given back, for neighbours'))
export class GiveBackInput implements GivingBack {
  @Field(() => ID, d('接续', 'The take-over'))
  takeOverId!: string;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => String, d('小学标识码', 'The school, by its code'))
  schoolCode!: string;

  @Field(() => String, d('办理账号', 'Who gave it back'))
  account!: string;
}

@Directive('@inaccessible')
@InputType('PromoteRecordsInput', d('升学（子图间）', 'Promoting, for neighbours'))
export class PromoteRecordsInput {
  @Field(() => String, d('幂等键', 'The idempotency key'))
  idempotencyKey!: string;

  @Field(() => [PromotionInput], d('至多 500 项', 'At most 500'))
  items!: PromotionInput[];
}

@Directive('@inaccessible')
@InputType('GiveBackRecordsInput', d('退回（子图间）', 'Giving back, for neighbours'))
export class GiveBackRecordsInput {
  @Field(() => String, d('幂等键', 'The idempotency key'))
  idempotencyKey!: string;

  @Field(() => [GiveBackInput], d('至多 500 项', 'At most 500'))
  items!: GiveBackInput[];
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('PromotionResult', {
  simpleResolvers: true,
  ...d('逐项结果（子图间）', 'What came of one, for neighbours'),
})
export class PromotionResult implements Omit<Numbered, 'userErrors'> {
  @Field(() => ID, d('接续', 'The take-over'))
  takeOverId!: string;

  @Field(() => String, {
    nullable: true,
    ...d('结果，拒绝为空', 'PROMOTED or GIVEN_BACK; null where refused'),
  })
  state!: Promoted['state'];

  @Field(() => String, { nullable: true, ...d('此前状态', 'What the record was before') })
  statusBefore!: Promoted['statusBefore'];

  @Field(() => String, {
    nullable: true,
    ...d('升学时的学籍号，用于凭证', 'Its number where promoted, for the receipt'),
  })
  number!: string | null;

  @Field(() => [UserErrorType], d('拒绝理由', 'Why not'))
  userErrors!: readonly UserErrorType[];
}

function payload(name: string) {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @ObjectType(name, {
    simpleResolvers: true,
    ...d('办理结果（子图间）', 'What came of each, for neighbours'),
  })
  class Payload {
    @Field(() => [PromotionResult], d('逐项结果，与输入同序', 'One result for each item, in order'))
    results!: readonly Numbered[];

    @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
    userErrors!: readonly UserErrorType[];
  }
  return Payload;
}
export const PromoteRecordsPayload = payload('PromoteRecordsPayload');
export const GiveBackRecordsPayload = payload('GiveBackRecordsPayload');
