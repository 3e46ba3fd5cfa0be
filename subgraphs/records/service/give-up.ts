import type { Application, Placement, Seat } from '../model.ts';
import type { Peculiar } from './act-on-applications.ts';
import type { Deps } from './deps.ts';
import { lastStays } from './stays.ts';

interface More {
  /** By record, where the child has been in kindergarten before. */
  readonly stays: ReadonlyMap<string, Placement>;
  readonly approved: ReadonlyMap<string, Application>;
}

/**
 * Withdrawal and refusal of an enrolment: a record that was in kindergarten before goes back to whom it was with last, so that
 * asking for a child and giving up takes it from nobody.
 */
export function givingUp({ queries }: Deps): Peculiar<More> {
  return {
    async gather(cases) {
      const stays = await lastStays(
        { queries },
        cases.map(({ record }) => record),
      );
      const earlier = stays.size === 0 ? [] : await queries.applicationsByRecord([...stays.keys()]);
      const approved = earlier.filter(({ state, kind }) => state === 'APPROVED' && TAKES_IN.includes(kind));
      return { stays, approved: new Map(approved.map((one) => [one.recordId, one])) };
    },
    facts: () => ({}),
    effect({ record }, { stays, approved }) {
      const stay = stays.get(record.id);
      if (!stay) return {};
      const { enteredOn } = approved.get(record.id)!;
      return { record: { enteredOn, ...seatOf(stay) } };
    },
  };
}

/** Applications after which a child is in a kindergarten. */
const TAKES_IN = ['ENROLMENT', 'TRANSFER'];

export function seatOf(stay: Seat): Seat {
  const { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode } = stay;
  return { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode };
}
