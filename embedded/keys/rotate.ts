import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SubgraphName } from '../../kernel/graph/subgraph.ts';
import { ConfigError, DATABASE_URLS, databasesEnv, readEnv } from '../../kernel/serve/config.ts';
import { addKey, KeyFileError, LOOK_EVERY_MS, removeKey, whyKept } from '../../kernel/store/key-file.ts';
import { openStore, type Store, type StoreDefinition } from '../../kernel/store/open.ts';
import { reseal, sealedBy } from '../../kernel/store/reseal.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { definition as children } from '../../subgraphs/children/store/store.ts';
import { definition as institutions } from '../../subgraphs/institutions/store/store.ts';
import { definition as primaryLink } from '../../subgraphs/primary-link/store/store.ts';
import { definition as records } from '../../subgraphs/records/store/store.ts';

const DEFINITIONS: Readonly<Record<SubgraphName, StoreDefinition<object>>> = {
  ...{ children, institutions, records, 'primary-link': primaryLink },
};

/** The key file, that of the embedded databases where none is named, and the subgraphs whose values it seals. */
export interface Keyed {
  readonly file: string | undefined;
  readonly subgraphs: readonly SubgraphName[];
}

/** Adds a key that everybody seals with from now on, and seals anew what was sealed with another one. */
export async function rotateKeys(keyed: Keyed): Promise<void> {
  const id = addKey(fileOf(keyed));
  console.log(`密钥 ${id} 已启用。Key ${id} is the current one.`);
  // By then every service has looked at the file and seals with the new key.
  await wait(2 * LOOK_EVERY_MS);
  await resealAll(keyed);
}

/** Seals anew until nothing is left; to be started again where it was broken off. */
export async function resealAll(keyed: Keyed): Promise<void> {
  for (const name of keyed.subgraphs) {
    await withStore(keyed, name, async (store) => {
      let values = 0;
      // What somebody has written meanwhile with the key before is found in the next turn.
      for (let turn = await reseal(store); turn > 0; turn = await reseal(store)) values += turn;
      console.log(`${name}: 重新加密 ${values} 项。${values} values sealed anew.`);
    });
  }
}

/** Takes a key out of the file; refuses while a single value in any of the databases was sealed with it. */
export async function retireKey(keyed: Keyed, id: number): Promise<void> {
  const file = fileOf(keyed);
  const kept = whyKept(file, id);
  if (kept) throw new KeyFileError(kept);
  for (const name of keyed.subgraphs) {
    await withStore(keyed, name, async (store) => {
      const values = (await sealedBy(store)).get(id) ?? 0;
      if (values > 0)
        throw new KeyFileError(
          `${name} 尚有 ${values} 项用密钥 ${id} 加密。${values} values in ${name} are sealed with key ${id}; reseal first.`,
        );
    });
  }
  removeKey(file, id);
  console.log(`密钥 ${id} 已移除。Key ${id} is removed.`);
}

const environment = (): Readonly<Record<string, string | undefined>> => readEnv(databasesEnv);

function fileOf({ file }: Keyed): string {
  const path = file ?? join(environment()['DATA_DIR']!, 'field-keys.json');
  if (existsSync(path)) return path;
  throw new ConfigError(`找不到密钥文件 ${path}。There is no key file ${path}.`);
}

async function withStore(
  keyed: Keyed,
  name: SubgraphName,
  work: (store: Store<object>) => Promise<void>,
): Promise<void> {
  const env = environment();
  const file = join(env['DATA_DIR']!, `${name}.sqlite`);
  const given = env[DATABASE_URLS[name]];
  if (given === undefined && !existsSync(file))
    throw new ConfigError(
      `找不到 ${name} 的数据库。There is no database of ${name}; set ${DATABASE_URLS[name]}.`,
    );
  const keys = loadFieldKeys(fileOf(keyed), { suite: env['CRYPTO_SUITE'] as 'aes' | 'gm' });
  const location = { url: given ?? `sqlite:${file}`, keys, poolSize: 2 };
  const store = await openStore(DEFINITIONS[name], location, { migrate: false });
  await work(store).finally(() => store.close());
}
