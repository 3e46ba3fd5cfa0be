import type { Kit } from '../../../../kernel/store/kit.ts';
import { createTable, migration } from '../../../../kernel/store/migration.ts';
import * as columns from '../columns.ts';

const NEW_TABLES = ['institution_version', 'institution_change', 'region_change'] as const;

/** Institutions get a history. What is there already is as it was opened; who opened it was not kept. */
export const versions = (kit: Kit) =>
  migration('InstitutionVersions1764000000002', {
    async up(runner) {
      const [version, change, regions] = NEW_TABLES;
      const lite = kit.dialect === 'sqlite';
      if (!(await runner.hasColumn('institution', 'successor_id'))) {
        await runner.query(`ALTER TABLE institution ADD COLUMN successor_id ${lite ? 'blob' : 'binary(16)'}`);
      }
      await createTable(runner, kit, { name: version, columns: columns.institutionVersion(kit) });
      await createTable(runner, kit, {
        name: change,
        columns: columns.institutionChange(kit),
        indices: columns.INDICES.institutionChange,
      });
      await createTable(runner, kit, { name: regions, columns: columns.regionChange(kit) });
      const midnight = lite ? `opened_on || 'T00:00:00.000Z'` : 'CAST(opened_on AS DATETIME(3))';
      await runner.query(
        `INSERT INTO institution_version (institution_id, seq, from_on, code, name, status, region_code, province_code, city_code, county_code, act, account, at)
         SELECT id, version, opened_on, code, name, status, region_code, province_code, city_code, county_code, 'OPEN', '', ${midnight}
         FROM institution WHERE id NOT IN (SELECT institution_id FROM institution_version)`,
      );
    },
    async down(runner) {
      for (const table of NEW_TABLES) await runner.dropTable(table, true);
      await runner.query('ALTER TABLE institution DROP COLUMN successor_id');
    },
  });
