import { expect, it } from 'vitest';
import { openStore, type StoreDefinition } from '../../kernel/store/open.ts';
import { definition as children } from '../../subgraphs/children/store/store.ts';
import { definition as institutions } from '../../subgraphs/institutions/store/store.ts';
import { definition as primaryLink } from '../../subgraphs/primary-link/store/store.ts';
import { definition as records } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';

const STORES: readonly StoreDefinition<object>[] = [children, institutions, records, primaryLink];

eachDatabase('Migrating', (databases) => {
  it.each(STORES)('$name leaves nothing that the tables would still change', async (definition) => {
    const store = await openStore(definition, await databases.fresh(definition.name));
    expect(await store.drift()).toEqual([]);
    await store.close();
  });

  it.each(STORES)('$name twice is the same as once', async (definition) => {
    const location = await databases.fresh(definition.name);
    await (await openStore(definition, location)).close();
    const again = await openStore(definition, location);
    expect(await again.drift()).toEqual([]);
    await again.close();
  });
});
