/** Files for a trial against a graph that runs for development: two schools, a kindergarten, and children nobody is. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { mod11Check } from '../../kernel/rules/identity-document.ts';
import { addDays, today } from '../../kernel/rules/plain-date.ts';
import { PURPOSE_HEADER } from '../../kernel/rules/purposes.ts';
import { schoolYearOf, schoolYearStart } from '../../kernel/rules/school-year.ts';
import { DECIDING_CLERK, entryClerk, OPENING_CLERK, reviewClerk } from '../cli/demo/accounts.ts';
import { allDone } from '../cli/demo/answers.ts';
import { DEMO_REGION } from '../cli/demo/generate.ts';
import {
  APPROVE_APPLICATIONS,
  OPEN_CLASSES,
  REGISTER_CHILDREN,
  SUBMIT_ENROLMENTS,
  type ApproveApplicationsAnswer,
  type OpenClassesAnswer,
  type RegisterChildrenAnswer,
  type SubmitEnrolmentsAnswer,
} from '../cli/demo/seed-operations.ts';
import { viewerOf, type Ask, type ViewerSpec } from '../cli/demo/viewer-spec.ts';
import type { TrialChild, TrialChildren } from './children.ts';

export const SCHOOLS = ['2133990001', '2133000001'] as const;
export const GARDEN = '1133990001';
const CHILDREN = 12;
const VERSION = 1;

export const schoolSpec = (code: string): ViewerSpec => ({
  account: `primary-school-${code}-1`,
  role: 'PRIMARY_SCHOOL',
  purpose: 'ADMISSION',
  institution: code,
});

/** Where `run` looks for them where nothing else is said. */
export const FILES = {
  token: 'school.token',
  rival: 'rival.token',
  garden: 'kindergarten.token',
  children: 'children.json',
} as const;

export async function prepare(gateway: string, dataDir: string, dir: string): Promise<number> {
  const issuer = await openDevIssuer(dataDir);
  const token = (spec: ViewerSpec) => issuer.mint(viewerOf(spec), 30);
  const children = await prepareChildren(askOver(gateway, token));
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text, { mode: 0o600 });
  write(FILES.token, await token(schoolSpec(SCHOOLS[0])));
  write(FILES.rival, await token(schoolSpec(SCHOOLS[1])));
  write(FILES.garden, await token(reviewClerk(GARDEN)));
  write(FILES.children, `${JSON.stringify(children, null, 2)}\n`);
  return children.children.length;
}

function askOver(gateway: string, token: (spec: ViewerSpec) => Promise<string>): Ask {
  return async <Data>(spec: ViewerSpec, query: string, variables: object) => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await token(spec)}`,
      ...(spec.purpose && { [PURPOSE_HEADER]: spec.purpose }),
    };
    const response = await fetch(gateway, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: Data | null;
      errors?: { extensions?: { code?: string } }[];
    };
    if (!data || errors)
      throw new Error(`the graph answered ${errors?.[0]?.extensions?.code ?? response.status}`);
    return data;
  };
}

const OPEN_SCHOOLS = `mutation ConformanceOpenSchools($input: OpenPrimarySchoolsInput!) {
  openPrimarySchools(input: $input) { results { userErrors { code field } } userErrors { code field } } }`;

/** Every key is the same each time, so that a second call answers what the first one did. */
export async function prepareChildren(ask: Ask): Promise<TrialChildren> {
  const year = schoolYearOf(today(new Date()));
  const key = (act: string) => `conformance:${VERSION}:${year}:${act}`;
  await openSchools(ask, key('schools'));
  const className = '对接验证班';
  const classes = await ask<OpenClassesAnswer>(OPENING_CLERK, OPEN_CLASSES, {
    input: {
      idempotencyKey: key('class'),
      items: [{ institutionCode: GARDEN, name: className, level: 'LARGE', schoolYear: year }],
    },
  });
  const [room] = allDone('openClasses', 1, classes.openClasses, (one) => one.class);
  const invented = Array.from({ length: CHILDREN + 1 }, (_, i) => child(i, year));
  const registered = await ask<RegisterChildrenAnswer>(entryClerk(GARDEN), REGISTER_CHILDREN, {
    input: { idempotencyKey: key('register'), items: invented },
  });
  const ids = allDone('registerChildren', invented.length, registered.registerChildren, (one) => one.child);
  const items = ids.map(({ id: childId }) => ({ childId, institutionCode: GARDEN, classId: room!.id, enteredOn: schoolYearStart(year) })); // prettier-ignore
  const submitted = await ask<SubmitEnrolmentsAnswer>(entryClerk(GARDEN), SUBMIT_ENROLMENTS, {
    input: { idempotencyKey: key('submit'), items },
  });
  const applications = allDone('submitEnrolments', items.length, submitted.submitEnrolments, (one) => one.application); // prettier-ignore
  const applicationIds = applications.map(({ id }) => id);
  const approved = await ask<ApproveApplicationsAnswer>(DECIDING_CLERK, APPROVE_APPLICATIONS, {
    input: { idempotencyKey: key('approve'), applicationIds },
  });
  allDone(
    'approveApplications',
    applicationIds.length,
    approved.approveApplications,
    (one) => one.application,
  );
  const known = await Promise.all(ids.map(({ id }, i) => recordOf(ask, id, invented[i]!.bornOn)));
  return { children: known.slice(0, CHILDREN), young: known.at(-1)! };
}

async function openSchools(ask: Ask, idempotencyKey: string): Promise<void> {
  const items = SCHOOLS.map((code, i) => ({ code, name: `对接验证小学${i + 1}（演示）`, region: DEMO_REGION, openedOn: '2000-09-01' })); // prettier-ignore
  const { openPrimarySchools } = await ask<{
    openPrimarySchools: { results: { userErrors: { code: string }[] }[] };
  }>(OPENING_CLERK, OPEN_SCHOOLS, { input: { idempotencyKey, items } });
  const refused = openPrimarySchools.results.flatMap(({ userErrors }) => userErrors);
  // One that is there already is what is wanted.
  const other = refused.find(({ code }) => code !== 'SCHOOL_CODE_TAKEN');
  if (other) throw new Error(`a primary school was refused: ${other.code}`);
}

async function recordOf(ask: Ask, id: string, bornOn: string): Promise<TrialChild> {
  const { child: found } = await ask<{ child: { record: { id: string; number: string } } }>(
    { ...DECIDING_CLERK, purpose: 'VERIFICATION' },
    'query ConformanceRecord($id: ID!) { child(id: $id) { record { id number } } }',
    { id },
  );
  return { number: found.record.number, bornOn, recordId: found.record.id };
}

/** Of school age, but the last one. No province has the prefix 19. */
function child(i: number, year: number) {
  const bornOn = i < CHILDREN ? addDays(`${year - 7}-10-01`, i) : `${year - 5}-03-01`;
  const first17 = `190102${bornOn.replaceAll('-', '')}${String(900 + i).padStart(3, '0')}`;
  return {
    name: `验证${'甲乙丙丁戊己庚辛壬癸子丑寅'[i]!}`,
    sex: i % 2 === 1 ? 'MALE' : 'FEMALE',
    bornOn,
    documentKind: 'RESIDENT_ID',
    documentNumber: first17 + mod11Check(first17),
    guardians: [{ relation: 'MOTHER', name: '某某', phone: '19900000000' }],
  };
}
