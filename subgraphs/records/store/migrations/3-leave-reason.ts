import { migration } from '../../../../kernel/store/migration.ts';

/** The history says why a child left; the same two statements on every database. */
export const leaveReason = () =>
  migration('AddLeaveReason1764000000003', {
    up: (runner) => runner.query('ALTER TABLE record_event ADD COLUMN leave_reason varchar(20)'),
    down: (runner) => runner.query('ALTER TABLE record_event DROP COLUMN leave_reason'),
  });
