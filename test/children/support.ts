import type { Peers } from '../../kernel/peers.ts';
import { mod11Check } from '../../kernel/rules/identity-document.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import type { StoreLocation } from '../../kernel/store/open.ts';
import type { NewChild } from '../../subgraphs/children/rules/new-child.ts';
import { childService } from '../../subgraphs/children/service.ts';
import { openChildStore } from '../../subgraphs/children/store/store.ts';
import { peersFrom } from '../support/peers.ts';

export const NOW = new Date('2026-09-01T02:00:00.000Z');

export const SUN = '1133000001';
export const MOON = '1133000002';
export const STAR = '1144000001';

const INSTITUTIONS = [
  { code: SUN, status: 'OPEN', provinceCode: '330000', cityCode: '330100', countyCode: '330105' },
  { code: MOON, status: 'OPEN', provinceCode: '330000', cityCode: '330100', countyCode: '330105' },
  { code: STAR, status: 'OPEN', provinceCode: '440000', cityCode: '440300', countyCode: '440305' },
  {
    code: '1133000009',
    status: 'SUSPENDED',
    provinceCode: '330000',
    cityCode: '330100',
    countyCode: '330105',
  },
];
const REGIONS = [
  { code: '330105', validTo: null },
  { code: '330103', validTo: '2021-04-09' },
];

/** The institutions subgraph as far as it is asked here; and records, where nobody has set a budget. */
export const institutions: Peers = peersFrom({
  ask: <T>(to: string) =>
    to === 'records'
      ? Promise.resolve({ dailyBudgets: [] } as T)
      : Promise.reject(new Error('Nothing is asked beside entities.')),
  entities: <T>(_to: string, type: string, keys: readonly object[]) => {
    const known: { code: string }[] = type === 'Region' ? REGIONS : INSTITUTIONS;
    return Promise.resolve(
      (keys as { code: string }[]).map(
        ({ code }) => (known.find((one) => one.code === code) ?? null) as T | null,
      ),
    );
  },
});

export const kindergarten = (code: string): Viewer => ({
  account: `kindergarten-${code}`,
  role: 'KINDERGARTEN',
  area: { level: 'INSTITUTION', code },
});
export const county = (code: string): Viewer => ({
  account: `county-${code}`,
  role: 'COUNTY',
  area: { level: 'COUNTY', code },
});
export const province = (code: string): Viewer => ({
  account: `province-${code}`,
  role: 'PROVINCE',
  area: { level: 'PROVINCE', code },
});
export const service: Viewer = {
  account: 'service:records',
  role: 'SERVICE',
  area: { level: 'NATION', code: '000000' },
};

/** An invented resident ID of province 19, which nobody can have. `n` tells children of one day and sex apart. */
export function inventedId(bornOn: string, sex: 'MALE' | 'FEMALE', n: number): string {
  const serial = String(n * 2 + (sex === 'MALE' ? 1 : 0)).padStart(3, '0');
  const first17 = `190101${bornOn.replaceAll('-', '')}${serial}`;
  return first17 + mod11Check(first17);
}

export function aChild(changes: Partial<NewChild> = {}, n = 1): NewChild {
  const { bornOn = '2022-05-20', sex = 'FEMALE' } = changes;
  return {
    name: '某小满',
    sex,
    bornOn,
    nationality: 'CHN',
    ethnicity: '01',
    documentKind: 'RESIDENT_ID',
    documentNumber: inventedId(bornOn, sex, n),
    householdRegion: '330105',
    guardians: [{ relation: 'MOTHER', name: '某大满', phone: '13800008000' }],
    ...changes,
  };
}

export async function openService(location: StoreLocation, peers: Peers = institutions) {
  const store = await openChildStore(location);
  return { store, children: childService({ store, peers, now: () => NOW }) };
}

export const codes = (errors: readonly { code: string }[]) => errors.map(({ code }) => code);
