import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { Sized, SizedBy } from '../../../kernel/graph/sizes.ts';
import type { SubjectAnswer } from '../service/take-over-subjects.ts';
import type { Context } from './context.ts';
import {
  GiveBackRecordsInput,
  GiveBackRecordsPayload,
  PromoteRecordsInput,
  PromoteRecordsPayload,
  TakeOverSubject,
  TakeOverSubjectInput,
} from './take-over-types.ts';

const MAX = 500;

@Resolver()
export class TakeOverResolvers {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @Sized(500)
  @SizedBy({ argument: 'items' })
  @Query(() => [TakeOverSubject], {
    nullable: 'itemsAndList',
    ...d('拟接续的学籍，与输入同序（子图间）', 'Records about to be taken over, in order, for neighbours'),
  })
  takeOverSubjects(
    @Arg('items', () => [TakeOverSubjectInput], d('至多 500 项', 'At most 500'))
    items: TakeOverSubjectInput[],
    @Ctx() { records }: Context,
  ): Promise<(SubjectAnswer | null)[]> {
    if (items.length > MAX)
      throw fault('BAD_USER_INPUT', `至多 ${MAX} 项。`, `At most ${MAX} items, ${items.length} came.`);
    return records.takeOverSubjects(items);
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @Mutation(() => PromoteRecordsPayload, {
    nullable: true,
    ...d('升学，可重复（子图间）', 'Promote records; repeatable, for neighbours'),
  })
  promoteRecords(
    @Arg('input', () => PromoteRecordsInput, d('输入', 'The input'))
    { idempotencyKey, items }: PromoteRecordsInput,
    @Ctx() { records, viewer }: Context,
  ) {
    return records.promote(viewer, idempotencyKey, items);
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @Mutation(() => GiveBackRecordsPayload, {
    nullable: true,
    ...d('退回，可重复（子图间）', 'Give records back; repeatable, for neighbours'),
  })
  giveBackRecords(
    @Arg('input', () => GiveBackRecordsInput, d('输入', 'The input'))
    { idempotencyKey, items }: GiveBackRecordsInput,
    @Ctx() { records, viewer }: Context,
  ) {
    return records.giveBack(viewer, idempotencyKey, items);
  }
}
