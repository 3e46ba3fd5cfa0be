import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { type acts, COUNTY, deciding, garden, inventedChild, opening, type Asks } from './story.ts';

export const SCHOOL = '2133990001';
export const OTHER_SCHOOL = '2133990002';

export const schoolOf = (code: string, n = 1): ViewerSpec => ({
  account: `school-${code}-${n}`,
  role: 'PRIMARY_SCHOOL',
  purpose: 'ADMISSION',
  institution: code,
});
export const school = schoolOf(SCHOOL);
export const otherSchool = schoolOf(OTHER_SCHOOL);

export interface Coded {
  readonly code: string;
  readonly field?: readonly string[];
}

export interface TakeOverAnswer {
  readonly takeOver: {
    readonly id: string;
    readonly state: string;
    readonly origin: string;
    readonly underWay: boolean;
    readonly admittedOn: string | null;
    readonly archive?: { readonly number: string; readonly status: string } | null;
    readonly receipt: { readonly text: string; readonly jws: string } | null;
  } | null;
  readonly warnings: readonly Coded[];
  readonly userErrors: readonly Coded[];
}

const TAKE_OVER = 'id state origin underWay admittedOn receipt { text jws }';
let calls = 0;

/** Registers primary schools in the story's county. */
export async function openSchools(
  world: Asks,
  codes: readonly string[] = [SCHOOL, OTHER_SCHOOL],
): Promise<void> {
  const items = codes.map((code, i) => ({
    code,
    name: `示例小学${i + 1}`,
    region: COUNTY,
    openedOn: '2010-09-01',
  }));
  const { openPrimarySchools } = await world.data<{
    openPrimarySchools: { results: { userErrors: Coded[] }[]; userErrors: Coded[] };
  }>(
    opening,
    `mutation($input: OpenPrimarySchoolsInput!) { openPrimarySchools(input: $input) {
      results { userErrors { code field } } userErrors { code } } }`,
    { input: { idempotencyKey: `open-schools-${++calls}`, items } },
  );
  const refused = openPrimarySchools.results.flatMap(({ userErrors }) => userErrors);
  if (refused.length + openPrimarySchools.userErrors.length > 0)
    throw new Error(`No schools: ${JSON.stringify(openPrimarySchools)}`);
}

export interface Enrolled {
  readonly id: string;
  readonly number: string;
  readonly bornOn: string;
}

/** Children with a record and a number, old enough for primary school where nothing else is said. */
export async function enrolled(
  clerks: ReturnType<typeof acts>,
  serials: readonly number[],
  bornOn = '2020-03-15',
): Promise<Enrolled[]> {
  const ids = await clerks.enrol(
    garden,
    serials.map((serial) => inventedChild(serial, { bornOn })),
  );
  const { results } = await clerks.approve(deciding, ids, `approve-${serials.join('-')}-${bornOn}`);
  return results.map(({ record }) => ({ id: record!.id, number: record!.number!, bornOn }));
}

/** One act of the hand-shake, with a key of its own unless one is given. */
export async function takeOverAct(
  world: Asks,
  as: ViewerSpec,
  name: string,
  input: object,
  idempotencyKey = `act-${++calls}`,
): Promise<TakeOverAnswer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const fields = as.role === 'PRIMARY_SCHOOL' ? `${TAKE_OVER} archive { number status }` : TAKE_OVER;
  const query = `mutation($input: ${type}!) { act: ${name}(input: $input) {
    takeOver { ${fields} } warnings { code } userErrors { code field } } }`;
  const { act } = await world.data<{ act: TakeOverAnswer }>(as, query, {
    input: { idempotencyKey, ...input },
  });
  return act;
}

export const claim = (world: Asks, as: ViewerSpec, { number, bornOn }: Enrolled) =>
  takeOverAct(world, as, 'offerTakeOver', { number, bornOn });
