/** Whose turn it is with an application, and where it goes when nobody acts. */
import { tenWorkingDaysAfter, twoMonthsAfter } from './days.ts';

export interface Clerk {
  readonly account: string;
  readonly role: Role;
  /** The kindergartens within the area. */
  readonly gardens: readonly number[];
}
type Role = 'KINDERGARTEN' | 'COUNTY' | 'CITY' | 'PROVINCE';

export interface Turn {
  readonly task: 'ANSWER' | 'RELEASE' | 'DECIDE' | 'COMPLETE';
  readonly role: Role;
  readonly garden: number;
  readonly due: string;
}

export interface Application {
  readonly kind: 'ENROLMENT' | 'TRANSFER';
  readonly garden: number;
  /** Where a transfer takes the child from. */
  readonly from: number | null;
  class: number;
  on: string;
  by: string;
  state: 'SUBMITTED' | 'RETURNED' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN';
  objected: boolean;
  /** Null once it is decided. */
  turn: Turn | null;
  /** Both counties decide it, the old one first. */
  readonly bothCounties: boolean;
  /** Which authority returned it, and while it had to do what. */
  returnedBy: Pick<Turn, 'task' | 'role'>;
}

export const isWith = ({ role, gardens }: Clerk, { turn }: Application): boolean =>
  turn?.role === role && gardens.includes(turn.garden);

/** With the side the child comes from, while it answers or consents. */
export function begin(application: Application, task: Turn['task'], role: Role, today: string): void {
  const sender = task === 'ANSWER' || task === 'RELEASE';
  const garden = sender ? application.from! : application.garden;
  let due = tenWorkingDaysAfter(today);
  // A county has the whole time that a record may take to be established.
  if (application.kind === 'ENROLMENT' && task === 'DECIDE' && role === 'COUNTY') {
    const established = twoMonthsAfter(application.on);
    if (established > due) due = established;
  }
  application.turn = { task, role, garden, due };
}

/** Once the old kindergarten has answered, or will not. */
export const afterAnswer = (application: Application, today: string): void =>
  begin(application, application.bothCounties ? 'RELEASE' : 'DECIDE', 'COUNTY', today);

/** Hands on what is overdue; answers to whom, or null where it stays. */
export function handOn(application: Application, today: string): Role | null {
  const { turn, returnedBy } = application;
  if (turn === null || turn.due >= today) return null;
  const { task, role } = turn;
  if (task === 'DECIDE' && role === 'PROVINCE') return null;
  if (task === 'ANSWER') afterAnswer(application, today);
  else if (task === 'COMPLETE') begin(application, returnedBy.task, returnedBy.role, today);
  // A side that says nothing to the top keeps the child no longer.
  else if (task === 'RELEASE' && role === 'PROVINCE') begin(application, 'DECIDE', 'COUNTY', today);
  else begin(application, task, ABOVE[role], today);
  return application.turn!.role;
}

const ABOVE = { KINDERGARTEN: 'COUNTY', COUNTY: 'CITY', CITY: 'PROVINCE', PROVINCE: 'PROVINCE' } as const;
