/**
 * What the operations of the bench cost besides time, to the statement: a loader that is forgotten shows here
 * as a number that grows with the page, long before anybody is kept waiting.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DECIDING_CLERK, entryClerk } from '../../clients/cli/demo/accounts.ts';
import { DEMO_FIRST_INSTITUTION, DEMO_REGION, demoCounty } from '../../clients/cli/demo/generate.ts';
import { seedDemo } from '../../clients/cli/demo/seed.ts';
import { readNationalFigures } from '../../clients/cli/demo/statistics.ts';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { projectFile } from '../../kernel/paths.ts';
import { embedded } from '../support/databases.ts';
import { analyst, APPROVE, inventedChild, REGISTER, SUBMIT, type Approved } from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const SCHOOL_YEAR = 2026;
const garden = entryClerk(DEMO_FIRST_INSTITUTION);

interface Cost<Data = unknown> {
  readonly statements: number;
  /** The subgraphs that were asked, in alphabetical order: those of one step are asked at once. */
  readonly fetches: readonly string[];
  readonly responseBytes: number;
  readonly data: Data;
}

/** As the bench asks it. */
const operation = (name: string) =>
  readFileSync(projectFile('bench', 'operations', `${name}.graphql`), 'utf8');

describe('On the embedded database', () => {
  const databases = embedded();
  let fetched: string[] = [];
  let world: World;
  let number: string;
  let classId: string;

  const costOf = async <Data>(viewer: ViewerSpec, query: string, variables: object): Promise<Cost<Data>> => {
    const statements = () => world.subgraphs.reduce((sum, { stats }) => sum + stats.statements, 0);
    // An account that comes for the first time is looked up; nobody's later requests are.
    await world.data(viewer, '{ __typename }');
    fetched = [];
    const before = statements();
    const data = await world.data<Data>(viewer, query, variables);
    return {
      statements: statements() - before,
      fetches: fetched.sort(),
      responseBytes: Buffer.byteLength(JSON.stringify({ data })),
      data,
    };
  };

  beforeAll(async () => {
    // Counts are folded every second; here never, since those statements are nobody's operation.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    world = await startWorld({
      databases,
      wiring: 'in one process',
      now: () => new Date('2026-11-02T02:00:00Z'),
      observe: ({ subgraph }) => void fetched.push(subgraph),
    });
    const county = demoCounty(SCHOOL_YEAR, readNationalFigures());
    await seedDemo({
      ask: (viewer, query, variables) => world.data(viewer, query, variables),
      schoolYear: SCHOOL_YEAR,
      county: { ...county, kindergartens: county.kindergartens.slice(0, 2) },
    });
    const found = await world.data<{
      records: { nodes: { number: string }[] };
      institution: { classes: { id: string }[] };
    }>(
      { ...DECIDING_CLERK, purpose: 'VERIFICATION' },
      `query($code: String!) {
        records(filter: { status: ENROLLED }, first: 1) { nodes { number } }
        institution(code: $code) { classes(schoolYear: ${SCHOOL_YEAR}) { id } }
      }`,
      { code: DEMO_FIRST_INSTITUTION },
    );
    number = found.records.nodes[0]!.number;
    classId = found.institution.classes[0]!.id;
  });
  afterAll(async () => {
    vi.useRealTimers();
    await world.close();
  });

  it.each([
    {
      title: 'one entity by number',
      name: 'one',
      viewer: DECIDING_CLERK,
      variables: () => ({ number }),
      // The guess is paid for first; of these the account's first of a day takes two to open its row.
      budget: { statements: 6, fetches: ['records'] },
      bytes: 200,
    },
    {
      title: '50 records joined across three subgraphs',
      name: 'joined',
      viewer: DECIDING_CLERK,
      variables: () => ({ institution: DEMO_FIRST_INSTITUTION }),
      budget: { statements: 7, fetches: ['children', 'institutions', 'institutions', 'records'] },
      bytes: 24_000,
    },
    {
      title: 'a page of 100 records with institution and child',
      name: 'page',
      viewer: DECIDING_CLERK,
      variables: () => ({ region: DEMO_REGION }),
      budget: { statements: 3, fetches: ['children', 'institutions', 'records'] },
      bytes: 28_000,
    },
    {
      title: 'counts by province',
      name: 'counts',
      viewer: analyst,
      variables: () => ({}),
      budget: { statements: 2, fetches: ['institutions', 'records'] },
      bytes: 120,
    },
  ])('$title keeps to its budget', async ({ name, viewer, variables, budget, bytes }) => {
    const cost = await costOf(viewer, operation(name), variables());
    expect(cost).toMatchObject(budget);
    expect(cost.responseBytes).toBeLessThanOrEqual(bytes);
  });

  it.each([
    {
      title: "a page of the county's work by the day it is due, with institutions and children",
      viewer: DECIDING_CLERK,
      query: `{ applicationQueues { kind task waiting overdue }
        applications(orderBy: DUE, first: 50) { totalCount nodes { id dueOn institution { name } child { name } } } }`,
      budget: { statements: 6, fetches: ['children', 'institutions', 'records'] },
    },
    {
      title: 'a page of 100 records as of a day, with number, stay and history',
      viewer: DECIDING_CLERK,
      query: `{ records(asOf: "2026-11-01", first: 100) {
        nodes { id status number enteredOn placement { fromOn } events { seq account } } } }`,
      budget: { statements: 5, fetches: ['records'] },
    },
    {
      title: 'the history and the applications of 100 records',
      viewer: DECIDING_CLERK,
      query: '{ records(first: 100) { nodes { events { seq account } applications { id } } } }',
      budget: { statements: 3, fetches: ['records'] },
    },
  ])('$title keeps to its budget', async ({ viewer, query, budget }) => {
    expect(await costOf(viewer, query, {})).toMatchObject(budget);
  });

  /** Registers, submits and approves so many children; the cost of each step. */
  const enrolment = async (first: number, many: number) => {
    const key = `${first}-${many}`;
    const items = Array.from({ length: many }, (_, i) => inventedChild(first + i));
    const register = await costOf<Registered>(garden, REGISTER, {
      input: { idempotencyKey: `register-${key}`, items },
    });
    const submit = await costOf<Submitted>(garden, SUBMIT, {
      input: {
        idempotencyKey: `submit-${key}`,
        items: register.data.registerChildren.results.map(({ child }) => ({
          childId: child.id,
          institutionCode: DEMO_FIRST_INSTITUTION,
          classId,
          enteredOn: '2026-10-08',
        })),
      },
    });
    const approve = await costOf<Approved>(DECIDING_CLERK, APPROVE, {
      input: {
        idempotencyKey: `approve-${key}`,
        applicationIds: submit.data.submitEnrolments.results.map(({ application }) => application.id),
      },
    });
    return { register, submit, approve };
  };

  it('a hundred children at once cost hardly more than one', async () => {
    await enrolment(1, 1);
    const { register, submit, approve } = await enrolment(2, 100);
    expect(register).toMatchObject({ statements: 32, fetches: ['children'] });
    expect(submit).toMatchObject({ statements: 40, fetches: ['records'] });
    // Four of them write down, for the feed of the K-12 side, what became of the hundred.
    expect(approve).toMatchObject({ statements: 48, fetches: ['records'] });
    for (const { responseBytes } of [register, submit, approve])
      expect(responseBytes).toBeLessThanOrEqual(26_000);
    const { results } = approve.data.approveApplications;
    expect(results.map(({ record }) => record?.status)).toEqual(Array(100).fill('ENROLLED'));
  });
});

interface Registered {
  readonly registerChildren: { readonly results: readonly { readonly child: { readonly id: string } }[] };
}
interface Submitted {
  readonly submitEnrolments: {
    readonly results: readonly { readonly application: { readonly id: string } }[];
  };
}
