/**
 * A small country to look for leaks in: three counties of two provinces, four kindergartens, and in each of them children
 * whose names, numbers and phones nobody else has. Who may read which of them is stated here by hand, not read from the rules.
 */
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { acts, inventedChild } from '../support/story.ts';
import type { World } from '../support/world.ts';
import { keepRegisters, type Registers } from './registers.ts';

export interface Garden {
  readonly code: string;
  readonly county: string;
  readonly city: string;
  readonly province: string;
}

export const GARDENS: readonly Garden[] = [
  { code: '1133990011', county: '330110', city: '330100', province: '330000' },
  { code: '1133990012', county: '330110', city: '330100', province: '330000' },
  { code: '1133990013', county: '330106', city: '330100', province: '330000' },
  { code: '1144990014', county: '440305', city: '440300', province: '440000' },
];

const STEMS = ['甲', '乙', '丙', '丁'];
const BRANCHES = ['子丑', '寅卯', '辰巳', '午未'];

export type SecretKind =
  'CHILD_NAME' | 'DOCUMENT_TAIL' | 'DOCUMENT' | 'RECORD_NUMBER' | 'GUARDIAN_NAME' | 'GUARDIAN_PHONE';

/** A value that must not be read but by those in whose area one of the gardens lies and to whom it is opened. */
export interface Secret {
  readonly kind: SecretKind;
  readonly childId: string;
  readonly value: string;
  readonly gardens: readonly Garden[];
  /** Of a child under a protection order: only those given the right by name read it. */
  readonly sealed: boolean;
}

export interface Planted {
  readonly childId: string;
  readonly recordId: string;
  readonly applicationId: string;
  readonly number: string;
  readonly bornOn: string;
  readonly documentNumber: string;
  /** Where its record is. */
  readonly garden: Garden;
  /** Who holds the child. */
  readonly holders: readonly Garden[];
  readonly sealed: boolean;
}

export interface Country {
  readonly children: readonly Planted[];
  /** A problem case about the first child of each garden, and a frozen graduation of each garden. */
  readonly cases: readonly { readonly id: string; readonly record: string }[];
  readonly runs: readonly { readonly id: string; readonly garden: Garden }[];
  readonly secrets: readonly Secret[];
  readonly classes: ReadonlyMap<string, string>;
  readonly registers: Registers;
}

const clerkOf = (garden: Garden): ViewerSpec => ({
  account: `entry-${garden.code}`,
  role: 'KINDERGARTEN',
  purpose: 'ENROLMENT',
  institution: garden.code,
});
const countyOf = (county: string, n: number): ViewerSpec => ({
  account: `county-${county}-${n}`,
  role: 'COUNTY',
  purpose: 'ENROLMENT',
  region: county,
});

export const PER_GARDEN = 3;

/** `poll` lets everybody ask once what has changed about accounts. */
export async function plant(world: World, poll: () => void): Promise<Country> {
  const classes = await opened(world);
  const story = acts(world, classes);
  const children: Planted[] = [];
  const secrets: Secret[] = [];
  for (const [g, garden] of GARDENS.entries()) {
    const items = Array.from({ length: PER_GARDEN }, (_, i) =>
      inventedChild(100 + g * 10 + i, {
        name: `${STEMS[g]!}${BRANCHES[g]!}${BRANCHES[i]!}`,
        guardians: [
          { relation: 'MOTHER', name: `戊${BRANCHES[g]!}${STEMS[i]!}`, phone: `1990000${g}${g}${i}${i}` },
        ],
      }),
    );
    const clerk = clerkOf(garden);
    const registered = await story.register(clerk, items);
    const childIds = registered.results.map(({ child }) => child!.id);
    const submitted = await story.submit(clerk, childIds);
    const applicationIds = submitted.results.map(({ application }) => application!.id);
    const approved = await story.approve(countyOf(garden.county, 2), applicationIds);
    // The last child of the first garden is held in another county too, which has stated a guardian of its own.
    for (const [i, item] of items.entries()) {
      const shared = g === 0 && i === PER_GARDEN - 1;
      // The middle child of the first garden is sealed when everything else has happened.
      const sealed = g === 0 && i === 1;
      const holders = shared ? [garden, GARDENS[2]!] : [garden];
      const { id: recordId, number } = approved.results[i]!.record!;
      const documentNumber = item.documentNumber!;
      const childId = childIds[i]!;
      children.push({
        ...{ childId, recordId, applicationId: applicationIds[i]!, number: number! },
        ...{ bornOn: item.bornOn, documentNumber, garden, holders, sealed },
      });
      const [guardian] = item.guardians;
      secrets.push(
        { childId, kind: 'CHILD_NAME', value: item.name, gardens: holders, sealed },
        { childId, kind: 'DOCUMENT_TAIL', value: `**${documentNumber.slice(-4)}`, gardens: holders, sealed },
        { childId, kind: 'DOCUMENT', value: `"${documentNumber}"`, gardens: [], sealed },
        { childId, kind: 'RECORD_NUMBER', value: number!, gardens: [garden], sealed },
        { childId, kind: 'GUARDIAN_NAME', value: guardian!.name, gardens: [garden], sealed },
        { childId, kind: 'GUARDIAN_PHONE', value: guardian!.phone, gardens: [garden], sealed },
      );
      if (!shared) continue;
      const other = { relation: 'FATHER', name: '己酉戌', phone: '19911112222' };
      await story.register(clerkOf(GARDENS[2]!), [{ ...item, guardians: [other] }]);
      secrets.push(
        { childId, kind: 'GUARDIAN_NAME', value: other.name, gardens: [GARDENS[2]!], sealed },
        { childId, kind: 'GUARDIAN_PHONE', value: other.phone, gardens: [GARDENS[2]!], sealed },
      );
    }
  }
  const cases = await suspected(world, children);
  const runs = await frozen(world);
  await seal(
    world,
    children.find(({ sealed }) => sealed)!,
  );
  const registers = await keepRegisters(world, children, poll);
  return { children, secrets, classes, cases, runs, registers };
}

async function suspected(world: World, children: readonly Planted[]) {
  const cases: { id: string; record: string }[] = [];
  for (const garden of GARDENS) {
    const { recordId } = children.find((one) => one.garden === garden)!;
    const input = { idempotencyKey: `case-${garden.code}`, recordId, kind: 'EMPTY', evidence: [] };
    const { openProblemCase } = await world.data<{ openProblemCase: { problemCase: { id: string } } }>(
      countyOf(garden.county, 1),
      'mutation($input: OpenProblemCaseInput!) { openProblemCase(input: $input) { problemCase { id } userErrors { code } } }',
      { input },
    );
    cases.push({ id: openProblemCase.problemCase.id, record: recordId });
  }
  return cases;
}

async function frozen(world: World) {
  const runs: { id: string; garden: Garden }[] = [];
  for (const garden of GARDENS) {
    const input = { idempotencyKey: `freeze-${garden.code}`, institutionCode: garden.code, schoolYear: 2026 };
    const { freezeGraduation } = await world.data<{ freezeGraduation: { run: { id: string } | null } }>(
      clerkOf(garden),
      'mutation($input: FreezeGraduationInput!) { freezeGraduation(input: $input) { run { id } userErrors { code } } }',
      { input },
    );
    if (freezeGraduation.run) runs.push({ id: freezeGraduation.run.id, garden });
  }
  return runs;
}

async function seal(world: World, { childId, garden }: Planted): Promise<void> {
  const { sealChild } = await world.data<{ sealChild: { done: boolean; everywhere: boolean } }>(
    countyOf(garden.county, 1),
    'mutation($input: SealChildInput!) { sealChild(input: $input) { done everywhere userErrors { code } } }',
    { input: { idempotencyKey: 'seal', childId, ground: 'COURT_ORDER', reference: '示例' } },
  );
  if (!sealChild.everywhere) throw new Error('The child could not be sealed everywhere.');
}

async function opened(world: World): Promise<Map<string, string>> {
  const classes = new Map<string, string>();
  for (const [g, garden] of GARDENS.entries()) {
    const clerk = countyOf(garden.county, 1);
    const institution = {
      code: garden.code, name: `示例幼儿园${g}`, kind: 'KINDERGARTEN', founder: 'PRIVATE', urbanRuralClass: '111',
      region: garden.county, openedOn: '2020-09-01',
    }; // prettier-ignore
    await world.data(
      clerk,
      'mutation($input: OpenInstitutionsInput!) { openInstitutions(input: $input) { results { userErrors { code } } } }',
      { input: { idempotencyKey: `open-${garden.code}`, items: [institution] } },
    );
    const item = { institutionCode: garden.code, name: '小一班', level: 'SMALL', schoolYear: 2026 };
    const { openClasses } = await world.data<{ openClasses: { results: { class: { id: string } }[] } }>(
      clerk,
      'mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } } } }',
      { input: { idempotencyKey: `class-${garden.code}`, items: [item] } },
    );
    classes.set(garden.code, openClasses.results[0]!.class.id);
  }
  return classes;
}
