import { EntitySchema } from 'typeorm';
import { expect, it } from 'vitest';
import type { Kit } from '../../kernel/store/kit.ts';
import { newId } from '../../kernel/store/ids.ts';
import { openStore } from '../../kernel/store/open.ts';
import { raw } from '../../kernel/store/sql.ts';
import type { Place } from '../../kernel/rules/viewer.ts';
import type { Child, Origin } from '../../subgraphs/children/model.ts';
import * as columns from '../../subgraphs/children/store/columns.ts';
import { create } from '../../subgraphs/children/store/migrations/1-create.ts';
import { openChildStore } from '../../subgraphs/children/store/store.ts';
import { childQueries } from '../../subgraphs/children/store/queries.ts';
import { eachDatabase } from '../support/databases.ts';
import { MOON, NOW, SUN } from './support.ts';

type FirstHolder = Place & { childId: string; institutionCode: string };

const before = (kit: Kit) => ({
  child: new EntitySchema<Child & Origin>({
    name: 'child',
    columns: { ...columns.child(kit), ...columns.origin(kit) },
  }),
  childHolder: new EntitySchema<FirstHolder>({ name: 'child_holder', columns: columns.childHolder(kit) }),
});
const PLACE = { provinceCode: '330000', cityCode: '330100', countyCode: '330105' };

eachDatabase('Children registered before holders had anything of their own', (databases) => {
  const made = async () => {
    const location = await databases.fresh('children-before');
    const migrations = (kit: Kit) => [create(kit)];
    const old = await openStore({ name: 'children', tables: before, migrations }, location);
    const id = newId();
    const child: Child & Origin = {
      id, name: '某小满', sex: 'FEMALE', bornOn: '2022-05-20', nationality: 'CHN', ethnicity: '01',
      householdRegion: '330105', registeredBy: SUN, likeness: '00'.repeat(16), registeredAt: NOW, version: 1,
    }; // prettier-ignore
    await old.transaction(async (tx) => {
      await tx.insert(old.tables.child, [child]);
      const holders = [SUN, MOON].map((institutionCode) => ({ childId: id, institutionCode, ...PLACE }));
      await tx.insert(old.tables.childHolder, holders);
    });
    return { location, old, id };
  };
  const hold = (childId: string, institutionCode: string, origin: Omit<Origin, 'nationality'>) => ({
    childId, institutionCode, ...PLACE, heldSince: NOW, movedOn: null, untilOn: null, nationality: 'CHN', ...origin,
  }); // prettier-ignore

  it.each([
    ['are held since then by whoever had registered them, and stated by the first', null],
    // On the MySQL family every change of a table stands at once, so half a migration may be there already.
    ['are so though the first attempt broke off', 'ALTER TABLE child_holder ADD COLUMN until_on date NULL'],
    [
      'are so though the attempt after it broke off',
      'ALTER TABLE child_holder ADD COLUMN nationality varchar(3) NULL',
    ],
  ])('%s', async (_, half) => {
    const { location, old, id } = await made();
    if (half !== null && databases.kind === 'MariaDB') await old.transaction((tx) => tx.execute(raw(half)));
    await old.close();
    const store = await openChildStore(location);
    expect(await store.drift()).toEqual([]);
    const holds = await childQueries(store).holdersByChild([id]);
    expect(holds).toEqual([
      hold(id, SUN, { ethnicity: '01', householdRegion: '330105' }),
      hold(id, MOON, { ethnicity: null, householdRegion: null }),
    ]);
    await store.close();
  });
});
