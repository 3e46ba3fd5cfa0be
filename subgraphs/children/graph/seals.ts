import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Access, Act, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { DateTime } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Child, ChildSeal, SealGround } from '../model.ts';
import type { Sealing } from '../rules/sealing.ts';
import type { Context } from './context.ts';
import { DocumentKindEnum, SealGroundEnum } from './enums.ts';
import { ChildType } from './types.ts';

const AUTHORITIES = ACTIONS.sealChild;

@Access(...CLERKS)
@ObjectType('ChildSeal', {
  simpleResolvers: true,
  ...d('封存：保护令等之下的儿童', 'Why a child is out of sight for all but named persons'),
})
class ChildSealType implements Pick<ChildSeal, 'ground' | 'at'> {
  @Field(() => SealGroundEnum, d('依据', 'On what ground'))
  ground!: SealGround;

  @Field(() => DateTime, d('封存时间', 'Since when'))
  at!: Date;

  @Access(...AUTHORITIES)
  @Field(() => String, d('文书编号', 'The number of the order'))
  reference!: string;

  @Access(...AUTHORITIES)
  @Field(() => String, d('封存机关代码', 'The authority that sealed it, by its region'))
  areaCode!: string;
}

@InputType('SealChildInput', d('封存儿童信息', 'Putting a child out of sight'))
class SealChildInput implements Sealing {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(() => ID, d('儿童', 'The child'))
  childId!: string;

  @Field(() => SealGroundEnum, d('依据', 'On what ground'))
  ground!: SealGround;

  @Field(() => String, d('文书编号，至多 100 字', 'The number of the order, at most 100 characters'))
  reference!: string;
}

@InputType('UnsealChildInput', d('解除封存', 'Lifting a seal'))
class UnsealChildInput extends SealChildInput {}

@Access(...AUTHORITIES)
@ObjectType('SealChildPayload', { simpleResolvers: true, ...d('办理结果', 'What came of it') })
class SealChildPayload {
  @Field(() => Boolean, d('是否已办', 'Whether it was done'))
  done!: boolean;

  @Field(
    () => Boolean,
    d(
      '各子图是否均已生效；否则数秒内补达',
      'Whether every service has taken it in; where not, it is told again every few seconds',
    ),
  )
  everywhere!: boolean;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}

@Access(...AUTHORITIES)
@ObjectType('UnsealChildPayload', { simpleResolvers: true, ...d('办理结果', 'What came of it') })
class UnsealChildPayload extends SealChildPayload {}

@Resolver(() => ChildType)
export class ChildSealField {
  @Access(...CLERKS)
  @FieldResolver(() => ChildSealType, {
    nullable: true,
    ...d('现行封存；仅有权者可见该儿童', 'The seal it is under; only named persons see such a child'),
  })
  async seal(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<ChildSeal | null> {
    const last = (await loaders.sealsOf.load(id)).at(-1);
    return last?.act === 'SEAL' ? last : null;
  }
}

@Resolver()
export class ChildSeals {
  @Act('sealChild')
  @Mutation(() => SealChildPayload, {
    nullable: true,
    ...d(
      '依法封存一名儿童：无权者一律如同不存在',
      'Put a child out of sight on a legal ground: to whoever has no right it is as if it were not there',
    ),
  })
  async sealChild(
    @Arg('input', () => SealChildInput, d('输入', 'The input')) { idempotencyKey, ...wish }: SealChildInput,
    @Ctx() { children, loaders, viewer }: Context,
  ): Promise<SealChildPayload> {
    const answer = await children.sealChild(viewer, idempotencyKey, wish);
    loaders.child.clearAll();
    return { ...answer, done: answer.childId !== null };
  }

  @Act('unsealChild')
  @Mutation(() => UnsealChildPayload, {
    nullable: true,
    ...d('解除封存，由同级或上级办理', 'Lift a seal; the same level or one above does'),
  })
  async unsealChild(
    @Arg('input', () => UnsealChildInput, d('输入', 'The input'))
    { idempotencyKey, ...wish }: UnsealChildInput,
    @Ctx() { children, loaders, viewer }: Context,
  ): Promise<UnsealChildPayload> {
    const answer = await children.unsealChild(viewer, idempotencyKey, wish);
    loaders.child.clearAll();
    return { ...answer, done: answer.childId !== null };
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @Query(() => ID, {
    nullable: true,
    ...d('按证件查儿童标识（子图间）', 'The child of a document, for the neighbour that breaks the glass'),
  })
  childIdOfDocument(
    @Arg('kind', () => DocumentKindEnum, d('证件类型', 'The kind of the document')) kind: DocumentKind,
    @Arg('number', () => String, d('证件号码', 'Its whole number')) number: string,
    @Ctx() { children }: Context,
  ): Promise<string | null> {
    return children.childIdOfDocument(kind, number);
  }
}
