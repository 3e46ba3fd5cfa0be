import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access, Act } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { GraduationRow, GraduationRowState, GraduationRun } from '../model.ts';
import { isSchoolYear, SCHOOL_YEARS } from '../rules/graduation.ts';
import type { BatchAnswer } from '../service/deps.ts';
import type { RunDone } from '../service/freeze-graduation.ts';
import type { Candidate } from '../service/list-graduates.ts';
import type { Context } from './context.ts';
import * as inputs from './graduation-inputs.ts';
import * as types from './graduation-types.ts';
import { areaOrFault } from './lent.ts';
import { ClassRef, InstitutionRef } from './neighbours.ts';
import { RecordType } from './types.ts';

const { GRADUATORS } = types;
const input = d('输入', 'The input');

@Resolver()
export class GraduationQueries {
  @Access(...GRADUATORS)
  @Query(() => types.GraduationCandidateConnection, {
    nullable: true,
    ...d('毕业预览：谁将毕业、谁不毕业及理由', 'Who would graduate and who would not, and why, page by page'),
  })
  async graduationPreview(
    @Arg('institution', () => String, d('机构标识码', 'The institution, by its code')) institution: string,
    @Arg('schoolYear', () => Int, d('学年（起始年份）', 'The school year that ends')) schoolYear: number,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const { from, until } = SCHOOL_YEARS;
    if (!isSchoolYear(schoolYear)) {
      const said = [
        `schoolYear 应为 ${from} 至 ${until}。`,
        `schoolYear must be ${from} to ${until}.`,
      ] as const;
      throw fault('BAD_USER_INPUT', ...said);
    }
    const page = pageRequest(first, after);
    const area = await areaOrFault(records, viewer, { institution });
    const rows = await records.graduationCandidates(viewer, area, schoolYear, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => records.countOpenPlacements(area));
  }

  @Access(...GRADUATORS)
  @Query(() => types.GraduationRunType, {
    nullable: true,
    ...d('一次毕业办理', 'One graduation by its id'),
  })
  graduationRun(
    @Arg('id', () => ID, d('内部标识', 'Its opaque id')) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<GraduationRun | null> | null {
    return isId(id) ? loaders.graduationRun.load(id) : null;
  }

  @Access(...GRADUATORS)
  @Query(() => types.GraduationRunConnection, {
    nullable: true,
    ...d('毕业办理列表', 'Graduations, page by page'),
  })
  async graduationRuns(
    @Arg('filter', () => types.GraduationFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: types.GraduationFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const area = await areaOrFault(records, viewer, filter ?? {});
    const wanted = { area, schoolYear: filter?.schoolYear ?? null, state: filter?.state ?? null };
    const rows = await records.graduationRuns(wanted, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => records.countGraduationRuns(wanted));
  }
}

@Resolver(() => types.GraduationCandidateType)
export class GraduationCandidateFields {
  @FieldResolver(() => Boolean, d('是否毕业', 'Whether it would graduate'))
  graduates(@Root() { reasons }: Candidate): boolean {
    return reasons.length === 0;
  }

  @FieldResolver(() => RecordType, { nullable: true, ...d('学籍', 'Its record') })
  record(@Root() { record }: Candidate) {
    return record;
  }

  @FieldResolver(() => ClassRef, { nullable: true, ...d('班级', 'Its class') })
  class(@Root() { placement }: Candidate): ClassRef {
    return { id: placement.classId };
  }
}

@Resolver(() => types.GraduationRunType)
export class GraduationRunFields {
  @FieldResolver(() => InstitutionRef, { nullable: true, ...d('机构', 'The institution') })
  institution(@Root() { institutionCode }: GraduationRun): InstitutionRef {
    return { code: institutionCode };
  }

  @FieldResolver(() => LocalDate, {
    nullable: true,
    ...d('毕业首日，未办为空', 'The first day the graduates are no longer there; null until it is done'),
  })
  on(@Root() { onDay }: GraduationRun): string | null {
    return onDay;
  }

  @FieldResolver(() => types.GraduationRowConnection, {
    nullable: true,
    ...d('名单', 'Its list, page by page'),
  })
  async rows(
    @Root() { id: runId }: GraduationRun,
    @Arg('state', () => types.GraduationRowStateEnum, { nullable: true, ...d('状态', 'Only this state') })
    state: GraduationRowState | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records }: Context,
  ) {
    const page = pageRequest(first, after);
    const filter = { runId, state: state ?? null };
    const rows = await records.graduationRows(filter, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => records.countGraduationRows(filter));
  }
}

@Resolver(() => types.GraduationRowType)
export class GraduationRowFields {
  @FieldResolver(() => RecordType, {
    nullable: true,
    ...d('学籍；已在别处的为空', 'The record; null where it is elsewhere by now'),
  })
  record(@Root() { recordId }: GraduationRow, @Ctx() { loaders }: Context) {
    return loaders.record.load(recordId);
  }

  @FieldResolver(() => ClassRef, { nullable: true, ...d('名单冻结时的班级', 'Its class when it was listed') })
  class(@Root() { classId }: GraduationRow): ClassRef {
    return { id: classId };
  }
}

@Resolver()
export class GraduationMutations {
  @Act('freezeGraduation')
  @Mutation(() => inputs.FreezeGraduationPayload, {
    nullable: true,
    ...d('冻结毕业名单，尚不毕业', 'Freeze the list of a graduation; nobody graduates by it'),
  })
  async freezeGraduation(
    @Arg('input', () => inputs.FreezeGraduationInput, input)
    { idempotencyKey, ...wish }: inputs.FreezeGraduationInput,
    @Ctx() context: Context,
  ) {
    return shown(context, await context.records.freezeGraduation(context.viewer, idempotencyKey, wish));
  }

  @Act('graduate')
  @Mutation(() => inputs.GraduatePayload, {
    nullable: true,
    ...d('按冻结名单毕业，逐人出结果', 'Graduate exactly the frozen list, with a result for each child'),
  })
  async graduate(
    @Arg('input', () => inputs.GraduateInput, input) { idempotencyKey, ...graduating }: inputs.GraduateInput,
    @Ctx() context: Context,
  ) {
    return shown(context, await context.records.graduate(context.viewer, idempotencyKey, graduating));
  }

  @Act('undoGraduation')
  @Mutation(() => inputs.UndoGraduationPayload, {
    nullable: true,
    ...d('县级一次撤销整次毕业', 'Take a whole graduation back in one step, by the county'),
  })
  async undoGraduation(
    @Arg('input', () => inputs.UndoGraduationInput, input)
    { idempotencyKey, ...undoing }: inputs.UndoGraduationInput,
    @Ctx() context: Context,
  ) {
    return shown(context, await context.records.undoGraduation(context.viewer, idempotencyKey, undoing));
  }
}

/** The run as the act left it: an earlier act of the same request may have read it before. */
async function shown({ loaders }: Context, answer: BatchAnswer<RunDone>): Promise<inputs.RunPayload> {
  const [done] = answer.results;
  if (!done) return { run: null, userErrors: answer.userErrors };
  const { runId, userErrors } = done;
  loaders.record.clearAll();
  return { run: runId === null ? null : await loaders.graduationRun.clear(runId).load(runId), userErrors };
}
