import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import type { Application, ApplicationStep } from '../model.ts';
import type { TimedStep } from '../service/delays.ts';
import type { Context } from './context.ts';
import { ApplicationTaskEnum, StepOutcomeEnum } from './enums.ts';
import { HolderType, holderType } from './holder.ts';
import { ApplicationType } from './types.ts';

@Access(...CLERKS)
@ObjectType('ApplicationStep', {
  simpleResolvers: true,
  ...d('一个办理环节', 'One turn of one holder; the time between is charged to that holder'),
})
export class ApplicationStepType implements Pick<
  ApplicationStep,
  'seq' | 'task' | 'begunOn' | 'dueOn' | 'endedOn' | 'outcome'
> {
  @Field(() => Int, d('序号，从 1 起', 'Its number, from 1'))
  seq!: number;

  @Field(() => ApplicationTaskEnum, d('事项', 'What was to be done'))
  task!: ApplicationStep['task'];

  @Field(() => LocalDate, d('开始日期', 'The day it came'))
  begunOn!: string;

  @Field(() => LocalDate, d('期限', 'The last day that was in time'))
  dueOn!: string;

  @Field(() => LocalDate, { nullable: true, ...d('办结日期', 'The day it ended; null while it is open') })
  endedOn!: string | null;

  @Field(() => StepOutcomeEnum, { nullable: true, ...d('结果', 'How it ended') })
  outcome!: ApplicationStep['outcome'];

  @Field(() => Int, d('经手工作日', 'Working days it was held, to today while it is open'))
  held!: number;

  @Field(() => Int, d('逾期工作日', 'Working days of these after the day it was due'))
  late!: number;

  @Field(() => Boolean, d('是否逾期', 'Whether it ended, or is still open, after the day it was due'))
  pastDue!: boolean;
}

@Resolver(() => ApplicationStepType)
export class ApplicationStepFields {
  @FieldResolver(() => HolderType, d('经手的一方', 'Whose turn it was'))
  holder(@Root() { holderLevel, holderCode }: TimedStep): HolderType {
    return holderType({ level: holderLevel, code: holderCode });
  }
}

@Resolver(() => ApplicationType)
export class ApplicationStepsField {
  @Access(...CLERKS)
  @Sized(8)
  @FieldResolver(() => [ApplicationStepType], d('办理环节', 'Its steps, in order'))
  steps(@Root() { id }: Application, @Ctx() { loaders }: Context) {
    return loaders.stepsOf.load(id);
  }
}
