import type { Deps } from './deps.ts';

const DAY_MS = 86_400_000;
/** A consumer that has not come for so long is taken to be gone. */
const GONE_AFTER_MS = 30 * DAY_MS;

/** What those who run it watch: how far behind somebody or something is. Names nobody. */
export const gaugesOf = ({ queries, now }: Pick<Deps, 'queries' | 'now'>) => [
  {
    name: 'feed_lag_max',
    help: 'Changes the slowest consumer of the feed is behind in one part, of those that came in the last 30 days',
    read: () => queries.greatestLag(new Date(now().getTime() - GONE_AFTER_MS)),
  },
  {
    name: 'feed_unsequenced',
    help: 'Changes that have no place in the feed yet',
    read: () => queries.unsequenced(),
  },
  {
    name: 'take_overs_under_way',
    help: 'Take-overs whose step at records is not done yet',
    read: () => queries.countPending(),
  },
  {
    name: 'case_reports_due',
    help: 'Faults found that records has not taken as problem cases yet',
    read: () => queries.countDueReports(),
  },
];
