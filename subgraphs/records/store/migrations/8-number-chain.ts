import { migration } from '../../../../kernel/store/migration.ts';

/** A record has one number of each place in its chain; the same statement on every database. */
export const numberChainIndex = () =>
  migration('NumberChain1764000000008', {
    up: (runner) => runner.query('CREATE UNIQUE INDEX record_number_chain ON record_number (record_id, seq)'),
    down: (runner) => runner.dropIndex('record_number', 'record_number_chain'),
  });
