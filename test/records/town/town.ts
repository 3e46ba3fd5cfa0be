/** Kindergartens of two provinces and some children, as stubs that a real record service asks for its neighbours' facts. */
import { mod11Check } from '../../../kernel/rules/identity-document.ts';
import type { Peers } from '../../../kernel/peers.ts';
import type { Place, Viewer } from '../../../kernel/rules/viewer.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Evidence, EvidenceKind } from '../../../subgraphs/records/model.ts';
import { peersFrom } from '../../support/peers.ts';

/** Invented regions: no province begins with 19. The fifth county is run by its province; the last garden shares a county. */
const PLACES: readonly (readonly [string, string | null, string])[] = [
  ['190000', '190100', '190101'],
  ['190000', '190100', '190102'],
  ['190000', '190200', '190201'],
  ['191000', '191100', '191101'],
  ['191000', null, '191901'],
  ['190000', '190100', '190101'],
];

export interface Garden extends Place {
  readonly id: string;
  readonly code: string;
  readonly cityCode: string | null;
  readonly classIds: readonly [string, string];
  /** Of the school year after: a MIDDLE class and a LARGE one. */
  readonly nextClassIds: readonly [string, string];
  status: string;
}

export interface TownChild {
  readonly id: string;
  readonly bornOn: string;
  sex: 'MALE' | 'FEMALE';
  readonly residentIdForNumber: string | null;
  /** The kindergartens that hold it now, by code. */
  readonly holders: Set<string>;
}

export type Move = { childId: string; fromInstitutionCode: string | null; toInstitutionCode: string };

type Moves = { idempotencyKey: string; moves: Move[] };

/** What a neighbour is asked, and may fail to answer: throw to be down. */
export type Asked = 'Institution' | 'Class' | 'Child' | 'moveHolders' | 'correctChild';

export function town(size: number, schoolYear = 2026) {
  const gardens = PLACES.map(([provinceCode, cityCode, countyCode], i): Garden => {
    const classIds = [newId(), newId()] as const;
    const nextClassIds = [newId(), newId()] as const;
    const code = `11339900${String(i + 1).padStart(2, '0')}`;
    return { id: newId(), code, provinceCode, cityCode, countyCode, classIds, nextClassIds, status: 'OPEN' };
  });
  const children = Array.from({ length: size }, (_, n) => childOf(n, gardens));
  const asked = { before: (_: Asked): void | Promise<void> => undefined };
  const moves: Move[] = [];
  const keys = new Set<string>();
  const childOfId = new Map(children.map((child) => [child.id, child]));
  const known: Readonly<Record<string, (key: { id: string; code: string }) => object | null>> = {
    Institution: ({ code }) => {
      const garden = gardens.find((one) => one.code === code);
      return garden ? { ...garden, ownership: 'PUBLIC', urbanRural: 'URBAN' } : null;
    },
    Class: ({ id }) => {
      const garden = gardens.find(({ classIds }) => classIds.includes(id));
      const level = garden?.classIds[0] === id ? 'SMALL' : 'LARGE';
      if (garden) return { id, level, sizeLimit: 35, schoolYear, institution: garden };
      const next = gardens.find(({ nextClassIds }) => nextClassIds.includes(id));
      const nextLevel = next?.nextClassIds[0] === id ? 'MIDDLE' : 'LARGE';
      return next
        ? { id, level: nextLevel, sizeLimit: 35, schoolYear: schoolYear + 1, institution: next }
        : null;
    },
    Child: ({ id }) => {
      const child = childOfId.get(id);
      return child ? { ...child, likeChildren: 0, holderCodes: [...child.holders] } : null;
    },
  };
  const peers: Peers = peersFrom({
    async entities(_, type, keys) {
      await asked.before(type as Asked);
      return keys.map((key) => known[type]!(key as never)) as never;
    },
    async ask(_, query, variables) {
      if (query.includes('correctionFaults'))
        return {
          correctionFaults: (variables['items'] as object[]).map(() => ({ userErrors: [] })),
        } as never;
      if (query.includes('correctChild')) {
        await asked.before('correctChild');
        const { correction } = variables['input'] as {
          correction: { childId: string; sex: TownChild['sex'] };
        };
        const child = childOfId.get(correction.childId)!;
        // What a child shall be, it is; doing it again changes nothing.
        child.sex = correction.sex;
        return { correctChild: { child, userErrors: [] } } as never;
      }
      if (!query.includes('moveHolders')) throw new Error(`Nobody here answers ${query}`);
      await asked.before('moveHolders');
      const { idempotencyKey, moves: wanted } = variables['input'] as Moves;
      for (const move of keys.has(idempotencyKey) ? [] : wanted) {
        const { holders } = childOfId.get(move.childId)!;
        if (move.fromInstitutionCode !== null) holders.delete(move.fromInstitutionCode);
        holders.add(move.toInstitutionCode);
        moves.push(move);
      }
      keys.add(idempotencyKey);
      return { moveHolders: { userErrors: [] } } as never;
    },
  });
  return { gardens, children, peers, asked, moves };
}
export type Town = ReturnType<typeof town>;

/** Every second child has a resident ID; two thirds were born in 2022, the others are of school age. */
function childOf(n: number, gardens: readonly Garden[]): TownChild {
  const bornOn = new Date(Date.UTC(n % 3 === 2 ? 2020 : 2022, 0, 1 + (n % 240))).toISOString().slice(0, 10);
  const serial = String(Math.floor(n / 240) % 1000).padStart(3, '0');
  const first17 = `190101${bornOn.replaceAll('-', '')}${serial}`;
  return {
    ...{ id: newId(), bornOn, sex: n % 2 === 0 ? 'FEMALE' : 'MALE' },
    residentIdForNumber: n % 2 === 0 ? first17 + mod11Check(first17) : null,
    // A child is with every kindergarten that may ever ask for it.
    holders: new Set(gardens.map(({ code }) => code)),
  };
}

export const kindergarten = ({ code }: Garden, account = `entry-${code}`): Viewer => ({
  ...{ account, role: 'KINDERGARTEN', area: { level: 'INSTITUTION', code } },
});
export const county = ({ countyCode }: Garden, account = `county-${countyCode}`): Viewer => ({
  ...{ account, role: 'COUNTY', area: { level: 'COUNTY', code: countyCode } },
});

/** A paper as it is named in an application. */
export const paper = (kind: EvidenceKind): Evidence => ({ kind, reference: 'T-1', digest: 'ab'.repeat(32) });
export const GUARDIANS_APPLICATION = paper('GUARDIAN_APPLICATION');
