import { normalise } from '../../../../kernel/rules/identity-document.ts';
import { normaliseName } from '../../../../kernel/rules/person-name.ts';
import { AREA_LEVEL_OF_ROLE, type Viewer } from '../../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../../kernel/store/batch.ts';
import { newId } from '../../../../kernel/store/ids.ts';
import type { FieldKeys } from '../../../../kernel/store/seal.ts';
import type { Account } from '../../model.ts';
import { areaCodeOf, mayOpenAccount, rightsGiven, type NewAccount } from '../../rules/accounts/opening.ts';
import type { Deps, Opened } from '../../service.ts';
import { placesOf } from './places.ts';
import { insertAccounts } from './versions.ts';

/** The authority above files an account; it has no force before its holder has shown the training. */
export function openAccount(deps: Deps, viewer: Viewer, idempotencyKey: string, item: NewAccount) {
  const { store, queries, accounts } = deps;
  const at = deps.now();
  const placed = placedAs(item);
  const holder = holderOf(store.keys, item);
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'openAccount',
    items: [item],
    async gather() {
      const [place = null] = await placesOf(queries, [placed], { standing: true });
      const taken = await accounts.accountsByName([item.name]);
      return { place, nameTaken: taken.length > 0, held: await accounts.accountsHeldBy([holder]) };
    },
    async write(tx, facts): Promise<Opened[]> {
      const userErrors = mayOpenAccount(item, facts, viewer);
      if (userErrors.length > 0) return [{ id: null, userErrors }];
      const account: Account = {
        ...placed,
        id: newId(at.getTime()),
        name: item.name,
        holderName: normaliseName(item.holderName),
        holder,
        duty: item.duty,
        rights: rightsGiven(item, item.rights, viewer),
        certificateNumber: null,
        certifiedOn: null,
        state: 'FILED',
        usedOn: null,
        changedAt: at,
        version: 1,
      };
      await insertAccounts(tx, store, [account], 'OPEN', {
        ...{ account: viewer.account, authority: viewer.area.code, at, reason: null },
      });
      return [{ id: account.id, userErrors }];
    },
  });
}

/** The area of a new account, and the region it belongs to where that is not the area itself. */
export function placedAs(item: Pick<NewAccount, 'role' | 'areaCode' | 'region'>) {
  const areaLevel = AREA_LEVEL_OF_ROLE[item.role];
  const areaCode = areaCodeOf(item);
  const ofRegion = areaLevel === 'NATION' || item.role === 'KINDERGARTEN' ? null : areaCode;
  const regionCode = item.role === 'PRIMARY_SCHOOL' ? item.region : ofRegion;
  return { role: item.role, areaLevel, areaCode, regionCode };
}

/** Tells one person from another and says nothing else: the number itself is not kept. */
export function holderOf(keys: FieldKeys, item: Pick<NewAccount, 'documentKind' | 'documentNumber'>): string {
  const number = normalise(item.documentKind, item.documentNumber) ?? '';
  return keys.blindIndex('account.holder', `${item.documentKind}\u0000${number}`).toString('hex');
}
