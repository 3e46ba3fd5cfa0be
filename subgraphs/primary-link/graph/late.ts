import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { demandPurpose } from '../../../kernel/graph/purpose.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import type { LateLink } from '../rules/linking.ts';
import type { Context } from './context.ts';
import { spend } from './quota.ts';
import { payloads, shownMany, shownOne } from './take-over-payloads.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const input = d('输入', 'The input');

@InputType('LateLinkItem', d('一项补接', 'One record found late'))
class LateLinkItemInput implements LateLink {
  @Field(() => String, d('学前学籍号，现号或曾用号', 'A number of the preschool record, present or former'))
  number!: string;

  @Field(() => LocalDate, d('出生日期', 'The birth date that must fit it'))
  bornOn!: string;

  @Field(() => String, d('小学已另编的学籍号', 'The number the school has given the child'))
  schoolNumber!: string;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('入学日期，空为今天', 'The first day in primary school; today where left out'),
  })
  admittedOn?: string | null;
}

@InputType('LinkLateRecordInput', d('补接学前学籍', 'Linking a record found late'))
class LinkLateRecordInput extends LateLinkItemInput {
  @Field(() => String, key)
  idempotencyKey!: string;
}

@InputType('LinkLateRecordsInput', d('批量补接', 'Linking records found late'))
class LinkLateRecordsInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [LateLinkItemInput], d('至多 500 项', 'At most 500'))
  items!: LateLinkItemInput[];
}

const [LinkLateRecordPayload, LinkLateRecordsPayload] = payloads('LinkLateRecord');

@Resolver()
export class LateLinks {
  @Act('linkLateRecord')
  @Mutation(() => LinkLateRecordPayload, {
    nullable: true,
    ...d(
      '入学后发现学前学籍：申领并确认，学校已编的号自此指向该学籍，两段历史相接',
      'Link a record found after the school had created its own: claimed and acknowledged at once; the school’s number leads to it from then on',
    ),
  })
  async linkLateRecord(
    @Arg('input', () => LinkLateRecordInput, input) { idempotencyKey, ...item }: LinkLateRecordInput,
    @Ctx() context: Context,
  ) {
    demandPurpose(context, 'RECORD_NUMBER');
    await spend(context, 'LINK_LATE', 'NUMBERS', 1);
    const { primaryLink, viewer } = context;
    return shownOne(context, await primaryLink.linkLateRecords(viewer, idempotencyKey, [item]));
  }

  @Act('linkLateRecord')
  @Mutation(() => LinkLateRecordsPayload, {
    nullable: true,
    ...d('批量补接，逐项办理', 'Link records found late, each on its own'),
  })
  async linkLateRecords(
    @Arg('input', () => LinkLateRecordsInput, input) { idempotencyKey, items }: LinkLateRecordsInput,
    @Ctx() context: Context,
  ) {
    demandPurpose(context, 'RECORD_NUMBER');
    await spend(context, 'LINK_LATE', 'NUMBERS', items.length);
    const { primaryLink, viewer } = context;
    return shownMany(context, await primaryLink.linkLateRecords(viewer, idempotencyKey, items));
  }
}
