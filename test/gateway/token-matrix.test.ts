/**
 * Tokens of every wrong kind, at the gateway and directly at each of the four subgraphs over HTTP: none is taken. And
 * what a revocation takes until nobody lets the account in any more, measured.
 */
import { createHmac, createPrivateKey, createPublicKey, createSecretKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPair, importPKCS8, SignJWT, type CryptoKey } from 'jose';
import type { KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewerOf } from '../../clients/cli/demo/viewer-spec.ts';
import { actionsOf } from '../../kernel/rules/actions.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../kernel/graph/subgraph.ts';
import { NATION, type Viewer } from '../../kernel/rules/viewer.ts';
import { ensureIdentityKeys } from '../../kernel/serve/identity-keys.ts';
import { IDENTITY_HEADER, signIdentity, type IdentityKeys } from '../../kernel/serve/identity.ts';
import { embedded } from '../support/databases.ts';
import {
  COUNTY,
  garden,
  GARDEN,
  inventedChild,
  openGardens,
  otherGarden,
  REGISTER,
} from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

interface Signing {
  readonly key: CryptoKey | KeyObject;
  readonly kid: string;
  readonly alg: string;
}

type Claims = Record<string, unknown>;
interface Reply {
  readonly status: number;
  readonly body: { data?: object | null; errors?: { extensions: { code: string } }[] };
}

const county = { account: 'county-clerk-1', role: 'COUNTY', region: COUNTY } as const;
const CLERK: Viewer = { ...viewerOf(county), rights: actionsOf('COUNTY') };
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(Date.now() / 1000);
const TYPENAME = '{"query":"{ __typename }"}';

let world: World;
let devKey: CryptoKey;
let devPublic: string;
let signers: Map<'gateway' | SubgraphName, IdentityKeys>;
let strangerKey: CryptoKey;

async function post(url: string, headers: Record<string, string>, body = TYPENAME): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, body: (await response.json()) as Reply['body'] };
}
const atGateway = (token: string | undefined, body?: string) =>
  post(world.url, token === undefined ? {} : { authorization: `Bearer ${token}` }, body);
const atSubgraph = (name: SubgraphName, token: string | undefined, body?: string) =>
  post(world.subgraphUrls.get(name)!, token === undefined ? {} : { [IDENTITY_HEADER]: token }, body);

beforeAll(async () => {
  world = await startWorld({ databases: embedded(), wiring: 'over HTTP' });
  await openGardens(world);
  for (const one of [garden, otherGarden, county]) await world.token(one);
  const pem = readFileSync(join(world.dir, 'dev-issuer.pem'), 'utf8');
  devKey = await importPKCS8(pem, 'EdDSA');
  devPublic = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' }).toString();
  strangerKey = (await generateKeyPair('EdDSA')).privateKey;
  const identity = ensureIdentityKeys(join(world.dir, 'keys'));
  signers = new Map(
    await Promise.all(
      (['gateway', ...SUBGRAPH_NAMES] as const).map(
        async (issuer) => [issuer, await identity.of(issuer)] as const,
      ),
    ),
  );
});
afterAll(() => world.close());

/** A client's token: what differs from a good one. */
const clientToken = (
  changed: Claims = {},
  { key = devKey, header = {} }: { key?: CryptoKey; header?: Claims } = {},
) =>
  new SignJWT({
    ...{ iss: 'xueji-dev', aud: 'xueji', sub: county.account, iat: seconds(), exp: seconds() + 60 },
    ...{ role: 'COUNTY', area: { level: 'COUNTY', code: COUNTY }, ...changed },
  })
    .setProtectedHeader({ alg: 'EdDSA', ...header })
    .sign(key);

describe('The gateway', () => {
  it('takes a token that holds, and one that names nothing but the account', async () => {
    expect((await atGateway(await clientToken())).body).toEqual({ data: { __typename: 'Query' } });
    const bare = await atGateway(
      await clientToken({ role: undefined, area: undefined }),
      '{"query":"{ viewer { account role areaCode } }"}',
    );
    expect(bare.body.data).toEqual({ viewer: { account: county.account, role: 'COUNTY', areaCode: COUNTY } });
  });

  it('takes a token again: its bearer has it for many requests, and revoking the account ends it', async () => {
    const token = await clientToken();
    expect([(await atGateway(token)).status, (await atGateway(token)).status]).toEqual([200, 200]);
  });

  it.each<[string, () => Promise<string | undefined> | string | undefined]>([
    ['no token', () => undefined],
    ['an empty token', () => ''],
    [
      'alg none',
      () =>
        `${base64({ alg: 'none' })}.${base64({ iss: 'xueji-dev', aud: 'xueji', sub: county.account, exp: seconds() + 60 })}.`,
    ],
    [
      'alg none in other letters',
      () =>
        `${base64({ alg: 'NoNe' })}.${base64({ iss: 'xueji-dev', aud: 'xueji', sub: county.account, exp: seconds() + 60 })}.`,
    ],
    ['a stranger’s key', () => clientToken({}, { key: strangerKey })],
    [
      'a stranger’s key under a known key id',
      () => clientToken({}, { key: strangerKey, header: { kid: 'gateway' } }),
    ],
    [
      'a key the token brings along',
      async () =>
        clientToken(
          {},
          {
            key: strangerKey,
            header: { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } },
          },
        ),
    ],
    [
      'HS256 with the public key as its secret',
      () => {
        const head = `${base64({ alg: 'HS256' })}.${base64({ iss: 'xueji-dev', aud: 'xueji', sub: county.account, exp: seconds() + 60 })}`;
        return `${head}.${createHmac('sha256', devPublic).update(head).digest('base64url')}`;
      },
    ],
    ['another audience', () => clientToken({ aud: 'elsewhere' })],
    ['no audience', () => clientToken({ aud: undefined })],
    ['another issuer', () => clientToken({ iss: 'elsewhere' })],
    ['no issuer', () => clientToken({ iss: undefined })],
    ['an end that is past', () => clientToken({ exp: seconds() - 6 })],
    ['no end', () => clientToken({ exp: undefined })],
    ['a beginning still to come', () => clientToken({ nbf: seconds() + 30 })],
    ['no account', () => clientToken({ sub: undefined })],
    ['an account nobody filed', () => clientToken({ sub: 'nobody' })],
    ['an account’s name in other letters', () => clientToken({ sub: county.account.toUpperCase() })],
    ['a role the account was not filed with', () => clientToken({ role: 'MINISTRY', area: NATION })],
    [
      'an area the account was not filed with',
      () => clientToken({ area: { level: 'COUNTY', code: '330106' } }),
    ],
    [
      'an institution’s area in a county’s role',
      () => clientToken({ area: { level: 'INSTITUTION', code: GARDEN } }),
    ],
    ['the role of a service', () => clientToken({ role: 'SERVICE', area: NATION })],
    ['the role of the gateway', () => clientToken({ role: 'GATEWAY', area: NATION })],
    [
      'the name and role of a neighbour',
      () => clientToken({ sub: 'service:records', role: undefined, area: undefined }),
    ],
    ['a guardian’s role for a clerk’s account', () => clientToken({ role: 'GUARDIAN', area: NATION })],
    [
      'an internal identity token',
      () => signIdentity(signers.get('gateway')!, 'children', { viewer: CLERK, requestId: 'request-1' }),
    ],
    [
      'a token whose claims were changed',
      async () => {
        const [head, , signature] = (await clientToken()).split('.');
        return [
          head,
          base64({ iss: 'xueji-dev', aud: 'xueji', sub: garden.account, exp: seconds() + 60 }),
          signature,
        ].join('.');
      },
    ],
  ])('refuses %s', async (_, make) => {
    const { status, body } = await atGateway(await make(), '{"query":"{ viewer { account } }"}');
    expect([status, body.data, body.errors?.[0]?.extensions.code]).toEqual([
      401,
      undefined,
      'UNAUTHENTICATED',
    ]);
  });

  it('forgives a clock five seconds off, and not six', async () => {
    expect((await atGateway(await clientToken({ exp: seconds() - 2 }))).status).toBe(200);
    expect((await atGateway(await clientToken({ exp: seconds() - 7 }))).status).toBe(401);
    expect((await atGateway(await clientToken({ nbf: seconds() + 3 }))).status).toBe(200);
  });
});

describe.each(SUBGRAPH_NAMES.map((name) => [name] as const))('The subgraph %s, asked directly', (name) => {
  const other = SUBGRAPH_NAMES.find((one) => one !== name)!;
  const good = (viewer: Viewer = CLERK, to: SubgraphName = name, at?: Date) =>
    signIdentity(signers.get('gateway')!, to, { viewer, requestId: 'request-1' }, at);
  const gatewaySecret = () => signers.get('gateway')!.to(name);
  const internal = (
    changed: Claims = {},
    { key = gatewaySecret(), kid = 'gateway', alg = 'HS256' }: Partial<Signing> = {},
  ) =>
    new SignJWT({
      ...{ iss: 'gateway', aud: name, sub: county.account, iat: seconds(), exp: seconds() + 30 },
      ...{
        jti: `id-${Math.random()}`,
        rid: 'request-1',
        role: 'COUNTY',
        area: { level: 'COUNTY', code: COUNTY },
      },
      ...changed,
    })
      .setProtectedHeader({ alg, kid })
      .sign(key);
  const service = (from: SubgraphName, account = `service:${from}`) =>
    signIdentity(signers.get(from)!, name, {
      viewer: { account, role: 'SERVICE', area: NATION },
      requestId: 'request-1',
    });

  it('takes the gateway’s token and a neighbour’s own', async () => {
    expect((await atSubgraph(name, good())).body.data).toEqual({ __typename: 'Query' });
    expect((await atSubgraph(name, service(other))).body.data).toEqual({ __typename: 'Query' });
  });

  it('takes a token once', async () => {
    const token = good();
    expect([(await atSubgraph(name, token)).status, (await atSubgraph(name, token)).status]).toEqual([
      200, 401,
    ]);
  });

  it.each<[string, () => Promise<string | undefined> | string | undefined]>([
    ['no token', () => undefined],
    ['a client’s token', () => clientToken()],
    ['a token for another subgraph', () => good(CLERK, other)],
    [
      'alg none',
      () =>
        `${base64({ alg: 'none', kid: 'gateway' })}.${base64({ iss: 'gateway', aud: name, sub: 'a', iat: seconds(), exp: seconds() + 30, jti: 'none-none', rid: 'r', role: 'COUNTY', area: { level: 'COUNTY', code: COUNTY } })}.`,
    ],
    [
      'HS256 with the public key as its secret',
      () => {
        const head = `${base64({ alg: 'HS256', kid: 'gateway' })}.${base64({ iss: 'gateway', aud: name, sub: 'a', iat: seconds(), exp: seconds() + 30, jti: 'hmac-hmac', rid: 'r', role: 'COUNTY', area: { level: 'COUNTY', code: COUNTY } })}`;
        const file = readFileSync(join(world.dir, 'keys', 'identity-keys.json'), 'utf8');
        const { keys } = JSON.parse(file) as { keys: { kid: string; x: string }[] };
        const half = Buffer.from(keys.find(({ kid }) => kid === 'gateway')!.x, 'base64url');
        return `${head}.${createHmac('sha256', half).update(head).digest('base64url')}`;
      },
    ],
    ['a stranger’s signature under the gateway’s id', () => internal({}, { key: strangerKey, alg: 'EdDSA' })],
    [
      'a stranger’s secret under the gateway’s id',
      () => internal({}, { key: createSecretKey(randomBytes(32)) }),
    ],
    ['a longer hash than ours', () => internal({}, { alg: 'HS512' })],
    [
      'a neighbour’s secret under the gateway’s id',
      () => internal({}, { key: signers.get(other)!.to(name) }),
    ],
    ['the gateway’s secret under a neighbour’s id', () => internal({}, { kid: other })],
    ['the gateway’s secret for another', () => internal({}, { key: signers.get('gateway')!.to(other) })],
    [
      'the secret for the way back',
      () => internal({ iss: other }, { key: signers.get(name)!.to(other), kid: other }),
    ],
    ['a key id nobody has', () => internal({}, { kid: 'somebody' })],
    ['another issuer than the key’s', () => internal({ iss: other })],
    ['no audience', () => internal({ aud: undefined })],
    ['two audiences, neither this one', () => internal({ aud: [other, 'gateway'] })],
    ['an end that is past', () => good(CLERK, name, new Date(Date.now() - 36_000))],
    ['no end', () => internal({ exp: undefined })],
    ['a life longer than half a minute', () => internal({ iat: seconds() - 100, exp: seconds() + 600 })],
    ['a beginning still to come', () => internal({ nbf: seconds() + 30 })],
    ['an issue still to come', () => good(CLERK, name, new Date(Date.now() + 30_000))],
    ['no id of its own', () => internal({ jti: undefined })],
    ['no account', () => internal({ sub: undefined })],
    [
      'a neighbour in a clerk’s role',
      () => signIdentity(signers.get(other)!, name, { viewer: CLERK, requestId: 'request-1' }),
    ],
    [
      'a neighbour in the name of another',
      () => service(other, `service:${SUBGRAPH_NAMES.find((one) => one !== other && one !== name)!}`),
    ],
    ['the gateway as a service', () => internal({ sub: 'service:gateway', role: 'SERVICE', area: NATION })],
    ['the gateway’s own role in a clerk’s name', () => internal({ role: 'GATEWAY', area: NATION })],
    ['a clerk’s role in the gateway’s name', () => internal({ sub: 'service:gateway' })],
    ['a county’s role over an institution', () => internal({ area: { level: 'INSTITUTION', code: GARDEN } })],
    ['a county’s role over the nation', () => internal({ area: NATION })],
    ['a role nobody knows', () => internal({ role: 'ADMIN' })],
  ])('refuses %s', async (_, make) => {
    const token = await make();
    for (const body of [TYPENAME, '{"query":"{ _service { sdl } }"}', '{broken']) {
      const { status, body: answer } = await atSubgraph(name, token, body);
      expect([status, answer.data, answer.errors?.[0]?.extensions.code]).toEqual([
        401,
        undefined,
        'UNAUTHENTICATED',
      ]);
    }
  });
});

describe('An account', () => {
  const REVOKE = `mutation($input: RevokeAccountInput!) { revokeAccount(input: $input) { account { state } userErrors { code } } }`;
  const SEAL = `mutation($input: SealAccountInput!) { sealAccount(input: $input) { account { state } userErrors { code } } }`;
  const CHANGE = `mutation($input: ChangeAccountInput!) { changeAccount(input: $input) { account { rights } userErrors { code } } }`;

  /** How long until nobody lets the account in, at the gateway and at each subgraph with a token the gateway still signs. */
  async function until(viewer: Viewer, token: string): Promise<Record<string, number>> {
    const began = performance.now();
    const first = async (ask: () => Promise<Reply>): Promise<number> => {
      for (;;) {
        if ((await ask()).status === 401) return Math.round(performance.now() - began);
        if (performance.now() - began > 10_000) return Infinity;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const places: [string, () => Promise<Reply>][] = [
      ['gateway', () => atGateway(token)],
      ...SUBGRAPH_NAMES.map((name): [string, () => Promise<Reply>] => [
        name,
        async () =>
          atSubgraph(name, signIdentity(signers.get('gateway')!, name, { viewer, requestId: 'request-1' })),
      ]),
    ];
    return Object.fromEntries(
      await Promise.all(places.map(async ([place, ask]) => [place, await first(ask)] as const)),
    );
  }

  it.each([
    ['revoked', REVOKE, 'revokeAccount', garden],
    ['sealed', SEAL, 'sealAccount', otherGarden],
  ] as const)('that is %s is let in nowhere within five seconds', async (word, mutation, act, spec) => {
    const token = await world.token(spec);
    const viewer = { ...viewerOf(spec), rights: actionsOf('KINDERGARTEN') };
    expect((await atGateway(token)).status).toBe(200);
    const input = { idempotencyKey: `end-${word}`, account: spec.account, reason: null };
    const done = await world.data<Record<string, { userErrors: object[] }>>(county, mutation, { input });
    expect(done[act]!.userErrors).toEqual([]);
    const ms = await until(viewer, token);
    process.stdout.write(`${word}, nobody lets it in after (ms): ${JSON.stringify(ms)}\n`);
    for (const [place, taken] of Object.entries(ms)) expect([place, taken < 5_000]).toEqual([place, true]);
  });

  it('does only what it was given, whatever its role may do', async () => {
    const narrow = { account: 'third-clerk', role: 'KINDERGARTEN', institution: GARDEN } as const;
    const input = { idempotencyKey: 'register-narrow', items: [inventedChild(77)] };
    await world.token(narrow);
    const change = {
      idempotencyKey: 'narrow',
      account: narrow.account,
      reason: null,
      duty: 'ENTRY',
      rights: ['openClass'],
    };
    await world.data(county, CHANGE, { input: change });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const refused = await world.ask(narrow, REGISTER, { input });
    expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const own = await world.data<{ viewer: { actions: string[] } }>(narrow, '{ viewer { actions } }');
    expect(own.viewer.actions).toEqual(['openClass']);
    // A token that still says more is not believed by the subgraph either.
    const viewer = { ...viewerOf(narrow), rights: actionsOf('KINDERGARTEN') };
    const direct = await atSubgraph(
      'children',
      signIdentity(signers.get('gateway')!, 'children', { viewer, requestId: 'request-1' }),
      JSON.stringify({ query: REGISTER, variables: { input } }),
    );
    expect(direct.body.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});
