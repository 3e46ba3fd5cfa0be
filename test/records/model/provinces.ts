/** Four invented provinces: one arranges nothing, one wants both counties, one closes transfers for a time, one does both. */
import type { StoredSetting } from '../../../subgraphs/records/rules/settings.ts';

export interface Province {
  readonly code: string;
  readonly bothCounties: boolean;
  /** Days of every year on which no transfer begins, the first and the last included. */
  readonly closed: readonly (readonly [from: string, until: string])[];
}

/** Over the new year, and in spring; the model's days begin in November. */
const CLOSED = [
  ['12-20', '01-05'],
  ['03-01', '03-20'],
] as const;

export const PROVINCES: readonly Province[] = [
  { code: '190000', bothCounties: false, closed: [] },
  { code: '191000', bothCounties: true, closed: [] },
  { code: '192000', bothCounties: false, closed: CLOSED },
  { code: '193000', bothCounties: true, closed: CLOSED },
];

export function isClosed({ closed }: Province, day: string): boolean {
  const at = day.slice(5);
  return closed.some(([from, until]) =>
    from < until ? from <= at && at <= until : from <= at || at <= until,
  );
}

/** The same as the service is told it. */
export const SETTINGS: readonly StoredSetting[] = PROVINCES.flatMap(({ code, bothCounties, closed }, i) => {
  const set = {
    ...{ provinceCode: code, version: i + 1, validFrom: '2026-01-01', setBy: 'province-1' },
    ...{ setAt: new Date('2026-01-01T00:00:00Z'), reason: null },
  };
  return [
    { ...set, name: 'TRANSFER_BOTH_COUNTIES', value: bothCounties },
    {
      ...{ ...set, name: 'TRANSFER_CLOSED' },
      value: closed.map(([from, until]) => ({ from, until, scope: 'ALL' as const })),
    },
  ] satisfies StoredSetting[];
});
