import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { holderOf, type Application } from '../model.ts';
import { seesDestination } from '../rules/sees.ts';
import type { Context } from './context.ts';
import { TransferAnswerEnum } from './enums.ts';
import { HolderType, holderType } from './holder.ts';
import { ChildRef, ClassRef, InstitutionRef } from './neighbours.ts';
import { ApplicationType, RecordType } from './types.ts';

@Resolver(() => ApplicationType)
export class ApplicationFields {
  @FieldResolver(() => RecordType, { nullable: true, ...d('学籍', 'The record it is about') })
  record(@Root() { recordId }: Application, @Ctx() { loaders }: Context) {
    return loaders.record.load(recordId);
  }

  @FieldResolver(() => ChildRef, { nullable: true, ...d('儿童', 'The child it is about') })
  async child(@Root() { recordId }: Application, @Ctx() { loaders }: Context): Promise<ChildRef | null> {
    const id = await loaders.childOf.load(recordId);
    return id === null ? null : { id };
  }

  @FieldResolver(() => InstitutionRef, {
    nullable: true,
    ...d('申请机构；转园为转入机构', 'The institution that applied; of a transfer, the receiving one'),
  })
  institution(@Root() { institutionCode }: Application): InstitutionRef {
    return { code: institutionCode };
  }

  @FieldResolver(() => InstitutionRef, {
    nullable: true,
    ...d('转出机构', 'The institution the child comes from'),
  })
  from(@Root() { fromInstitutionCode }: Application): InstitutionRef | null {
    return fromInstitutionCode === null ? null : { code: fromInstitutionCode };
  }

  @FieldResolver(() => ClassRef, {
    nullable: true,
    ...d('拟入班级；转出一方不可见', 'The class it is for; not for the side the child comes from'),
  })
  class(@Root() application: Application, @Ctx() { viewer }: Context): ClassRef | null {
    return seesDestination(viewer.area, application) ? { id: application.classId } : null;
  }

  @FieldResolver(
    () => [UserErrorType],
    d(
      '提示；转出一方不可见',
      'What was let through but should be looked at; not for the side the child comes from',
    ),
  )
  warnings(@Root() application: Application, @Ctx() { viewer }: Context) {
    return seesDestination(viewer.area, application) ? application.warnings : [];
  }

  @Access(...CLERKS)
  @FieldResolver(() => HolderType, {
    nullable: true,
    ...d('正在办理的一方，办结后为空', 'Whose turn it is; null once it is decided'),
  })
  holder(@Root() application: Application): HolderType | null {
    const holder = holderOf(application);
    return holder && holderType(holder);
  }

  @FieldResolver(() => TransferAnswerEnum, {
    nullable: true,
    ...d('转出园的答复', 'What the sending kindergarten answered; null before, and where nobody is asked'),
  })
  answer(@Root() { details }: Application) {
    return details?.answer ?? null;
  }
}
