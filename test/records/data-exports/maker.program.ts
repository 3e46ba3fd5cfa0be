/**
 * One turn of what makes exports, in a process of its own. Arguments: database, key file, clock, and at which look at the clock
 * it is killed, if at any: the clock is looked at before each part is written.
 */
import { loadFieldKeys } from '../../../kernel/store/seal.ts';
import { recordService } from '../../../subgraphs/records/service.ts';
import { openRecordStore } from '../../../subgraphs/records/store/store.ts';

const [url, keys, clock, killedAt] = process.argv.slice(2) as [string, string, string, string?];
const suite = process.env['CRYPTO_SUITE'] === 'gm' ? 'gm' : 'aes';
const store = await openRecordStore({ url, keys: loadFieldKeys(keys, { suite }) }, { migrate: false });
const nobody = { ask: none, entities: none, during: none };
let looks = 0;
const now = () => {
  if (++looks === Number(killedAt)) process.kill(process.pid, 'SIGKILL');
  return new Date(clock);
};
await recordService(store, nobody, now).tendDataExports();
await store.close();

function none(): never {
  throw new Error('Nothing of these exports is a neighbour’s.');
}
