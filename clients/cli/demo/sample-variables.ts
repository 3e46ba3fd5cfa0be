/**
 * The sample operations in schema/operations name things of the demonstration county whose ids exist only after
 * seeding as `demo:<what>`. Here such a text becomes the value it stands for.
 */
import { randomUUID } from 'node:crypto';
import { addMonths, compare, today } from '../../../kernel/rules/plain-date.ts';
import { schoolYearOf, schoolYearStart } from '../../../kernel/rules/school-year.ts';
import { DECIDING_CLERK, entryClerk } from './accounts.ts';
import { deskLookups } from './desk-lookups.ts';
import { DEMO_FIRST_INSTITUTION, DEMO_REGION, DEMO_SECOND_INSTITUTION } from './generate.ts';
import { recordsOfThePlan } from './plan-records.ts';
import { linkLookups } from './link-lookups.ts';
import { exportLookups } from './seed-exports.ts';
import type { Ask, ViewerSpec } from './viewer-spec.ts';

const PREFIX = 'demo:';

/** The child 02-register-children registers; what follows it works on this child. */
const SAMPLE_DOCUMENT = { kind: 'RESIDENT_ID', number: '190199202110080017' } as const;

/** How each `demo:<what>` is found, by `<what>`. */
export type Lookups = Readonly<Record<string, () => unknown>>;

export type Variables = Readonly<Record<string, unknown>>;

/** The variables with every `demo:<what>` in them replaced. Throws on a name no lookup knows. */
export async function resolveSampleVariables(variables: Variables, lookups: Lookups): Promise<Variables> {
  return (await resolved(variables, lookups)) as Variables;
}

async function resolved(value: unknown, lookups: Lookups): Promise<unknown> {
  if (typeof value === 'string') return value.startsWith(PREFIX) ? found(value, lookups) : value;
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolved(item, lookups)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await resolved(inner, lookups)]);
  return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
}

async function found(name: string, lookups: Lookups): Promise<unknown> {
  const lookup = lookups[name.slice(PREFIX.length)];
  if (!lookup) throw new Error(`No sample value is known as ${name}.`);
  const value = await lookup();
  if (value === null || value === undefined) throw new Error(`The graph has nothing for ${name}.`);
  return value;
}

/**
 * Lookups through the graph the demonstration county was seeded into. They look each time anew: an application
 * that was approved in between is no longer the first.
 */
export function sampleLookups(ask: Ask): Lookups {
  const code = DEMO_FIRST_INSTITUTION;
  const kindergarten = entryClerk(code);
  // A number comes whole only to who says what for.
  const clerk: ViewerSpec = { ...DECIDING_CLERK, purpose: 'VERIFICATION' };
  const record = async (index = 0) => {
    const { records } = await ask<Records>(clerk, FIRST_RECORDS, { institution: code });
    return records?.nodes[index];
  };
  const ofThisYear = () => recordsOfThePlan(ask, code);
  return {
    'new-key': () => randomUUID(),
    today: () => today(new Date()),
    'school-year': () => schoolYearOf(today(new Date())),
    'start-of-year': () => schoolYearStart(schoolYearOf(today(new Date()))),
    'month-ago': () => addMonths(today(new Date()), -1),
    'in-a-year': () => addMonths(today(new Date()), 12),
    'first-institution-code': () => code,
    'second-institution-code': () => DEMO_SECOND_INSTITUTION,
    'record-of-second': async () => {
      const { records } = await ask<Records>(DECIDING_CLERK, SECOND_RECORDS, {
        institution: DEMO_SECOND_INSTITUTION,
      });
      return records?.nodes.at(-1)?.id;
    },
    'record-without-id': () => recordWithoutId(ask),
    'first-record': async () => (await record())?.id,
    // For a sample that changes its record, so that the first stays as the others expect it.
    'second-record': async () => (await record(1))?.id,
    'third-record': async () => (await record(2))?.id,
    'fourth-record': async () => (await record(3))?.id,
    // The nearest to school age; the first records are other samples', and so is the last.
    'oldest-record': async () => {
      const rest = (await ofThisYear())
        .slice(5, -1)
        .flatMap(({ id, child }) => (child ? [{ id, bornOn: child.bornOn }] : []));
      return rest.sort((a, b) => compare(a.bornOn, b.bornOn))[0]?.id;
    },
    'last-record': async () => (await ofThisYear()).at(-1)?.id,
    'left-record': async () => {
      const { records } = await ask<Records>(DECIDING_CLERK, LEFT_RECORD, { institution: code });
      return records?.nodes[0]?.id;
    },
    'first-record-number': async () => (await record())?.number,
    'first-child': async () => (await record())?.child?.id,
    'first-born-on': async () => (await record())?.child?.bornOn,
    'first-application': async () => {
      const answer = await ask<Applications>(DECIDING_CLERK, FIRST_APPLICATION, { region: DEMO_REGION });
      return answer.applications?.nodes[0]?.id;
    },
    'first-class': async () => {
      const schoolYear = schoolYearOf(today(new Date()));
      const { institution } = await ask<Classes>(kindergarten, FIRST_CLASS, { code, schoolYear });
      return institution?.classes[0]?.id;
    },
    'waiting-transfer': async () =>
      (await ask<Transfers>(kindergarten, MY_TRANSFERS, {})).applications?.nodes.find(
        ({ task }) => task === 'ANSWER',
      )?.id,
    ...exportLookups(ask),
    'child-to-receive': () => childToReceive(ask),
    ...linkLookups(ask),
    'sample-child': async () =>
      (await ask<ByDocument>(kindergarten, SAMPLE_CHILD, SAMPLE_DOCUMENT)).childByDocument?.id,
    ...deskLookups(ask),
  };
}

/** A record with a temporary number whose child has no document yet. */
async function recordWithoutId(ask: Ask): Promise<string | undefined> {
  const { records } = await ask<Undocumented>(DECIDING_CLERK, UNDOCUMENTED, { region: DEMO_REGION });
  return records?.nodes.find(
    ({ number, child }) =>
      number.startsWith('L') && child?.documents.every(({ kind }) => kind !== 'RESIDENT_ID') === true,
  )?.id;
}

/** A child of the second kindergarten that the first has registered as well. */
async function childToReceive(ask: Ask): Promise<string | undefined> {
  const { records } = await ask<Records>(DECIDING_CLERK, SECOND_RECORDS, {
    institution: DEMO_SECOND_INSTITUTION,
  });
  for (const { child } of records?.nodes ?? []) {
    if (!child) continue;
    const own = await ask<OwnChild>(entryClerk(DEMO_FIRST_INSTITUTION), OWN_CHILD, { id: child.id });
    if (own.child) return child.id;
  }
  return undefined;
}

interface Thing {
  readonly id: string;
}
interface FirstRecord extends Thing {
  readonly number: string;
  readonly child: (Thing & { readonly bornOn: string }) | null;
}
interface Records {
  readonly records: { readonly nodes: readonly FirstRecord[] } | null;
}
interface Applications {
  readonly applications: { readonly nodes: readonly Thing[] } | null;
}
interface Transfers {
  readonly applications: { readonly nodes: readonly (Thing & { readonly task: string | null })[] } | null;
}
interface Undocumented {
  readonly records: {
    readonly nodes: readonly (Thing & {
      readonly number: string;
      readonly child: { readonly documents: readonly { readonly kind: string }[] } | null;
    })[];
  } | null;
}
type OwnChild = { readonly child: Thing | null };
interface Classes {
  readonly institution: { readonly classes: readonly Thing[] } | null;
}
interface ByDocument {
  readonly childByDocument: Thing | null;
}

const FIRST_RECORDS = `query DemoFirstRecords($institution: String!) {
  records(filter: { institution: $institution, status: ENROLLED }, first: 4) {
    nodes { id number child { id bornOn } }
  }
}`;
const SECOND_RECORDS = `query DemoSecondRecords($institution: String!) {
  records(filter: { institution: $institution, status: ENROLLED }, first: 40) { nodes { id child { id bornOn } } }
}`;
const UNDOCUMENTED = `query DemoUndocumented($region: String!) {
  records(filter: { region: $region, status: ENROLLED }, first: 100) {
    nodes { id number child { documents { kind } } }
  }
}`;
const OWN_CHILD = `query DemoOwnChild($id: ID!) { child(id: $id) { id } }`;
const MY_TRANSFERS = `query DemoMyTransfers {
  applications(filter: { kind: TRANSFER, mine: true }, first: 20) { nodes { id task } }
}`;
const LEFT_RECORD = `query DemoLeftRecord($institution: String!) {
  records(filter: { institution: $institution, status: LEFT }, first: 1) { nodes { id } }
}`;
const FIRST_APPLICATION = `query DemoFirstApplication($region: String!) {
  applications(filter: { region: $region, state: SUBMITTED }, first: 1) { nodes { id } } }`;
const FIRST_CLASS = `query DemoFirstClass($code: String!, $schoolYear: Int!) {
  institution(code: $code) { classes(schoolYear: $schoolYear) { id } }
}`;
const SAMPLE_CHILD = `query DemoSampleChild($kind: DocumentKind!, $number: String!) {
  childByDocument(kind: $kind, number: $number) { id }
}`;
