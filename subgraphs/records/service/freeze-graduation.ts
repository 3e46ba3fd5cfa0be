import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { GraduationRow, GraduationRun } from '../model.ts';
import {
  exclusionErrors,
  GRADUATES_MOST,
  isSchoolYear,
  SCHOOL_YEARS,
  termEndsOn,
  type Exclusion,
} from '../rules/graduation.ts';
import type { ProvinceSettings } from '../rules/settings.ts';
import { ofRun } from './audited.ts';
import type { Deps } from './deps.ts';
import { allCandidates, type Candidate } from './list-graduates.ts';
import { neighbours, type InstitutionAnswer } from './neighbours.ts';
import { settingsFor } from './settings.ts';

/** What a kindergarten says when it draws up its list. */
export interface NewGraduation {
  readonly institutionCode: string;
  readonly schoolYear: number;
  readonly exclude: readonly Exclusion[];
}

/** What an act on a run came to; ids and codes only, since it is kept for replays. */
export interface RunDone {
  readonly runId: string | null;
  readonly userErrors: readonly UserError[];
}

export const noRun = (userErrors: readonly UserError[]): RunDone => ({ runId: null, userErrors });

/** Freezes the list of those who would graduate now, the excluded among them marked; nobody graduates by it. */
export function freezeGraduation(deps: Deps, viewer: Viewer, idempotencyKey: string, wish: NewGraduation) {
  const at = deps.now();
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: 'freezeGraduation',
    items: [wish],
    gather: () => gather(deps, viewer, wish),
    async write(tx, known): Promise<RunDone[]> {
      if (!known) return [noRun([userError('NOT_FOUND', ['institutionCode'])])];
      const userErrors = freezingErrors(wish, known.graduating);
      if (userErrors.length > 0) return [noRun(userErrors)];
      const { run, rows } = frozen(wish, known, { at, account: viewer.account });
      await tx.insert(deps.store.tables.graduationRun, [run]);
      await tx.insert(deps.store.tables.graduationRow, rows);
      await appendAudit(deps.store, tx, [ofRun('freezeGraduation', run)]);
      return [{ runId: run.id, userErrors }];
    },
  });
}

interface Known {
  readonly institution: InstitutionAnswer;
  readonly graduating: readonly Candidate[];
  readonly settings: ProvinceSettings;
}

async function gather(
  deps: Deps,
  viewer: Viewer,
  { institutionCode: code, schoolYear }: NewGraduation,
): Promise<Known | null> {
  const institution = (await neighbours.institutions(deps.peers, [code])).get(code);
  if (!institution || !covers(viewer.area, { ...institution, institutionCode: code })) return null;
  const { provinceCode } = institution;
  const [all, settings] = await Promise.all([
    allCandidates(deps, viewer, { level: 'INSTITUTION', code }, schoolYear),
    settingsFor(deps.queries, [provinceCode], today(deps.now())),
  ]);
  const graduating = all.filter(({ reasons }) => reasons.length === 0);
  return { institution, graduating, settings: settings.get(provinceCode)! };
}

function freezingErrors(
  { exclude, schoolYear }: NewGraduation,
  graduating: readonly Candidate[],
): UserError[] {
  if (!isSchoolYear(schoolYear)) return [userError('SCHOOL_YEAR_OUTSIDE', ['schoolYear'], SCHOOL_YEARS)];
  const errors = exclusionErrors(exclude, new Set(graduating.map(({ record }) => record.id)));
  if (errors.length > 0) return errors;
  if (graduating.length === exclude.length) return [userError('GRADUATION_NOBODY', ['schoolYear'])];
  if (graduating.length <= GRADUATES_MOST) return [];
  return [userError('TOO_MANY_ITEMS', ['schoolYear'], { max: GRADUATES_MOST, got: graduating.length })];
}

function frozen(
  { schoolYear, exclude }: NewGraduation,
  { institution, graduating, settings }: Known,
  { at, account }: { at: Date; account: string },
): { run: GraduationRun; rows: GraduationRow[] } {
  const { id: institutionId, code: institutionCode, provinceCode, cityCode, countyCode } = institution;
  const run: GraduationRun = {
    ...{ id: newId(), institutionId, institutionCode, provinceCode, cityCode, countyCode, schoolYear },
    ...{ state: 'FROZEN', termEndsOn: termEndsOn(schoolYear, settings), frozenAt: at, frozenBy: account },
    ...{ onDay: null, ranAt: null, ranBy: null, undoUntil: null },
    ...{ undoneAt: null, undoneBy: null, undoReason: null },
    ...{ listed: graduating.length - exclude.length, excluded: exclude.length, graduated: 0, undone: 0 },
    version: 1,
  };
  const excluded = new Map(exclude.map(({ recordId, reason }) => [recordId, reason.trim()]));
  const rows = graduating.map(({ record, placement }): GraduationRow => {
    const exclusion = excluded.get(record.id) ?? null;
    const { classId, classLevel } = placement;
    return {
      ...{ id: newId(), runId: run.id, recordId: record.id, classId, classLevel },
      ...{ state: exclusion === null ? 'LISTED' : 'EXCLUDED', exclusion, reasons: [] },
      ...{ placementId: null, statusBefore: null, deferredUntil: null, eventSeq: null, version: 1 },
    };
  });
  return { run, rows };
}
