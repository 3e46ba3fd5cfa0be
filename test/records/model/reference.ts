/**
 * The reference model: the rules once more, as plainly as they can be said, without the lifecycle table, the needs
 * or the store. Where it and the service differ, one of them is wrong.
 */
import { daysAfter } from './days.ts';
import { closed, carryOut, decisionRefusals, wordRefusals } from './deciding.ts';
import {
  TODAY,
  type Answer,
  type Decide,
  type Leave,
  type Move,
  type Step,
  type Submit,
  type Transfer,
} from './steps.ts';
import { dayRefusals, entryRefusals, gardenOf, type Person, type Seat } from './entering.ts';
import { isClosed, type Province } from './provinces.ts';
import { afterAnswer, begin, handOn, type Application, type Clerk } from './turns.ts';

export interface Life {
  status: 'PENDING' | 'RETURNED' | 'ENROLLED' | 'TRANSFERRING' | 'LEFT' | 'WITHDRAWN' | null;
  /** Whose record it is: the kindergarten that asks for the child, has it, or had it last. */
  garden: number;
  numbered: boolean;
  enteredOn: string;
  /** The open stay, or the last one. */
  stay: { garden: number; class: number; from: string; until: string | null } | null;
  applications: Application[];
}

export const emptyLife = (): Life => ({
  status: null, garden: -1, numbered: false, enteredOn: '', stay: null, applications: [],
}); // prettier-ignore

export class Reference {
  readonly lives: Life[];
  readonly open = [true, true];
  day = TODAY;
  private readonly people: readonly Person[];

  private readonly province: Province;

  constructor(people: readonly Person[], province: Province) {
    this.people = people;
    this.province = province;
    this.lives = people.map(emptyLife);
  }

  /** The refusal codes the step must meet; none when it takes effect, and then it has taken effect here. */
  take(step: Exclude<Step, { act: 'toggle' | 'pass' }>, clerk: Clerk): string[] {
    switch (step.act) {
      case 'submitEnrolment':
        return this.submit(step, clerk);
      case 'requestTransfer':
        return this.transfer(step, clerk);
      case 'agreeToTransfer':
      case 'objectToTransfer':
        return this.answer(step, clerk);
      case 'moveClass':
        return this.move(step, clerk);
      case 'leave':
        return this.leave(step, clerk);
      default:
        return this.decide(step, clerk);
    }
  }

  /** Days pass, and what is overdue then goes to whoever stands above. */
  pass(days: number): string[] {
    this.day = daysAfter(this.day, days);
    const applications = this.lives.flatMap((life) => life.applications);
    const handedTo = applications.map((one) => handOn(one, this.day)).filter((role) => role !== null);
    return ['pass', ...handedTo.map((role) => `handed to ${role}`)];
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
    // To whoever has not registered the child, its record is not there either.
    const known = this.people[child]!.registeredBy.includes(garden);
    if (known && ['PENDING', 'RETURNED', 'ENROLLED', 'TRANSFERRING'].includes(life.status!))
      return ['ALREADY_ENROLLED'];
    const refusals = this.entryRefusals('ENROLMENT', child, { garden, class: classNo, on });
    if (refusals.length > 0) return refusals;
    life.status = 'PENDING';
    // Whoever has been somewhere stays there until it is decided.
    if (!life.numbered) Object.assign(life, { garden, enteredOn: on });
    const said = { kind: 'ENROLMENT', garden, from: null, class: classNo, on, by: clerk.account } as const;
    this.apply(life, said, 'DECIDE');
    return [];
  }

  private transfer({ child, garden, class: classNo, on, papers }: Transfer, clerk: Clerk): string[] {
    const life = this.lives[child]!;
    if (!clerk.gardens.includes(garden)) return ['OUTSIDE_YOUR_AREA'];
    if (!this.people[child]!.registeredBy.includes(garden)) return ['CHILD_UNKNOWN'];
    if (clerk.role !== 'KINDERGARTEN') return ['NOT_YOUR_ACT'];
    if (life.status !== 'ENROLLED') return ['ACTION_NOT_OPEN'];
    const refusals = this.entryRefusals('TRANSFER', child, { garden, class: classNo, on });
    if (!papers) refusals.push('EVIDENCE_MISSING');
    if (isClosed(this.province, this.day)) refusals.push('TRANSFER_WINDOW_CLOSED');
    if (refusals.length > 0) return refusals;
    const from = life.garden;
    life.status = 'TRANSFERRING';
    const said = { kind: 'TRANSFER', garden, from, class: classNo, on, by: clerk.account } as const;
    // A suspended kindergarten has nothing to answer.
    const application = this.apply(life, said, 'ANSWER');
    if (!this.open[from]) afterAnswer(application, this.day);
    return [];
  }

  private apply(
    life: Life,
    said: Pick<Application, 'kind' | 'garden' | 'from' | 'class' | 'on' | 'by'>,
    task: 'ANSWER' | 'DECIDE',
  ): Application {
    const application: Application = {
      ...said, state: 'SUBMITTED', objected: false, turn: null, returnedBy: { task: 'DECIDE', role: 'COUNTY' },
      bothCounties: said.kind === 'TRANSFER' && this.province.bothCounties,
    }; // prettier-ignore
    begin(application, task, task === 'ANSWER' ? 'KINDERGARTEN' : 'COUNTY', this.day);
    life.applications.push(application);
    return application;
  }

  private answer(step: Answer, clerk: Clerk): string[] {
    const application = this.lives[step.child]!.applications.at(-1 - step.back);
    const early = closed(step, application, clerk);
    if (early !== null) return [early];
    const objects = step.act === 'objectToTransfer';
    const refusals = clerk.account === application!.by ? ['SAME_ACCOUNT'] : [];
    if (objects) refusals.push(...wordRefusals(step.reason));
    if (refusals.length > 0) return refusals;
    application!.objected = objects;
    afterAnswer(application!, this.day);
    return [];
  }

  private decide(step: Decide, clerk: Clerk): string[] {
    const { act, child, back } = step;
    const life = this.lives[child]!;
    const found = life.applications.at(-1 - back);
    const early = closed(step, found, clerk);
    if (early !== null) return [early];
    const application = found!;
    const { kind, garden } = application;
    const said = { class: step.class ?? application.class, on: step.on ?? application.on, by: clerk.account };
    const refusals = decisionRefusals(step, application, clerk, this.open[garden]!);
    // A child is not taken off the register between the two submissions, so registration is not asked again.
    if (act === 'resubmitApplication') refusals.push(...this.entryRefusals(kind, child, { garden, ...said }));
    if (refusals.length > 0) return refusals;
    carryOut(act, life, application, said, this.day);
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
    refusals.push(...dayRefusals(on, stay.from, this.day));
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
    refusals.push(...wordRefusals(remark));
    refusals.push(...dayRefusals(on, life.stay!.from, this.day));
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

  private entryRefusals(kind: Application['kind'], child: number, seat: Seat): string[] {
    return entryRefusals(kind, seat, this.lives[child]!, this.people[child]!, this);
  }
}
