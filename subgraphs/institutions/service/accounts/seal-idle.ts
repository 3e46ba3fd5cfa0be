import { today } from '../../../../kernel/rules/plain-date.ts';
import { NATION } from '../../../../kernel/rules/viewer.ts';
import { idleBefore } from '../../rules/accounts/acts.ts';
import type { Deps } from '../../service.ts';
import { writeAccounts } from './versions.ts';

const A_ROUND = 200;

/** Seals what nobody has used for more than 180 days; answers how many. */
export async function sealIdleAccounts({ store, accounts, now }: Deps): Promise<number> {
  const at = now();
  let sealed = 0;
  for (;;) {
    const idle = await accounts.idleAccounts(idleBefore(today(at)), A_ROUND);
    if (idle.length === 0) return sealed;
    const changed = idle.map((before) => ({
      before,
      after: { ...before, state: 'SEALED' as const, changedAt: at },
      act: 'SEAL_IDLE' as const,
    }));
    const doing = { account: '', authority: NATION.code, at, reason: null };
    await store.transaction((tx) => writeAccounts(tx, store, changed, doing));
    sealed += idle.length;
  }
}
