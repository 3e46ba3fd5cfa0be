import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { demandPurpose } from '../../../kernel/graph/purpose.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized, SizedBy } from '../../../kernel/graph/sizes.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { DocumentQuery, NumberQuery, NumberResolution } from '../model.ts';
import { MESSAGE } from '../rules/resolution.ts';
import type { Context } from './context.ts';
import { DocumentKindEnum } from './enums.ts';
import { DocumentQueryInput, NumberQueryInput } from './inputs.ts';
import { spend } from './quota.ts';
import { NumberResolutionType, type Shown } from './types.ts';

@Resolver()
export class ResolutionQueries {
  @Act('resolveNumber')
  @Query(() => NumberResolutionType, {
    nullable: true,
    ...d('按学籍号和出生日期精确查询学前学籍', 'The preschool record behind a number and a birth date'),
  })
  async resolveNumber(
    @Arg('number', () => String, d('学籍号（19 位）', 'The record number, 19 characters')) number: string,
    @Arg('bornOn', () => LocalDate, d('出生日期', 'The date of birth')) bornOn: string,
    @Ctx() context: Context,
  ): Promise<Shown> {
    const [one] = await resolved(context, [{ number, bornOn }]);
    return one!;
  }

  @Act('resolveNumber')
  @Sized(500)
  @SizedBy({ argument: 'items' })
  @Query(() => [NumberResolutionType], {
    nullable: true,
    ...d('批量查询，至多 500 项，与输入同序', 'The same for at most 500 numbers, in order'),
  })
  resolveNumbers(
    @Arg('items', () => [NumberQueryInput], d('至多 500 项', 'At most 500 items')) items: NumberQueryInput[],
    @Ctx() context: Context,
  ): Promise<Shown[]> {
    return resolved(context, items);
  }

  @Act('resolveNumber')
  @Query(() => NumberResolutionType, {
    nullable: true,
    ...d(
      '无学籍号时按证件和出生日期精确查询',
      'The same for a child without a number, by its very document and birth date',
    ),
  })
  async resolveByDocument(
    @Arg('documentKind', () => DocumentKindEnum, d('证件类型', 'The kind of the document'))
    documentKind: DocumentKind,
    @Arg('documentNumber', () => String, d('证件号码', 'Its whole number')) documentNumber: string,
    @Arg('bornOn', () => LocalDate, d('出生日期', 'The date of birth')) bornOn: string,
    @Ctx() context: Context,
  ): Promise<Shown> {
    const [one] = await resolvedBy(context, [{ documentKind, documentNumber, bornOn }]);
    return one!;
  }

  @Act('resolveNumber')
  @Sized(500)
  @SizedBy({ argument: 'items' })
  @Query(() => [NumberResolutionType], {
    nullable: true,
    ...d('按证件批量查询，至多 500 项，与输入同序', 'The same for at most 500 documents, in order'),
  })
  resolveByDocuments(
    @Arg('items', () => [DocumentQueryInput], d('至多 500 项', 'At most 500 items'))
    items: DocumentQueryInput[],
    @Ctx() context: Context,
  ): Promise<Shown[]> {
    return resolvedBy(context, items);
  }
}

async function resolved(context: Context, items: readonly NumberQuery[]): Promise<Shown[]> {
  demandPurpose(context, 'RECORD_NUMBER');
  await spend(context, 'RESOLVE', 'NUMBERS', items.length);
  return shownAll(context, 'RESOLVE', await context.primaryLink.resolveNumbers(items));
}

async function resolvedBy(context: Context, items: readonly DocumentQuery[]): Promise<Shown[]> {
  demandPurpose(context, 'RECORD_NUMBER');
  await spend(context, 'RESOLVE_DOCUMENT', 'DOCUMENTS', items.length);
  return shownAll(context, 'RESOLVE_DOCUMENT', await context.primaryLink.resolveDocuments(items));
}

async function shownAll(
  context: Context,
  operation: 'RESOLVE' | 'RESOLVE_DOCUMENT',
  resolutions: readonly NumberResolution[],
): Promise<Shown[]> {
  const found = resolutions.filter(({ outcome }) => outcome === 'FOUND').length;
  await context.primaryLink.uses.noteFound(context, operation, found);
  return resolutions.map(shown);
}

function shown({ institutionCode: code, ...resolution }: NumberResolution): Shown {
  const { zh: message, en: messageEn } = MESSAGE[resolution.outcome];
  return { ...resolution, institution: code === null ? null : { code }, message, messageEn };
}
