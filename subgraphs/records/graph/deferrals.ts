import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { Access, Act, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { addDays } from '../../../kernel/rules/plain-date.ts';
import type { Application } from '../model.ts';
import { dayOf, type Seen } from '../rules/as-of.ts';
import type { NewDeferral } from '../service/request-deferral.ts';
import type { Context } from './context.ts';
import { EvidenceInput } from './evidence.ts';
import { actPayload, showOne } from './payloads.ts';
import { ApplicationType, RecordType } from './types.ts';

@InputType('RequestDeferralInput', d('申请缓学留园，或续期', 'Asking for a deferral, or for its renewal'))
export class RequestDeferralInput implements NewDeferral {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(
    () => String,
    d(
      '起始日期 YYYY-MM-DD；续期至迟为现缓学截止次日',
      'The first day, YYYY-MM-DD; of a renewal at the latest the day after the present deferral',
    ),
  )
  on!: string;

  @Field(
    () => String,
    d(
      '截止日期 YYYY-MM-DD：次日自动恢复在园',
      'The last day, YYYY-MM-DD; on the next the child is enrolled as before',
    ),
  )
  until!: string;

  @Field(() => [EvidenceInput], d('佐证，须含缓学证明材料', 'Evidence, proof for the deferral among it'))
  evidence!: EvidenceInput[];
}

const RequestDeferralPayload = actPayload('RequestDeferral');

@Resolver()
export class DeferralMutations {
  @Act('requestDeferral')
  @Mutation(() => RequestDeferralPayload, {
    nullable: true,
    ...d('申请缓学留园，由县级核准', 'Ask for a deferral of entry to school; the county decides'),
  })
  async requestDeferral(
    @Arg('input', () => RequestDeferralInput, d('输入', 'The input'))
    { idempotencyKey, ...deferral }: RequestDeferralInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.requestDeferral(context.viewer, idempotencyKey, deferral));
  }
}

@Access(...CLERKS)
@ObjectType('Deferral', { simpleResolvers: true, ...d('缓学留园', 'A deferral of entry to school') })
export class DeferralType {
  @Field(() => LocalDate, d('截止日期', 'Its last day'))
  until!: string;

  @Field(() => LocalDate, d('自此日起提醒续期', 'From this day on somebody is reminded to renew it'))
  remindOn!: string;

  @Field(() => Boolean, d('现在可以申请续期', 'Whether a renewal may be asked for now'))
  renewable!: boolean;
}

@Resolver(() => RecordType)
export class RecordDeferral {
  @Access(...CLERKS)
  @FieldResolver(() => DeferralType, { nullable: true, ...d('缓学留园', 'Its deferral, if there is one') })
  async deferral(@Root() record: Seen, @Ctx() { loaders }: Context): Promise<DeferralType | null> {
    const { id, status, deferredUntil: until, provinceCode } = record;
    if (until === null) return null;
    const [{ deferralReminderDays }, applications] = await Promise.all([
      loaders.settingsOf.load(provinceCode),
      loaders.applicationsOf.load(id),
    ]);
    const undecided = applications.some(({ task }) => task !== null);
    const remindOn = addDays(until, -deferralReminderDays);
    // Acts are of now, whatever day is looked back to.
    const renewable = status === 'DEFERRED' && !undecided && dayOf(record) === null;
    return { until, remindOn, renewable };
  }
}

@Resolver(() => ApplicationType)
export class DeferralFields {
  @FieldResolver(() => LocalDate, {
    nullable: true,
    ...d('所申请的缓学截止日期', 'The last day of the deferral it asks for, if it is one'),
  })
  until(@Root() { details }: Application): string | null {
    return details?.until ?? null;
  }
}
