import { isPlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Record } from '../model.ts';
import { dueOn, type Reckoning } from '../rules/clock.ts';
import type { Facts } from '../rules/facts.ts';
import { schoolAgeIn } from '../rules/school-age.ts';
import { askFor, type Item } from './ask-for.ts';
import type { Deps } from './deps.ts';

/** What the kindergarten says that has the child. */
export interface NewDeferral extends Item {
  /** The first day; a renewal's may be the day after the present deferral. */
  readonly on: string;
  /** The last day; the deferral lapses by itself on the next. */
  readonly until: string;
}

/** Asks the county to let a child of school age stay on (Measure 1.3); a deferral that has begun is renewed. */
export function requestDeferral(deps: Deps, viewer: Viewer, idempotencyKey: string, item: NewDeferral) {
  return askFor(deps, viewer, idempotencyKey, item, {
    action: 'requestDeferral',
    kind: 'DEFERRAL',
    gather: () => Promise.resolve(null),
    facts: ({ record, reckoning }) => deferralFacts(record, item, reckoning),
    said: () => ({ enteredOn: item.on, details: { until: item.until } }),
  });
}

/** What is known about a deferral that is asked for, by the rules of the province. */
export function deferralFacts(
  { birthCohort, provinceCode, deferredUntil }: Record,
  { on, until }: Pick<NewDeferral, 'on' | 'until'>,
  reckoning: Reckoning,
): Partial<Facts> {
  const asked = { birthCohort, deferredUntil, on, until };
  if (!isPlainDate(on)) return asked;
  const schoolAge = schoolAgeIn(provinceCode, on);
  return { ...asked, schoolAge, latestUntil: dueOn('DEFERRAL', on, reckoning).dueOn };
}
