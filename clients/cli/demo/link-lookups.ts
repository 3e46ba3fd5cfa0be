/** How the samples find graduates of the demonstration county, and the take-overs of its first primary school. */
import { randomInt } from 'node:crypto';
import { DECIDING_CLERK } from './accounts.ts';
import { DEMO_REGION } from './generate.ts';
import { DEMO_SCHOOLS } from './seed-schools.ts';
import type { Ask, ViewerSpec } from './viewer-spec.ts';

/** Each looks anew: what was claimed in between is not to be claimed. */
export function linkLookups(ask: Ask): Readonly<Record<string, () => unknown>> {
  const [school] = DEMO_SCHOOLS;
  const viewer: ViewerSpec = {
    account: `primary-school-${school.code}-1`,
    role: 'PRIMARY_SCHOOL',
    purpose: 'ADMISSION',
    institution: school.code,
  };
  const clerk: ViewerSpec = { ...DECIDING_CLERK, purpose: 'VERIFICATION' };
  const graduates = async () =>
    (await ask<Graduates>(clerk, GRADUATES, { region: DEMO_REGION })).records?.nodes ?? [];
  const takeOver = async (state: string) =>
    (await ask<TakeOvers>(viewer, TAKE_OVERS, { state })).takeOvers?.nodes.at(-1)?.id;
  const schools = async () =>
    (await ask<Schools>(DECIDING_CLERK, SCHOOLS, { county: DEMO_REGION })).primarySchools?.nodes ?? [];
  return {
    'graduate-number': async () => (await graduates())[0]?.number,
    'graduate-born-on': async () => (await graduates())[0]?.child?.bornOn,
    'graduate-to-offer': async () => (await graduates()).at(-1)?.id,
    'offered-take-over': () => takeOver('OFFERED'),
    'accepted-take-over': () => takeOver('ACCEPTED'),
    'acknowledged-take-over': () => takeOver('ACKNOWLEDGED'),
    // No county has the prefix 19; the school has just given it.
    'school-number': () => `L19010120200915${String(randomInt(10_000)).padStart(4, '0')}`,
    'new-school-code': () => `2133${String(randomInt(1_000_000)).padStart(6, '0')}`,
    'newest-school-code': async () => (await schools()).at(-1)?.code,
  };
}

interface Graduates {
  readonly records: {
    readonly nodes: readonly {
      readonly id: string;
      readonly number: string;
      readonly child: { readonly bornOn: string } | null;
    }[];
  } | null;
}
interface TakeOvers {
  readonly takeOvers: { readonly nodes: readonly { readonly id: string }[] } | null;
}
interface Schools {
  readonly primarySchools: { readonly nodes: readonly { readonly code: string }[] } | null;
}

const GRADUATES = `query LinkGraduates($region: String!) {
  records(filter: { region: $region, status: GRADUATED }, first: 20) { nodes { id number child { bornOn } } }
}`;
const TAKE_OVERS = `query LinkTakeOvers($state: TakeOverState!) {
  takeOvers(filter: { state: $state }, first: 100) { nodes { id } }
}`;
const SCHOOLS = `query LinkSchools($county: String!) {
  primarySchools(filter: { county: $county, status: OPEN }, first: 100) { nodes { code } }
}`;
