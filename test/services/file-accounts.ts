import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { bootstrapAccounts } from '../../subgraphs/institutions/service/accounts/bootstrap.ts';
import { openInstitutionStore } from '../../subgraphs/institutions/store/store.ts';
import { filing } from '../support/accounts.ts';

/** The operator's part of a new installation: files everybody of a story. `keys` is the folder `keys init` made. */
export async function fileAccounts(keys: string, everybody: readonly ViewerSpec[]): Promise<void> {
  const own = join(keys, 'institutions');
  const url = readFileSync(join(own, 'database-url'), 'utf8');
  const location = { url, keys: loadFieldKeys(join(own, 'field-keys.json')), poolSize: 1 };
  const store = await openInstitutionStore(location, { migrate: false });
  const file = filing((accounts) => bootstrapAccounts(store, () => new Date(), accounts));
  for (const one of everybody) await file(one);
  await store.close();
}
