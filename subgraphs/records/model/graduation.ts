import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Place } from '../../../kernel/rules/viewer.ts';
import type { RecordStatus } from '../model.ts';

/** Where a graduation stands. */
export const GRADUATION_RUN_STATE = {
  FROZEN: { code: null, zh: '名单已冻结', en: 'its list is frozen, nobody has graduated yet' },
  DONE: { code: null, zh: '已办理', en: 'done' },
  UNDONE: { code: null, zh: '已撤销', en: 'undone by the county' },
  VOID: {
    code: null,
    zh: '已作废',
    en: 'void: an earlier graduation of the year was undone after its list was frozen',
  },
} as const;
export type GraduationRunState = keyof typeof GRADUATION_RUN_STATE;

/** What has become of one child of the list. */
export const GRADUATION_ROW_STATE = {
  LISTED: { code: null, zh: '待毕业', en: 'will graduate' },
  EXCLUDED: { code: null, zh: '已排除', en: 'left out by the kindergarten' },
  GRADUATED: { code: null, zh: '已毕业', en: 'graduated' },
  REFUSED: { code: null, zh: '未毕业', en: 'not graduated, since its record had changed' },
  UNDONE: { code: null, zh: '已撤销', en: 'back to what it was' },
  KEPT: { code: null, zh: '未撤销', en: 'graduated, though the run is undone: it has moved on' },
} as const;
export type GraduationRowState = keyof typeof GRADUATION_ROW_STATE;

/** One graduation of one kindergarten: a list that was frozen, and what was done with it. */
export interface GraduationRun extends Place {
  readonly id: string;
  readonly institutionId: string;
  readonly institutionCode: string;
  readonly schoolYear: number;
  readonly state: GraduationRunState;
  /** The last day of the term as it was when the list was frozen; nobody graduates before it. */
  readonly termEndsOn: PlainDate;
  readonly frozenAt: Date;
  readonly frozenBy: string;
  /** The first day on which the graduates are no longer in the kindergarten; null until it is done. */
  readonly onDay: PlainDate | null;
  readonly ranAt: Date | null;
  readonly ranBy: string | null;
  /** The last day on which the county may undo it; null until it is done. */
  readonly undoUntil: PlainDate | null;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
  readonly undoReason: string | null;
  /** How many rows: to graduate, left out, graduated, and undone. */
  readonly listed: number;
  readonly excluded: number;
  readonly graduated: number;
  readonly undone: number;
  readonly version: number;
}

/** One child of a run's list, as it was when the list was frozen. */
export interface GraduationRow {
  readonly id: string;
  readonly runId: string;
  readonly recordId: string;
  readonly classId: string;
  readonly classLevel: ClassLevel;
  readonly state: GraduationRowState;
  /** Why it was left out; null where it was not. */
  readonly exclusion: string | null;
  /** Why it did not graduate, or was not undone. */
  readonly reasons: readonly UserError[];
  /** What the graduation ended, and an undo gives back; null until it graduates. */
  readonly placementId: string | null;
  readonly statusBefore: RecordStatus | null;
  readonly deferredUntil: PlainDate | null;
  /** The event of the record that is this graduation. */
  readonly eventSeq: number | null;
  readonly version: number;
}
