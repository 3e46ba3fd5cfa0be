/**
 * The reference model: the rules once more, as plainly as they can be said, without the lifecycle table, the needs
 * or the store. Where it and the service differ, one of them is wrong.
 */
import { TODAY, type Decide, type Leave, type Move, type Step, type Submit, type Toggle } from './steps.ts';

export interface Clerk {
  readonly account: string;
  readonly role: 'KINDERGARTEN' | 'COUNTY' | 'CITY';
  /** The kindergartens within the area. */
  readonly gardens: readonly number[];
}

interface Application {
  garden: number;
  class: number;
  on: string;
  by: string;
  state: 'SUBMITTED' | 'RETURNED' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN';
}

export interface Life {
  status: 'PENDING' | 'RETURNED' | 'ENROLLED' | 'LEFT' | 'WITHDRAWN' | null;
  /** Whose record it is: the kindergarten that asks for the child, has it, or had it last. */
  garden: number;
  numbered: boolean;
  enteredOn: string;
  /** The open stay, or the last one. */
  stay: { garden: number; class: number; from: string; until: string | null; enteredOn: string } | null;
  applications: Application[];
}

/** What the model knows of a child beforehand. */
export interface Person {
  readonly bornOn: string;
  readonly registeredBy: readonly number[];
}

export const emptyLife = (): Life => ({
  status: null, garden: -1, numbered: false, enteredOn: '', stay: null, applications: [],
}); // prettier-ignore

export class Reference {
  readonly lives: Life[];
  readonly open = [true, true];
  private readonly people: readonly Person[];

  constructor(people: readonly Person[]) {
    this.people = people;
    this.lives = people.map(emptyLife);
  }

  /** The refusal codes the step must meet; none when it takes effect, and then it has taken effect here. */
  take(step: Exclude<Step, Toggle>, clerk: Clerk): string[] {
    if (step.act === 'submitEnrolment') return this.submit(step, clerk);
    if (step.act === 'moveClass') return this.move(step, clerk);
    if (step.act === 'leave') return this.leave(step, clerk);
    return this.decide(step, clerk);
  }

  toggle(garden: number): string[] {
    this.open[garden] = !this.open[garden];
    return ['toggle'];
  }

  inKindergarten(garden: number): number {
    return this.lives.filter(({ stay }) => stay?.until === null && stay.garden === garden).length;
  }

  private submit({ child, garden, class: classNo, on }: Submit, clerk: Clerk): string[] {
    const life = this.lives[child]!;
    if (!clerk.gardens.includes(garden)) return ['OUTSIDE_YOUR_AREA'];
    if (clerk.role !== 'KINDERGARTEN') return ['NOT_YOUR_ACT'];
    if (life.status === 'PENDING' || life.status === 'RETURNED' || life.status === 'ENROLLED')
      return ['ALREADY_ENROLLED'];
    const refusals = this.entryRefusals(child, garden, classNo, on);
    if (refusals.length > 0) return refusals;
    Object.assign(life, { status: 'PENDING' });
    // Whoever has been somewhere stays there until it is decided.
    if (!life.numbered) Object.assign(life, { garden, enteredOn: on });
    life.applications.push({ garden, class: classNo, on, by: clerk.account, state: 'SUBMITTED' });
    return [];
  }

  private decide({ act, child, back, reason, ...change }: Decide, clerk: Clerk): string[] {
    const life = this.lives[child]!;
    const application = life.applications.at(-1 - back);
    if (!application || !clerk.gardens.includes(application.garden)) return ['NOT_FOUND'];
    const byCounty = !['withdrawApplication', 'resubmitApplication'].includes(act);
    if (byCounty === (clerk.role === 'KINDERGARTEN')) return ['NOT_YOUR_ACT'];
    const { state } = application;
    if (state !== 'SUBMITTED' && state !== 'RETURNED') return ['ALREADY_DECIDED'];
    const needed = act === 'resubmitApplication' ? ['RETURNED'] : ['SUBMITTED'];
    if (act === 'withdrawApplication' || act === 'refuseApplication') needed.push('RETURNED');
    if (!needed.includes(state)) return ['ACTION_NOT_OPEN'];
    // Nothing is overdue on this one day, so it is the county's turn, or the kindergarten's to complete.
    if (byCounty && (clerk.role === 'CITY' || state === 'RETURNED')) return ['NOT_WITH_YOU'];
    const refusals: string[] = [];
    if (byCounty && clerk.account === application.by) refusals.push('SAME_ACCOUNT');
    const mustSay = act === 'returnApplication' || act === 'refuseApplication';
    if (mustSay && reason === 'blank') refusals.push('REASON_REQUIRED');
    if ((mustSay || act === 'withdrawApplication') && reason === 'long') refusals.push('TOO_LONG');
    if (act === 'approveApplication' && !this.open[application.garden])
      refusals.push('INSTITUTION_NOT_LAWFUL');
    const classNo = change.class ?? application.class;
    const on = change.on ?? application.on;
    // A child is not taken off the register between the two submissions, so registration is not asked again.
    if (act === 'resubmitApplication')
      refusals.push(...this.entryRefusals(child, application.garden, classNo, on));
    if (refusals.length > 0) return refusals;
    if (act === 'returnApplication') {
      application.state = 'RETURNED';
      life.status = 'RETURNED';
    } else if (act === 'resubmitApplication') {
      Object.assign(application, { state: 'SUBMITTED', class: classNo, on, by: clerk.account });
      Object.assign(life, { status: 'PENDING' });
      if (!life.numbered) life.enteredOn = on;
    } else if (act === 'approveApplication') {
      application.state = 'APPROVED';
      life.stay = { ...application, from: application.on, until: null, enteredOn: application.on };
      const { garden, on: enteredOn } = application;
      Object.assign(life, { status: 'ENROLLED', numbered: true, garden, enteredOn });
    } else {
      application.state = act === 'refuseApplication' ? 'REFUSED' : 'WITHDRAWN';
      life.status = life.stay ? 'LEFT' : 'WITHDRAWN';
    }
    return [];
  }

  private move({ child, class: classNo, on }: Move, clerk: Clerk): string[] {
    const life = this.lives[child]!;
    const early = this.ownRefusals(life, clerk, ['ENROLLED']);
    if (early.length > 0) return early;
    const stay = life.stay!;
    const refusals: string[] = [];
    if (gardenOf(classNo) !== life.garden) refusals.push('CLASS_NOT_OF_INSTITUTION');
    if (classNo === stay.class) refusals.push('CLASS_SAME');
    refusals.push(...dayRefusals(on, stay.from));
    if (refusals.length > 0) return refusals;
    life.stay = { ...stay, class: classNo, from: on };
    return [];
  }

  private leave({ child, reason, remark, on }: Leave, clerk: Clerk): string[] {
    const life = this.lives[child]!;
    const early = this.ownRefusals(life, clerk, ['ENROLLED']);
    if (early.length > 0) return early;
    const refusals: string[] = [];
    if (reason === 'OTHER' && remark === 'blank') refusals.push('REMARK_REQUIRED');
    if (remark === 'long') refusals.push('TOO_LONG');
    refusals.push(...dayRefusals(on, life.stay!.from));
    if (refusals.length > 0) return refusals;
    life.stay = { ...life.stay!, until: on };
    life.status = 'LEFT';
    return [];
  }

  private ownRefusals(life: Life, clerk: Clerk, from: readonly string[]): string[] {
    if (life.status === null || !clerk.gardens.includes(life.garden)) return ['NOT_FOUND'];
    if (clerk.role !== 'KINDERGARTEN') return ['NOT_YOUR_ACT'];
    return from.includes(life.status) ? [] : ['ACTION_NOT_OPEN'];
  }

  private entryRefusals(child: number, garden: number, classNo: number, on: string): string[] {
    const { bornOn, registeredBy } = this.people[child]!;
    const left = this.lives[child]!.stay?.until;
    const known = registeredBy.includes(garden);
    const refusals: string[] = [];
    if (!this.open[garden]) refusals.push('INSTITUTION_NOT_LAWFUL');
    if (gardenOf(classNo) !== garden) refusals.push('CLASS_NOT_OF_INSTITUTION');
    if (!known) refusals.push('CHILD_UNKNOWN');
    if (!exists(on)) return [...refusals, 'DATE_IMPOSSIBLE'];
    if (on > TODAY) refusals.push('ENTRY_DATE_FUTURE');
    if (known && on < `${Number(bornOn.slice(0, 4)) + 3}${bornOn.slice(4)}`) refusals.push('TOO_YOUNG');
    if (left && on < left) refusals.push('ENTRY_BEFORE_LEAVING');
    return refusals;
  }
}

const gardenOf = (classNo: number) => Math.floor(classNo / 2);
const exists = (day: string) => day !== '2026-02-30';

function dayRefusals(on: string, from: string): string[] {
  if (!exists(on)) return ['DATE_IMPOSSIBLE'];
  return on < from || on > TODAY ? ['DATE_OUTSIDE_STAY'] : [];
}
