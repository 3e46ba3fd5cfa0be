/** Four kindergartens of three counties and their children; only records runs as a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peersOf } from '../../kernel/peers.ts';
import type { Subgraph, SubgraphName } from '../../kernel/graph/subgraph.ts';
import { actionsOf } from '../../kernel/rules/actions.ts';
import { today } from '../../kernel/rules/plain-date.ts';
import { schoolYearOf } from '../../kernel/rules/school-year.ts';
import { NATION, type Viewer } from '../../kernel/rules/viewer.ts';
import { ensureIdentityKeys } from '../../kernel/serve/identity-keys.ts';
import type { DataSource } from '../../kernel/serve/data-source.ts';
import { newId } from '../../kernel/store/ids.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { peerTransport } from '../../kernel/serve/peer-transport.ts';
import { serveSubgraph } from '../../kernel/serve/subgraph-server.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { openChildren } from '../../subgraphs/children/main.ts';
import { openInstitutions } from '../../subgraphs/institutions/main.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import type { Databases } from '../support/databases.ts';
import { inventedChild } from '../support/story.ts';
import { buildImage } from './image.ts';
import { replaceable } from './replaceable.ts';

export interface Garden {
  readonly code: string;
  readonly county: string;
  readonly classId: string;
}

export const kindergarten = ({ code }: Pick<Garden, 'code'>): Viewer => ({
  ...{
    account: `entry-${code}`,
    role: 'KINDERGARTEN',
    area: { level: 'INSTITUTION', code },
    rights: actionsOf('KINDERGARTEN'),
  },
});
export const countyOf = ({ county: code }: Pick<Garden, 'county'>): Viewer => ({
  ...{
    account: `county-${code}`,
    role: 'COUNTY',
    area: { level: 'COUNTY', code },
    rights: actionsOf('COUNTY'),
  },
});
const SERVICE: Viewer = { account: 'service:records', role: 'SERVICE', area: NATION };

const WARM = `mutation($input: RequestTransferInput!) { requestTransfer(input: $input) { userErrors { code } } }`;
const PLACES = [['1133990001', '330110'], ['1133990002', '330110'], ['1133990003', '330106'], ['1111990001', '110105']] as const; // prettier-ignore
const now = () => new Date();

export async function openScene(databases: Databases, size: number) {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-kill-'));
  const keysFile = join(dir, 'field-keys.json');
  const keys = loadFieldKeys(keysFile, { create: true });
  const identity = ensureIdentityKeys(join(dir, 'keys'));
  const locate = async (name: string) => ({ ...(await databases.fresh(name)), keys });
  const open = new Map<SubgraphName, Subgraph>();
  const transport = peerTransport((name) => inProcess(open.get(name)!));
  open.set('institutions', await openInstitutions({ location: await locate('institutions'), peers: peersOf('institutions', transport), now })); // prettier-ignore
  open.set('children', await openChildren({ location: await locate('children'), peers: peersOf('children', transport), now })); // prettier-ignore
  let heard: (() => void) | null = null;
  const children = open.get('children')!;
  const context = children.context.bind(children);
  children.context = (call) => {
    if (call.viewer.role === 'SERVICE') heard?.();
    return context(call);
  };
  const servers = new Map(
    await Promise.all(
      [...open].map(async ([name, one]) => [name, await serveSubgraph(one, { port: 0, keys: await identity.of(name), graceMs: 500 })] as const), // prettier-ignore
    ),
  );
  const location = await locate('records');
  const store = await openRecordStore(location);
  const env = {
    ...{ NODE_ENV: 'test', TZ: 'UTC', DATABASE_URL: location.url, MIGRATE: 'false' },
    ...{ FIELD_KEYS_FILE: keysFile, IDENTITY_PUBLIC_KEYS_FILE: identity.publicKeysFile },
    IDENTITY_PRIVATE_KEY_FILE: identity.privateKeyFile.records,
    SUBGRAPH_CHILDREN_URL: `${servers.get('children')!.url}/graphql`,
    SUBGRAPH_INSTITUTIONS_URL: `${servers.get('institutions')!.url}/graphql`,
  };
  const ask = async <T>(of: SubgraphName, viewer: Viewer, query: string, variables: object): Promise<T> => {
    const { data, errors } = await inProcess(open.get(of)!).ask(
      { query, variables: { ...variables } },
      { viewer, requestId: 'scene-request' },
    );
    if (!data || errors) throw new Error(`${of} answered ${JSON.stringify(errors)}`);
    return data as T;
  };
  const gardens = await openGardens(ask);
  const [first] = gardens as [Garden];
  const warm = (source: DataSource) => {
    const seat = { institutionCode: first.code, classId: first.classId, enteredOn: today(now()) };
    const input = { idempotencyKey: newId(), childId: newId(), ...seat, evidence: [] };
    return source.ask(
      { query: WARM, variables: { input } },
      { viewer: kindergarten(first), requestId: 'warming-up' },
    );
  };
  const records = replaceable(
    'records',
    await buildImage(join(dir, 'app')),
    env,
    await identity.of('gateway'),
    warm,
  );

  let key = 0;
  const all = Array.from({ length: size }, (_, i) => inventedChild(i + 1));
  /** Children (by number) as a kindergarten registers them: from then on it holds them. */
  const register = async (garden: Pick<Garden, 'code'>, numbers: readonly number[]): Promise<string[]> => {
    const input = { idempotencyKey: `register-${key++}`, items: numbers.map((n) => all[n]!) };
    const mutation = `mutation($input: RegisterChildrenInput!) { registerChildren(input: $input) { results { child { id } } } }`;
    type Answer = { registerChildren: { results: { child: { id: string } }[] } };
    const answer = await ask<Answer>('children', kindergarten(garden), mutation, { input });
    return answer.registerChildren.results.map(({ child }) => child.id);
  };
  return {
    store,
    records,
    database: new URL(location.url).pathname.slice(1),
    peers: peersOf('records', transport),
    gardens,
    register,
    /** Calls back once, when the neighbour that knows the children is asked the next time. */
    onceAsked(then: () => void): void {
      heard = then;
    },
    /** By child, the codes of the kindergartens that hold it. */
    async holders(ids: readonly string[]): Promise<Map<string, string[]>> {
      const query = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Child { id holderCodes } } }`;
      const keys = ids.map((id) => ({ __typename: 'Child', id }));
      type Answer = { _entities: { id: string; holderCodes: string[] }[] };
      const { _entities } = await ask<Answer>('children', SERVICE, query, { keys });
      return new Map(_entities.map(({ id, holderCodes }) => [id, [...holderCodes].sort()]));
    },
    async close() {
      await records.close();
      for (const server of servers.values()) await server.stop();
      await store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
export type Scene = Awaited<ReturnType<typeof openScene>>;

type Ask = <T>(of: SubgraphName, viewer: Viewer, query: string, variables: object) => Promise<T>;

async function openGardens(ask: Ask): Promise<Garden[]> {
  const gardens: Garden[] = [];
  for (const [i, [code, county]] of PLACES.entries()) {
    const institution = {
      ...{
        code,
        name: `示例幼儿园${i + 1}`,
        kind: 'KINDERGARTEN',
        founder: 'PRIVATE',
        urbanRuralClass: '111',
      },
      ...{ region: county, openedOn: '2020-09-01' },
    };
    const open = `mutation($input: OpenInstitutionsInput!) { openInstitutions(input: $input) { results { userErrors { code } } } }`;
    await ask('institutions', countyOf({ county }), open, {
      input: { idempotencyKey: code, items: [institution] },
    });
    const items = [
      { institutionCode: code, name: '小一班', level: 'SMALL', schoolYear: schoolYearOf(today(now())) },
    ];
    const openClass = `mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } } } }`;
    type Answer = { openClasses: { results: { class: { id: string } }[] } };
    const input = { idempotencyKey: `class-${code}`, items };
    const { openClasses } = await ask<Answer>('institutions', countyOf({ county }), openClass, { input });
    gardens.push({ code, county, classId: openClasses.results[0]!.class.id });
  }
  return gardens;
}
