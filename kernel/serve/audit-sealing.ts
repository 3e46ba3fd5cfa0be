import { AuditSealer, type AuditStore } from '../store/audit/sealer.ts';
import type { Store } from '../store/open.ts';
import { every } from './every.ts';
import { createLog, faultFacts } from './log.ts';

const SEAL_EVERY_MS = 1000;

/**
 * Seals the audit log of a subgraph every second, and once more when it stops. Daily roots also go to the
 * process's log, which is kept elsewhere: whoever could rewrite the whole database cannot rewrite that.
 */
export function sealAudit(subgraph: string, store: AuditStore & Pick<Store<object>, 'keys'>) {
  const log = createLog(subgraph);
  const sealer = new AuditSealer(store, undefined, (root) => log.info({ root }, 'audit root'));
  const turns = every(
    SEAL_EVERY_MS,
    () => sealer.seal(),
    (error) => log.warn(faultFacts(error), 'audit log not sealed'),
  );
  return {
    async stop(): Promise<void> {
      await turns.stop();
      await sealer.seal();
    },
  };
}
