import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import type { Application, ObjectionGround } from '../model.ts';
import { hasApplied, readsPapers, readsReason, readsRemark, readsStatement } from '../rules/words.ts';
import type { Context } from './context.ts';
import { ObjectionGroundEnum } from './enums.ts';
import { EvidenceType } from './evidence.ts';
import { ApplicationType } from './types.ts';

@Access(...CLERKS)
@ObjectType('Objection', {
  simpleResolvers: true,
  ...d('转出园的异议', 'The objection of a sending kindergarten'),
})
export class ObjectionType {
  @Field(() => ObjectionGroundEnum, d('理由', 'Its ground'))
  ground!: ObjectionGround;

  @Field(() => String, {
    nullable: true,
    ...d('说明；转入园不可见', 'The remark, if any; not for the receiving kindergarten'),
  })
  remark!: string | null;
}

/** While nobody has decided, every party is concerned, so nothing has to be looked up. */
const hasRecord = async ({ task, recordId }: Application, { loaders }: Context): Promise<boolean> =>
  task === null && (await loaders.record.load(recordId)) !== null;

const ask = async (reads: typeof readsReason, application: Application, context: Context): Promise<boolean> =>
  reads(application, context.viewer, await hasRecord(application, context));

/** What people say on an application and who they are: for those whom it concerns, as long as it does. */
@Resolver(() => ApplicationType)
export class ApplicationWords {
  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '提交账号；与儿童不再相关的一方不可见',
      'The account that submitted it; null to who is no party any more',
    ),
  })
  async submittedBy(@Root() application: Application, @Ctx() context: Context): Promise<string | null> {
    const reads = hasApplied(application, context.viewer) || (await ask(readsPapers, application, context));
    return reads ? application.submittedBy : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '办理账号：谁审批谁负责；与儿童不再相关的一方不可见',
      'The account that decided: who approves is who answers; null to who is no party any more',
    ),
  })
  async decidedBy(@Root() application: Application, @Ctx() context: Context): Promise<string | null> {
    return (await ask(readsPapers, application, context)) ? application.decidedBy : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '理由；县级以上仅正在办理的一方可见，与儿童不再相关的一方不可见',
      'The reason given; above the county for whose turn it is, and null to who is no party any more',
    ),
  })
  async reason(@Root() application: Application, @Ctx() context: Context): Promise<string | null> {
    return (await ask(readsReason, application, context)) ? application.reason : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d('申请方的说明', 'What the applicant says in its own words, if anything'),
  })
  async statement(@Root() application: Application, @Ctx() context: Context): Promise<string | null> {
    const statement = application.details?.statement ?? null;
    return (await ask(readsStatement, application, context)) ? statement : null;
  }

  @Access(...CLERKS)
  @Sized(5)
  @FieldResolver(
    () => [EvidenceType],
    d('佐证；与儿童不再相关的一方不可见', 'The evidence; none to who is no party any more'),
  )
  async evidence(@Root() application: Application, @Ctx() context: Context) {
    const reads = hasApplied(application, context.viewer) || (await ask(readsPapers, application, context));
    return reads ? application.evidence : [];
  }

  @Access(...CLERKS)
  @FieldResolver(() => ObjectionType, {
    nullable: true,
    ...d('转出园的异议', 'Its objection, if it has one'),
  })
  objection(@Root() application: Application, @Ctx() { viewer }: Context): ObjectionType | null {
    const objection = application.details?.objection;
    if (!objection) return null;
    return { ...objection, remark: readsRemark(application, viewer) ? objection.remark : null };
  }
}
