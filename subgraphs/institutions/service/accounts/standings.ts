/** What other services must know of an account before they let it act. */
import { today } from '../../../../kernel/rules/plain-date.ts';
import type { Account } from '../../model.ts';
import { stateOn } from '../../rules/accounts/acts.ts';
import type { Deps } from '../../service.ts';

export type Standing = Pick<
  Account,
  'name' | 'state' | 'role' | 'areaLevel' | 'areaCode' | 'rights' | 'usedOn'
>;

const NAMES_MAX = 500;
/** Longer than any transaction may wait for its locks, so that what is committed late is still told. */
const OVERLAP_MS = 90_000;
/** More than people change in the window; whoever gets so many must take it that there are more. */
export const CHANGES_MAX = 5_000;

export function standingsOf({ accounts, now }: Deps) {
  const standing = ({ name, state, role, areaLevel, areaCode, rights, usedOn }: Account): Standing => ({
    ...{ name, role, areaLevel, areaCode, rights, usedOn },
    state: stateOn({ state, usedOn }, today(now())),
  });
  return {
    standings: async (names: readonly string[]): Promise<Standing[]> =>
      (await accounts.accountsByName(names.slice(0, NAMES_MAX))).map(standing),
    /** Every account that changed in the last so many seconds and the overlap, as it stands now. */
    async changedStandings(seconds: number): Promise<Standing[]> {
      const since = new Date(now().getTime() - OVERLAP_MS - seconds * 1000);
      return (await accounts.accountsChangedSince(since, CHANGES_MAX)).map(standing);
    },
    noteUse: (names: readonly string[]) => accounts.noteUse(names.slice(0, NAMES_MAX), today(now())),
  };
}
