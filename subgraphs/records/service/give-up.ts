import type { Application, Placement, Seat } from '../model.ts';
import { statusAfter, type LifecycleAction } from '../rules/lifecycle.ts';
import type { Peculiar } from './act-on-applications.ts';
import type { Deps } from './deps.ts';
import { lastStays } from './stays.ts';

interface More {
  /** By record, where the child has been in kindergarten before. */
  readonly stays: ReadonlyMap<string, Placement>;
  readonly approved: ReadonlyMap<string, Application>;
}

/**
 * Withdrawal and refusal: a record that was in kindergarten before goes back to whom it was with last, so that
 * asking for a child and giving up takes it from nobody.
 */
export function givingUp({ queries }: Deps, action: LifecycleAction): Peculiar<More> {
  return {
    async gather(cases) {
      const stays = await lastStays(
        { queries },
        cases.map(({ record }) => record),
      );
      const earlier = stays.size === 0 ? [] : await queries.applicationsByRecord([...stays.keys()]);
      const approved = earlier.filter(({ state }) => state === 'APPROVED');
      return { stays, approved: new Map(approved.map((one) => [one.recordId, one])) };
    },
    facts: () => ({}),
    effect({ record }, { stays, approved }) {
      const stay = stays.get(record.id);
      const status = statusAfter(action, record);
      if (!stay) return { record: { status } };
      const { enteredOn } = approved.get(record.id)!;
      return { record: { status, enteredOn, ...seatOf(stay) } };
    },
  };
}

function seatOf(stay: Seat): Seat {
  const { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode } = stay;
  return { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode };
}
