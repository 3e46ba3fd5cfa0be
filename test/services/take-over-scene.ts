/**
 * Schools, and records to take over; primary-link alone runs as a process that may be killed. What it tells records goes through
 * a relay, which kills it at a chosen step, tells things twice, and late.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionsOf } from '../../kernel/rules/actions.ts';
import { NATION, type Viewer } from '../../kernel/rules/viewer.ts';
import { ensureIdentityKeys } from '../../kernel/serve/identity-keys.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { ensureReceiptKeys } from '../../kernel/serve/receipts.ts';
import { newId } from '../../kernel/store/ids.ts';
import type { StoreLocation } from '../../kernel/store/open.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { openPrimaryLinkStore } from '../../subgraphs/primary-link/store/store.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import type { Databases } from '../support/databases.ts';
import { enrolled, openSchools } from '../support/schools.ts';
import { acts, openGardens } from '../support/story.ts';
import { startWorld } from '../support/world.ts';
import { buildImage } from './image.ts';
import { replaceable } from './replaceable.ts';

const PRIMARY_LINK: Viewer = { account: 'service:primary-link', role: 'SERVICE', area: NATION };
const TELLS = /promoteRecords\(|giveBackRecords\(/;

/** Where a kill falls: before records is told, after it has done it and before it can say so. */
export type Step = 'before records is told' | 'after records has done it';

export const schoolViewer = (code: string): Viewer => ({
  ...{ account: `school-${code}`, role: 'PRIMARY_SCHOOL', area: { level: 'INSTITUTION', code } },
  rights: actionsOf('PRIMARY_SCHOOL'),
});

export async function openTakeOverScene(databases: Databases, schools: readonly string[], children: number) {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-take-over-'));
  const keysFile = join(dir, 'field-keys.json');
  const keys = loadFieldKeys(keysFile, { create: true });
  const locations = new Map<string, StoreLocation>();
  const world = await startWorld({
    databases: {
      kind: databases.kind,
      async fresh(name) {
        const location = { ...(await databases.fresh(name)), keys };
        locations.set(name, location);
        return location;
      },
    },
    wiring: 'over HTTP',
  });
  const clerks = acts(world, await openGardens(world));
  await openSchools(world, schools);
  const lives = await enrolled(
    clerks,
    Array.from({ length: children }, (_, i) => i + 1),
  );
  // From here on nobody does its work but the processes that are killed.
  await world.down('primary-link');
  const inside = world.subgraphs.find(({ name }) => name === 'primary-link')!;
  await inside.close();
  Object.assign(inside, { close: () => Promise.resolve() });

  const records = world.subgraphs.find(({ name }) => name === 'records')!;
  const late = new Set<NodeJS.Timeout>();
  let told = 0;
  let hook: ((step: Step) => Promise<void>) | null = null;
  /** The same once more, after what may have come since. */
  const tellAgain = (body: string) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: { input: object } };
    const input = { ...variables.input, idempotencyKey: newId() };
    const again = { viewer: PRIMARY_LINK, requestId: 'told-again' };
    const timer = setTimeout(() => {
      late.delete(timer);
      told += 1;
      void inProcess(records).ask({ query, variables: { input } }, again);
    }, Math.random() * 1500);
    late.add(timer);
  };
  const relay = createServer((req, res) => {
    void (async () => {
      const body = await textOf(req);
      const tells = TELLS.test(body);
      if (tells) await hook?.('before records is told');
      const headers = Object.fromEntries(
        Object.entries(req.headers).filter(
          ([name]) => !['host', 'connection', 'content-length'].includes(name),
        ),
      ) as Record<string, string>;
      const answer = await fetch(world.subgraphUrls.get('records')!, { method: 'POST', headers, body });
      const text = await answer.text();
      if (tells) await hook?.('after records has done it');
      if (tells && Math.random() < 0.5) tellAgain(body);
      res.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
    })().catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const location = locations.get('primary-link')!;
  ensureReceiptKeys(join(dir, 'receipts'));
  const identity = ensureIdentityKeys(join(world.dir, 'keys'));
  const primaryLink = replaceable(
    'primary-link',
    await buildImage(join(dir, 'app')),
    {
      ...{ NODE_ENV: 'test', TZ: 'UTC', DATABASE_URL: location.url, MIGRATE: 'false', ADMIN_PORT: '0' },
      ...{ FIELD_KEYS_FILE: keysFile, RECEIPT_KEYS_DIR: join(dir, 'receipts'), DB_POOL_SIZE: '4' },
      IDENTITY_PUBLIC_KEYS_FILE: identity.publicKeysFile,
      IDENTITY_PRIVATE_KEY_FILE: identity.privateKeyFile['primary-link'],
      SUBGRAPH_RECORDS_URL: `http://127.0.0.1:${(relay.address() as AddressInfo).port}/graphql`,
      SUBGRAPH_CHILDREN_URL: world.subgraphUrls.get('children')!,
      SUBGRAPH_INSTITUTIONS_URL: world.subgraphUrls.get('institutions')!,
    },
    await identity.of('gateway'),
    (source) =>
      source.ask(
        { query: '{ takeOvers(first: 1) { nodes { id } } }', variables: {} },
        { viewer: schoolViewer(schools[0]!), requestId: 'warming-up', purpose: 'ADMISSION' },
      ),
  );
  const store = await openPrimaryLinkStore(location, { migrate: false });
  const recordStore = await openRecordStore(locations.get('records')!, { migrate: false });
  return {
    ...{ lives, primaryLink, store, recordStore },
    /** How often records was told something once more, and late. */
    toldAgain: () => told,
    /** Resolves when primary-link comes to the step the next time, and holds it there until what it is given is done. */
    at: (step: Step, then: () => Promise<void>) =>
      new Promise<void>((resolve) => {
        hook = async (reached) => {
          if (reached !== step) return;
          hook = null;
          await then();
          resolve();
        };
      }),
    noLonger: () => void (hook = null),
    /** Until everything that is told late has been told. */
    async quiet() {
      while (late.size > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    async close() {
      await primaryLink.close();
      relay.closeAllConnections();
      await new Promise((resolve) => relay.close(resolve));
      await Promise.all([store.close(), recordStore.close()]);
      await world.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
export type TakeOverScene = Awaited<ReturnType<typeof openTakeOverScene>>;

async function textOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
