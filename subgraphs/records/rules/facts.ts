import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Area, Role } from '../../../kernel/rules/viewer.ts';
import type {
  ApplicationDetails,
  CancellationReason,
  Evidence,
  KeyChanges,
  LeaveReason,
  RecordStatus,
} from '../model.ts';
import type { ClosedWindow } from './settings.ts';

/** What a decision may look at. Gathered beforehand; a part nobody needs for the act may be absent. */
export interface Facts {
  readonly today: PlainDate;
  readonly account: string;
  readonly role: Role;
  /** The area of whoever acts. */
  readonly area?: Area;
  readonly institution?: InstitutionFacts | null;
  readonly class?: ClassFacts | null;
  readonly child?: ChildFacts | null;
  readonly enteredOn?: PlainDate;
  readonly reason?: string | null;
  /** The number to issue belongs to another record. */
  readonly numberTaken?: boolean;
  readonly presentClassId?: string;
  /** The day something changes within the open stay, and that stay's first day. */
  readonly on?: PlainDate;
  readonly stayFrom?: PlainDate;
  /** The first day after the last stay that has ended. */
  readonly leftOn?: PlainDate;
  readonly leaveReason?: LeaveReason;
  readonly remark?: string | null;
  // Of an application.
  readonly submittedBy?: string;
  /** Everybody who submitted it before. */
  readonly submittedBefore?: readonly string[];
  readonly applicant?: Area;
  readonly holder?: Area | null;
  readonly evidence?: readonly Evidence[];
  readonly details?: ApplicationDetails | null;
  /** The record has an application nobody has decided. */
  readonly undecided?: boolean;
  // Of a transfer.
  readonly presentInstitutionCode?: string | null;
  /** The window that closes transfers today, if one does. */
  readonly closedWindow?: ClosedWindow | null;
  // Of a correction.
  readonly changes?: KeyChanges;
  /** What children says against it now. */
  readonly correctionFaults?: readonly UserError[];
  // Of a deferral.
  readonly birthCohort?: number;
  /** Full years before the school year in which school begins there. */
  readonly schoolAge?: number;
  /** Its last day, the latest day that may be, and the last day of the one the record has. */
  readonly until?: PlainDate;
  readonly latestUntil?: PlainDate;
  readonly deferredUntil?: PlainDate | null;
  // Of a number.
  readonly number?: string | null;
  /** What the number may become; null where it stays as it is. */
  readonly nextNumber?: 'G' | 'J' | null;
  /** The next number was this record's and has been deleted. */
  readonly numberDeleted?: boolean;
  // Of a cancellation.
  readonly recordId?: string;
  readonly cancellationReason?: CancellationReason;
  /** A ruling on a problem case has ordered this record to be cancelled. */
  readonly ordered?: boolean;
  /** The record has a G number. */
  readonly formalNumber?: boolean;
  /** The record that goes on; null where there is none such, absent where none is named. */
  readonly survivor?: { readonly id: string; readonly goesOn: boolean } | null;
  // Of a reinstatement.
  /** What the record shall be again, and the last day on which that may be asked for. */
  readonly restored?: RecordStatus | null;
  readonly reinstateUntil?: PlainDate;
  /** It is a duplicate with a G number, so the ministry has ended it. */
  readonly decidedAbove?: boolean;
  /** The stay that ended can go on as it was. */
  readonly resumable?: boolean;
  // Of moving up to primary school.
  readonly admission?: AdmissionFacts;
  // Of a year's end.
  readonly yearEnd?: YearEndFacts;
  readonly promotion?: PromotionFacts;
  readonly undo?: UndoFacts;
}

/** A child that goes to primary school. */
export interface AdmissionFacts {
  readonly schoolYear: number;
  /** Full years on the eve of that school year, and those at which school begins there. */
  readonly age: number;
  readonly schoolAge: number;
  readonly graduated: boolean;
}

/** A child at the end of a school year. */
export interface YearEndFacts {
  readonly schoolYear: number;
  readonly classLevel: ClassLevel;
  /** The school year of the child's class; left out where the class is known to be the listed one. */
  readonly classYear?: number | null;
  readonly bornOn: PlainDate;
  /** Whose school age holds; left out for the nation's. */
  readonly province?: string;
  readonly deferred: boolean;
  readonly termEndsOn?: PlainDate;
  readonly classId?: string;
  /** The class it had when the list was frozen. */
  readonly listedClassId?: string;
}

/** A class that goes on into the next school year. */
export interface PromotionFacts {
  /** The child was to graduate, and its graduation was refused. */
  readonly graduationRefused?: boolean;
  readonly from: Pick<ClassFacts, 'level' | 'schoolYear'>;
  readonly to: Pick<ClassFacts, 'level' | 'schoolYear'>;
}

/** What an undo looks at. */
export interface UndoFacts {
  readonly until: PlainDate;
  /** The record's latest graduation is another one. */
  readonly graduatedAgain?: boolean;
  /** The kindergarten is still there, and where it was. */
  readonly institutionAsWas?: boolean;
  /** Its class has changed since the promotion. */
  readonly movedSince?: boolean;
}

export interface InstitutionFacts {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  /** The day it opened, where an entry is asked about. */
  readonly openedOn?: PlainDate;
}

export interface ClassFacts {
  readonly id: string;
  readonly level: ClassLevel;
  readonly schoolYear: number;
  readonly sizeLimit: number;
  readonly institutionId: string;
  /** Children in it and on their way into it. */
  readonly taken: number;
}

export interface ChildFacts {
  readonly id: string;
  readonly bornOn: PlainDate;
  readonly sex: Sex;
  /** Other children with the same name, sex and birth date. */
  readonly likeChildren: number;
}
