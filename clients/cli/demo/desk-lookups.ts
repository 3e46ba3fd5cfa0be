/** How the samples find the work that was put on the desks of the demonstration county. */
import { today } from '../../../kernel/rules/plain-date.ts';
import { schoolYearOf } from '../../../kernel/rules/school-year.ts';
import { DECIDING_CLERK, entryClerk, MINISTRY_CLERK, PROVINCE_CLERK } from './accounts.ts';
import { DEMO_FIRST_INSTITUTION, DEMO_REGION, DEMO_SECOND_INSTITUTION } from './generate.ts';
import { LAST_SMALL, NEXT_MIDDLE } from './last-year.ts';
import { breakGlassToJudge } from './seed-break-glass.ts';
import type { Ask, ViewerSpec } from './viewer-spec.ts';

const thisYear = () => schoolYearOf(today(new Date()));

type Lookup = () => Promise<string | undefined>;

/** Each looks anew: what was done in between waits no longer. */
export function deskLookups(ask: Ask): Readonly<Record<string, Lookup>> {
  const first = entryClerk(DEMO_FIRST_INSTITUTION);
  const second = entryClerk(DEMO_SECOND_INSTITUTION);
  const ids = async (viewer: ViewerSpec, query: string, variables: object): Promise<string[]> => {
    const { page } = await ask<Page>(viewer, query, variables as Record<string, unknown>);
    return (page?.nodes ?? []).map(({ id }) => id);
  };
  const run = async (viewer: ViewerSpec, state: string) =>
    (await ids(viewer, LAST_YEARS_RUNS, { schoolYear: thisYear() - 1, state })).at(-1);
  const classNamed = async (viewer: ViewerSpec, name: string) => {
    const { institution } = await ask<Classes>(viewer, CLASSES, {
      code: viewer.institution,
      schoolYear: null,
    });
    return institution?.classes.find((one) => one.name === name)?.id;
  };
  const problem = async (viewer: ViewerSpec) => (await ids(viewer, MY_PROBLEMS, {}))[0];
  const returned = () => ids(first, MY_RETURNED, {});
  /** What another account submitted and the county may decide, the oldest first. */
  const decidable = () => ids(DECIDING_CLERK, TO_DECIDE, { region: DEMO_REGION });
  return {
    'frozen-graduation': () => run(first, 'FROZEN'),
    'done-graduation': () => run(second, 'DONE'),
    'waiting-class': () => classNamed(first, LAST_SMALL),
    'next-class': () => classNamed(first, NEXT_MIDDLE),
    'promoted-from': () => classNamed(second, LAST_SMALL),
    'promoted-to': () => classNamed(second, NEXT_MIDDLE),
    'returned-application': async () => (await returned())[0],
    'other-returned-application': async () => (await returned()).at(-1),
    'application-of-first': async () => (await ids(first, OF_FIRST, {}))[0],
    'application-to-return': async () => (await decidable()).at(-1),
    'application-to-refuse': async () => (await decidable()).at(-2),
    'offer-to-withdraw': async () => (await ids(first, OFFERS, {}))[0],
    'problem-of-kindergarten': () => problem(first),
    'problem-of-county': () => problem(DECIDING_CLERK),
    'problem-of-province': () => problem(PROVINCE_CLERK),
    'break-glass-to-judge': () => breakGlassToJudge(ask),
    'problem-of-ministry': () => problem(MINISTRY_CLERK),
    'number-deletion': async () => (await ids(MINISTRY_CLERK, DELETIONS, {}))[0],
    'g-record': async () => {
      const viewer: ViewerSpec = { ...DECIDING_CLERK, purpose: 'VERIFICATION' };
      const { page } = await ask<Numbered>(viewer, NUMBERED, { institution: DEMO_SECOND_INSTITUTION });
      // The first few are in the samples of other acts.
      return page?.nodes.slice(10).find(({ number }) => number?.startsWith('G'))?.id;
    },
  };
}

interface Page {
  readonly page: { readonly nodes: readonly { readonly id: string }[] } | null;
}
interface Numbered {
  readonly page: {
    readonly nodes: readonly { readonly id: string; readonly number: string | null }[];
  } | null;
}
interface Classes {
  readonly institution: {
    readonly classes: readonly { readonly id: string; readonly name: string }[];
  } | null;
}

const LAST_YEARS_RUNS = `query DeskRuns($schoolYear: Int!, $state: GraduationRunState!) {
  page: graduationRuns(filter: { schoolYear: $schoolYear, state: $state }, first: 20) { nodes { id } }
}`;
const CLASSES = `query DeskClasses($code: String!) {
  institution(code: $code) { classes { id name } }
}`;
const NUMBERED = `query DeskNumbers($institution: String!) {
  page: records(filter: { institution: $institution, status: ENROLLED }, first: 40) { nodes { id number } }
}`;
const MY_PROBLEMS = `query DeskProblems {
  page: problemCases(filter: { mine: true, state: OPEN }, first: 1) { nodes { id } }
}`;
const MY_RETURNED = `query DeskReturned {
  page: applications(filter: { mine: true, kind: ENROLMENT, state: RETURNED }, first: 20) { nodes { id } }
}`;
const OF_FIRST = `query DeskApplications {
  page: applications(filter: { state: APPROVED }, first: 1) { nodes { id } }
}`;
const TO_DECIDE = `query DeskDecisions($region: String!) {
  page: applications(
    filter: { region: $region, state: SUBMITTED, mine: true, submittedByOthers: true }
    first: 100
  ) { nodes { id } }
}`;
const DELETIONS = `query DeskDeletions {
  page: applications(filter: { kind: NUMBER_DELETION, mine: true }, first: 1) { nodes { id } }
}`;
const OFFERS = `query DeskOffers {
  page: transferOffers(first: 1) { nodes { id } }
}`;
