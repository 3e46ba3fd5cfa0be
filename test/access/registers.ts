/**
 * What lies beside the children and can leak of them: exports with their files, break-glasses with what was looked at under
 * them, guardians, and the entries of the log they read. All of it comes about as anywhere, by acts; ids and words are kept.
 */
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { exporting } from '../records/data-exports/support.ts';
import type { World } from '../support/world.ts';
import type { Garden, Planted } from './country.ts';

/** Where something belongs: what is of a city has no county, what is of a province no city. */
export type Reach = Partial<Pick<Garden, 'county' | 'city'>> & Pick<Garden, 'province'>;

export interface PlantedExport {
  readonly id: string;
  readonly words: readonly string[];
  readonly ticket: string;
  readonly owner: ViewerSpec;
  readonly reach: Reach;
}

export interface PlantedGlass {
  readonly id: string;
  readonly reason: string;
  readonly opener: ViewerSpec;
  readonly reach: Reach;
  readonly childId: string;
  /** Entries of the log that its review shows. */
  readonly looks: readonly string[];
}

export interface Registers {
  readonly exports: readonly PlantedExport[];
  readonly glasses: readonly PlantedGlass[];
  readonly guardians: readonly { readonly account: string; readonly childId: string }[];
  /** Entries of the log of children, by the child they are about. */
  readonly entries: readonly { readonly id: string; readonly childId: string }[];
}

const staff = (role: ViewerSpec['role'], region: string, n: number): ViewerSpec => ({
  account: `${role}-${region}-staff-${n}`,
  role,
  region,
});
const auditor: ViewerSpec = { account: 'auditor-of-registers', role: 'AUDITOR' };
const ministry: ViewerSpec = { account: 'ministry-of-registers', role: 'MINISTRY' };

/** Of these the questions come, too: a county that has opened a child of another province, and guardians of two children. */
export const OPENER: ViewerSpec = { account: 'opener', role: 'COUNTY', region: '330106' };
export const GUARDIANS: readonly ViewerSpec[] = ['first', 'last'].map((which) => ({
  account: `guardian-of-${which}`,
  role: 'GUARDIAN',
}));

const COUNTIES: readonly Reach[] = [
  { county: '330110', city: '330100', province: '330000' },
  { county: '330106', city: '330100', province: '330000' },
  { county: '440305', city: '440300', province: '440000' },
];
const [, SECOND, THIRD] = COUNTIES as [Reach, Reach, Reach];
const CITY_THERE: Reach = { city: '440300', province: '440000' };
const PROVINCE_THERE: Reach = { province: '440000' };

/** `poll` lets everybody ask once what has changed about accounts. */
export async function keepRegisters(
  world: World,
  children: readonly Planted[],
  poll: () => void,
): Promise<Registers> {
  const [first, last] = [children[0]!, children.at(-1)!];
  const shared = children.find(({ holders }) => holders.length > 1)!;
  const exports = await leaving(world);
  const glasses = await broken(world, poll, [
    [OPENER, SECOND, last],
    [staff('COUNTY', '440305', 1), THIRD, first],
    [staff('CITY', '440300', 1), CITY_THERE, shared],
    [staff('PROVINCE', '440000', 1), PROVINCE_THERE, first],
  ]);
  const guardians = [await bound(world, GUARDIANS[0]!, first), await bound(world, GUARDIANS[1]!, last)];
  return { exports, glasses, guardians, entries: await noted(world, children) };
}

/** One of each county that names its children, and one of a whole city that does not. */
async function leaving(world: World): Promise<PlantedExport[]> {
  const acts = exporting(world);
  const planted: PlantedExport[] = [];
  const wishes = [
    ...COUNTIES.map(
      (reach) => ({ reach, role: 'COUNTY', region: reach.county!, profile: 'IDENTIFIED' }) as const,
    ),
    { reach: CITY_THERE, role: 'CITY', region: '440300', profile: 'PSEUDONYMOUS' } as const,
  ];
  for (const { reach, role, region, profile } of wishes) {
    const owner = staff(role, region, 1);
    const words = {
      purpose: `用途${region}`,
      recipient: `接收方${region}`,
      groundReference: `依据${region}`,
    };
    const fields = profile === 'IDENTIFIED' ? ['CHILD_NAME', 'RECORD_NUMBER'] : ['RECORD_NUMBER', 'SEX'];
    const changes = { profile, ground: 'LAW', fields, region, ...words };
    const id = await acts.ready(owner, staff(role, region, 2), changes);
    const fetched = await acts.ticket(owner, id);
    if (!fetched.ticket) throw new Error('An export could not be fetched.');
    planted.push({ id, words: Object.values(words), ticket: fetched.ticket, owner, reach });
  }
  return planted;
}

const OPEN = `mutation($input: OpenBreakGlassInput!) { openBreakGlass(input: $input) {
  breakGlass { id } userErrors { code } } }`;

async function broken(
  world: World,
  poll: () => void,
  wishes: readonly (readonly [opener: ViewerSpec, reach: Reach, child: Planted])[],
): Promise<PlantedGlass[]> {
  const planted: PlantedGlass[] = [];
  for (const [opener, reach, { childId, documentNumber }] of wishes) {
    const reason = `送医联系${opener.region}`;
    const { openBreakGlass } = await world.data<{ openBreakGlass: { breakGlass: { id: string } } }>(
      opener,
      OPEN,
      {
        input: {
          ...{ idempotencyKey: opener.account, documentKind: 'RESIDENT_ID', documentNumber },
          ...{ ground: 'MEDICAL', reason, hours: 72 },
        },
      },
    );
    const { id } = openBreakGlass.breakGlass;
    await looking(world, poll, opener, childId);
    const reviewer = reviewerOf(opener, reach);
    const { breakGlassLooks } = await world.data<{ breakGlassLooks: { nodes: { id: string }[] } }>(
      reviewer,
      `{ breakGlassLooks(breakGlassId: "${id}") { nodes { id } } }`,
    );
    const looks = breakGlassLooks.nodes.map((look) => look.id);
    if (looks.length === 0) throw new Error('Nothing was looked at.');
    planted.push({ id, reason, opener, reach, childId, looks });
  }
  return planted;
}

/** The level above it. */
function reviewerOf({ role }: ViewerSpec, { city, province }: Reach): ViewerSpec {
  if (role === 'PROVINCE') return ministry;
  return role === 'CITY' ? staff('PROVINCE', province, 2) : staff('CITY', city!, 2);
}

async function looking(world: World, poll: () => void, opener: ViewerSpec, childId: string): Promise<void> {
  const query = `{ child(id: "${childId}") { name } }`;
  for (let n = 0; n < 100; n++) {
    poll();
    const answer = await world.data<{ child: object | null }>({ ...opener, purpose: 'EMERGENCY' }, query);
    if (answer.child) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('What was opened is not there.');
}

async function bound(world: World, { account }: ViewerSpec, { childId, garden }: Planted) {
  const input = { idempotencyKey: account, childId, account, proof: 'BIRTH_CERTIFICATE' };
  const { bindGuardian } = await world.data<{ bindGuardian: { child: object | null } }>(
    staff('COUNTY', garden.county, 3),
    'mutation($input: BindGuardianInput!) { bindGuardian(input: $input) { child { id } userErrors { code } } }',
    { input },
  );
  if (!bindGuardian.child) throw new Error('A guardian could not be bound.');
  return { account, childId };
}

async function noted(world: World, children: readonly Planted[]): Promise<Registers['entries']> {
  const entries: { id: string; childId: string }[] = [];
  for (const { childId } of children) {
    const { page } = await world.data<{ page: { nodes: { id: string }[] } }>(
      auditor,
      'query($child: ID!) { page: childAuditEntries(filter: { childId: $child }, first: 100) { nodes { id } } }',
      { child: childId },
    );
    entries.push(...page.nodes.map(({ id }) => ({ id, childId })));
  }
  return entries;
}
