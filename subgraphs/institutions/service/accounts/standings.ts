/** What other services must know of an account before they let it act. */
import { actionsOf } from '../../../../kernel/rules/actions.ts';
import { today } from '../../../../kernel/rules/plain-date.ts';
import type { OpenedChild } from '../../../../kernel/rules/viewer.ts';
import type { Account } from '../../model.ts';
import { stateOn } from '../../rules/accounts/acts.ts';
import type { Deps } from '../../service.ts';

export interface Standing extends Pick<
  Account,
  'name' | 'state' | 'role' | 'areaLevel' | 'areaCode' | 'rights' | 'usedOn'
> {
  /** Opened to it by break-glass, as far as that has not run out. */
  readonly opened: readonly OpenedChild[];
}

const NAMES_MAX = 500;
/** Longer than any transaction may wait for its locks, so that what is committed late is still told. */
const OVERLAP_MS = 90_000;
/** More than people change in the window; whoever gets so many must take it that there are more. */
export const CHANGES_MAX = 5_000;

export function standingsOf({ accounts, glasses, now }: Deps) {
  const standings = async (found: readonly Account[]): Promise<Standing[]> => {
    const opened = await openedTo(found);
    return found.map(({ name, state, role, areaLevel, areaCode, rights, usedOn }) => ({
      ...{ name, role, areaLevel, areaCode, rights, usedOn, opened: opened.get(name) ?? [] },
      state: stateOn({ state, usedOn }, today(now())),
    }));
  };
  /** Asked only where there may be any. */
  const openedTo = async (found: readonly Account[]): Promise<Map<string, OpenedChild[]>> => {
    const names = found.filter(({ role }) => mayOpen(role)).map(({ name }) => name);
    const opened = new Map<string, OpenedChild[]>();
    if (names.length === 0) return opened;
    for (const { id, account, childId, until } of await glasses.openBreakGlasses(names, now()))
      opened.set(account, [...(opened.get(account) ?? []), { id, childId, until: until.toISOString() }]);
    return opened;
  };
  return {
    standings: async (names: readonly string[]): Promise<Standing[]> =>
      standings(await accounts.accountsByName(names.slice(0, NAMES_MAX))),
    /** Every account that changed in the last so many seconds and the overlap, as it stands now. */
    async changedStandings(seconds: number): Promise<Standing[]> {
      const since = new Date(now().getTime() - OVERLAP_MS - seconds * 1000);
      return standings(await accounts.accountsChangedSince(since, CHANGES_MAX));
    },
    noteUse: (names: readonly string[]) => accounts.noteUse(names.slice(0, NAMES_MAX), today(now())),
  };
}

const mayOpen = (role: Account['role']) => actionsOf(role).includes('openBreakGlass');
