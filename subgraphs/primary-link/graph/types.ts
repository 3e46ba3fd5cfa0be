import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import type {
  Archive,
  NumberChangeReason,
  NumberResolution,
  PreschoolStatus,
  ResolutionOutcome,
} from '../model.ts';
import { TakeOverArchiveType } from './archive-type.ts';
import type { Context } from './context.ts';
import { NumberChangeReasonEnum, PreschoolStatusEnum, ResolutionOutcomeEnum } from './enums.ts';
import { InstitutionStub } from './neighbours.ts';

@Access(...ACTIONS.resolveNumber)
@ObjectType('NumberResolution', {
  simpleResolvers: true,
  ...d('学籍号查询结果', 'What a number and a birth date lead to'),
})
export class NumberResolutionType implements Omit<
  NumberResolution,
  'institutionCode' | 'currentNumber' | 'whose'
> {
  @Field(() => ResolutionOutcomeEnum, d('结果', 'Whether there is a record'))
  outcome!: ResolutionOutcome;

  @Field(() => PreschoolStatusEnum, { nullable: true, ...d('学籍状态', 'The state of the record') })
  status!: PreschoolStatus | null;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('所查学籍号的编发日期', 'When the number asked for was issued'),
  })
  issuedOn!: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    ...d(
      '所查学籍号的停用日期，仍为现号的为空',
      'When another number took its place; null while it is current',
    ),
  })
  changedOn!: string | null;

  @Field(() => NumberChangeReasonEnum, {
    nullable: true,
    ...d('所查学籍号的停用原因', 'Why another number took its place'),
  })
  changeReason!: NumberChangeReason | null;

  @Field(() => InstitutionStub, { nullable: true, ...d('所在幼儿园', 'The last kindergarten') })
  institution!: InstitutionStub | null;

  @Field(() => TakeOverArchiveType, {
    nullable: true,
    ...d(
      '入学所需的档案摘要；无学籍时为空',
      'As much of the archive as admission needs; null without a record',
    ),
  })
  archive!: Archive | null;

  @Field(() => String, d('中文说明', 'What it means, in Chinese'))
  message!: string;

  @Field(() => String, d('英文说明', 'The same in English'))
  messageEn!: string;
}

/** A resolution on its way to whoever asked. */
export type Shown = NumberResolutionType & Pick<NumberResolution, 'currentNumber' | 'whose'>;

@Resolver(() => NumberResolutionType)
export class NumberResolutionFields {
  @FieldResolver(() => String, {
    nullable: true,
    ...d('现学籍号；可能与所查号不同', 'Its current number, which may be another than the one asked for'),
  })
  currentNumber(@Root() { currentNumber, whose }: Shown, @Ctx() { showing }: Context) {
    return currentNumber === null || whose === null ? null : showing.number(whose, currentNumber);
  }
}
