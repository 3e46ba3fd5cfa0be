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
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { Application, KeyChanges } from '../model.ts';
import { LOOKS, shownChanges } from '../rules/showing.ts';
import type { NewCorrection } from '../service/request-correction.ts';
import type { Context } from './context.ts';
import { DocumentKindEnum, SexEnum } from './enums.ts';
import { EvidenceInput } from './evidence.ts';
import { KeyChangesInput } from './key-changes.ts';
import { actPayload, showOne } from './payloads.ts';
import { ApplicationType } from './types.ts';

@InputType('RequestCorrectionInput', d('申请关键信息变更', 'Asking for key information to be corrected'))
export class RequestCorrectionInput implements NewCorrection {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => KeyChangesInput, d('更正内容，至少一项', 'What shall be otherwise, at least one thing'))
  changes!: KeyChangesInput;

  @Field(
    () => [EvidenceInput],
    d('佐证，须含监护人申请和身份证明', "Evidence: the guardians' application and what proves the identity"),
  )
  evidence!: EvidenceInput[];
}

@Access(...CLERKS)
@ObjectType('KeyChanges', {
  simpleResolvers: true,
  ...d('申请更正的内容，空为不变', 'What a correction asks for; null is unchanged'),
})
export class KeyChangesType implements Omit<KeyChanges, 'name' | 'documentNumber'> {
  @Field(() => SexEnum, { nullable: true, ...d('性别', 'Sex') })
  sex!: Sex | null;

  @Field(() => LocalDate, { nullable: true, ...d('出生日期', 'Date of birth') })
  bornOn!: string | null;

  @Field(() => DocumentKindEnum, { nullable: true, ...d('证件类型', 'The kind of the document') })
  documentKind!: DocumentKind | null;
}

/** With the child it is about, for whose sake names are masked. */
interface ChangesOfChild extends KeyChanges {
  readonly childId: string;
}

@Resolver(() => KeyChangesType)
export class KeyChangesFields {
  @FieldResolver(() => String, {
    nullable: true,
    ...d('姓名，脱敏；说明用途后可见', 'The name, masked until a purpose is stated'),
  })
  name(@Root() { childId, name }: ChangesOfChild, @Ctx() { personal }: Context) {
    return name === null ? null : personal.show(childId, 'CHILD_NAME', name, LOOKS.CHILD_NAME);
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '证件号码，脱敏；说明用途后可见后 4 位',
      'Its number, masked; the last four characters once a purpose is stated',
    ),
  })
  documentNumber(@Root() { childId, documentNumber: number }: ChangesOfChild, @Ctx() { personal }: Context) {
    return number === null ? null : personal.show(childId, 'DOCUMENT_NUMBER', number, LOOKS.DOCUMENT_NUMBER);
  }
}

@Resolver(() => ApplicationType)
export class CorrectionFields {
  @Access(...CLERKS)
  @FieldResolver(() => KeyChangesType, {
    nullable: true,
    ...d(
      '申请更正的内容，仅申请机构、主管县和正在办理的一方可见',
      'What a correction asks for; for the kindergarten that applied, its county and whoever has to decide',
    ),
  })
  async changes(
    @Root() application: Application,
    @Ctx() { viewer, loaders }: Context,
  ): Promise<ChangesOfChild | null> {
    const shown = shownChanges(application, viewer);
    if (shown === null) return null;
    // Decided, it is about the child as it is now, and so for whoever has it now.
    if (application.task === null && (await loaders.record.load(application.recordId)) === null) return null;
    return { ...shown, childId: (await loaders.childOf.load(application.recordId))! };
  }
}

const RequestCorrectionPayload = actPayload('RequestCorrection');

@Resolver()
export class CorrectionMutations {
  @Act('requestCorrection')
  @Mutation(() => RequestCorrectionPayload, {
    nullable: true,
    ...d(
      '幼儿园按监护人申请和证明，申请变更关键信息',
      "Ask for key information to be corrected, on the guardians' application and proof",
    ),
  })
  async requestCorrection(
    @Arg('input', () => RequestCorrectionInput, d('输入', 'The input'))
    { idempotencyKey, ...item }: RequestCorrectionInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.requestCorrection(context.viewer, idempotencyKey, item));
  }
}
