import { TableIndex } from 'typeorm';
import { migration } from '../../../../kernel/store/migration.ts';
import { snakeCase } from '../../../../kernel/store/sources.ts';
import { QUEUE_INDICES } from '../indices.ts';

const TABLE = 'application';

/** Whoever's turn it is works by the day it is due; where the migration broke off it can be run again. */
export const queue = () =>
  migration('QueueRecords1764000000010', {
    async up(runner) {
      const present = (await runner.getTable(TABLE))!.indices.map(({ name }) => name);
      for (const { name, columns } of QUEUE_INDICES.application)
        if (!present.includes(name))
          await runner.createIndex(TABLE, new TableIndex({ name, columnNames: columns.map(snakeCase) }));
    },
    async down(runner) {
      for (const { name } of QUEUE_INDICES.application) await runner.dropIndex(TABLE, name);
    },
  });
