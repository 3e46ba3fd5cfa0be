import { createHmac, createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEV_ISSUER, openDevIssuer, type DevIssuer } from '../../gateway/dev-issuer.ts';
import { NATION, type Viewer } from '../../kernel/rules/viewer.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { ensureIdentityKeys, readIdentityKeys, type KeySet } from '../../kernel/serve/identity-keys.ts';
import {
  IDENTITY_HEADER,
  signIdentity,
  verifyIdentity,
  type IdentityKeys,
} from '../../kernel/serve/identity.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { serveSubgraph } from '../../kernel/serve/subgraph-server.ts';
import { ask, childrenSubgraph, CLERK, codesOf, recordsSubgraph, send, startFixture } from './fixture.ts';

type SignWith = CryptoKey | KeyObject;

const directory = mkdtempSync(join(tmpdir(), 'xueji-identity-'));
const NEIGHBOUR: Viewer = { account: 'service:records', role: 'SERVICE', area: NATION };

let keys: KeySet;
let issuer: DevIssuer;
let gatewayKeys: IdentityKeys;
let recordsKeys: IdentityKeys;
let childrenKeys: IdentityKeys;
let subgraph: RunningHttp;
let gateway: RunningHttp;

beforeAll(async () => {
  keys = ensureIdentityKeys(join(directory, 'keys'));
  gatewayKeys = await keys.of('gateway');
  recordsKeys = await keys.of('records');
  childrenKeys = await keys.of('children');
  subgraph = await serveSubgraph(childrenSubgraph(), { port: 0, keys: childrenKeys });
  issuer = await openDevIssuer(directory);
  gateway = await startFixture({
    sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
    callers: issuer.callers,
    production: true,
  });
});
afterAll(async () => {
  await gateway.stop();
  await subgraph.stop();
});

const call = (token: string | undefined, body = '{"query":"{ childrenCount }"}') =>
  send(`${subgraph.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { [IDENTITY_HEADER]: token }) },
    body,
  });

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** The public half of an issuer's key, as everybody may read it. */
const publicHalf = (issuer: string, file = keys.publicKeysFile): Buffer => {
  const { keys: all } = JSON.parse(readFileSync(file, 'utf8')) as {
    keys: { kid: string; x: string }[];
  };
  return Buffer.from(all.find(({ kid }) => kid === issuer)!.x, 'base64url');
};
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

describe('a subgraph asked directly', () => {
  it('answers the gateway, and a neighbour that speaks for itself', async () => {
    const asked = await call(
      signIdentity(gatewayKeys, 'children', { viewer: CLERK, requestId: 'request-1' }),
    );
    expect([asked.status, asked.body, asked.headers.get('x-request-id')]).toEqual([
      200,
      { data: { childrenCount: 3 } },
      'request-1',
    ]);
    expect(
      (await call(signIdentity(recordsKeys, 'children', { viewer: NEIGHBOUR, requestId: 'request-2' })))
        .status,
    ).toBe(200);
  });

  const claims = {
    iss: 'gateway',
    aud: 'children',
    sub: 'a',
    role: 'COUNTY',
    area: { level: 'COUNTY', code: '190101' },
    rid: 'request-1',
    jti: '00000000-0000-7000-8000-000000000000',
  };
  const signed = (
    changed: object,
    key: SignWith = gatewayKeys.to('children'),
    alg = 'HS256',
    kid = 'gateway',
  ) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ ...claims, iat: now, exp: now + 60, ...changed })
      .setProtectedHeader({ alg, kid })
      .sign(key);
  };

  it.each<[string, () => Promise<string | undefined> | string | undefined]>([
    ['nothing', () => undefined],
    ['an empty token', () => ''],
    ['no token at all', () => 'abc'],
    [
      'a token for another subgraph',
      () => signIdentity(gatewayKeys, 'records', { viewer: CLERK, requestId: 'request-1' }),
    ],
    [
      'an expired token',
      () => signIdentity(gatewayKeys, 'children', { viewer: CLERK, requestId: 'request-1' }, ago(66)),
    ],
    [
      'a token from the future',
      () => signIdentity(gatewayKeys, 'children', { viewer: CLERK, requestId: 'request-1' }, ago(-30)),
    ],
    [
      'a token that outlives a minute',
      () => signed({ iat: Math.floor(Date.now() / 1000) - 100, exp: Math.floor(Date.now() / 1000) + 600 }),
    ],
    ['a token without an end', () => signed({ exp: undefined })],
    [
      "a neighbour in a clerk's role",
      () => signIdentity(recordsKeys, 'children', { viewer: CLERK, requestId: 'request-1' }),
    ],
    [
      'the gateway as a service',
      () => signIdentity(gatewayKeys, 'children', { viewer: NEIGHBOUR, requestId: 'request-1' }),
    ],
    [
      'a neighbour that says it is the gateway',
      () =>
        signIdentity({ ...recordsKeys, owner: 'gateway' }, 'children', {
          viewer: CLERK,
          requestId: 'request-1',
        }),
    ],
    ['a key id that is not the issuer', () => signed({ iss: 'records' })],
    ['an unknown issuer', () => signed({ iss: 'somebody' }, gatewayKeys.to('children'), 'HS256', 'somebody')],
    ['an unknown role', () => signed({ role: 'KING' })],
    ['an area that is no area', () => signed({ area: { level: 'COUNTY', code: "' OR 1=1" } })],
    ['a token without an account', () => signed({ sub: undefined })],
    ['a nation of another code', () => signed({ area: { level: 'NATION', code: '190101' } })],
    ['a county of five digits', () => signed({ area: { level: 'COUNTY', code: '19010' } })],
    ['an institution of six digits', () => signed({ area: { level: 'INSTITUTION', code: '190101' } })],
    ['an account too long to be written down', () => signed({ sub: 'a'.repeat(81) })],
    ['an account with a space before it', () => signed({ sub: ' a' })],
    ['an account with a line break in it', () => signed({ sub: 'a\nb' })],
    ['an account with something invisible in it', () => signed({ sub: 'a\u202eb' })],
    ["a stranger's secret", () => signed({}, createSecretKey(randomBytes(32)))],
    ["a stranger's signature", async () => signed({}, (await generateKeyPair('EdDSA')).privateKey, 'EdDSA')],
    ['a longer hash than ours', () => signed({}, gatewayKeys.to('children'), 'HS512')],
    ["the gateway's secret for another subgraph", () => signed({}, gatewayKeys.to('records'))],
    [
      'the secret of the other direction',
      () => signed({ iss: 'records' }, childrenKeys.to('records'), 'HS256', 'records'),
    ],
    [
      'alg none',
      () => `${base64({ alg: 'none', kid: 'gateway' })}.${base64({ ...claims, exp: 4_000_000_000 })}.`,
    ],
    [
      'an HMAC with the public key',
      () => {
        const head = `${base64({ alg: 'HS256', kid: 'gateway' })}.${base64({ ...claims, iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 60 })}`;
        return `${head}.${createHmac('sha256', publicHalf('gateway')).update(head).digest('base64url')}`;
      },
    ],
  ])('refuses %s, also for _service and _entities, before it reads the request', async (_, make) => {
    const token = await make();
    const bodies = [
      '{"query":"{ childrenCount }"}',
      '{"query":"{ _service { sdl } }"}',
      '{"query":"{ _entities(representations: []) { __typename } }"}',
      '{broken',
      'x'.repeat(9_000_000),
    ];
    for (const body of bodies) {
      const answer = await call(token, body);
      expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
      expect(answer.text).not.toContain('childrenCount');
    }
  });

  it.each([
    ['broken JSON', '{', 400, 'BAD_REQUEST'],
    ['a batch', '[{"query":"{ childrenCount }"}]', 400, 'BAD_REQUEST'],
    ['an unknown field', '{"query":"{ nothing }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['no GraphQL', '{"query":"{"}', 400, 'GRAPHQL_PARSE_FAILED'],
    [
      'a variable that does not fit',
      '{"query":"query($n: Int) { echo(n: $n) }","variables":{"n":"x"}}',
      400,
      'BAD_USER_INPUT',
    ],
    [
      'an operation that is not there',
      '{"query":"{ childrenCount }","operationName":"X"}',
      400,
      'BAD_USER_INPUT',
    ],
  ])('answers %s with a code, even when signed', async (_, body, status, code) => {
    const answer = await call(
      signIdentity(gatewayKeys, 'children', { viewer: CLERK, requestId: 'request-1' }),
      body,
    );
    expect([answer.status, codesOf(answer)]).toEqual([status, [code]]);
    expect(answer.body.errors?.[0]?.extensions.requestId).toBe('request-1');
  });
});

describe('identity keys', () => {
  it('give two processes the same secret, another for each direction and for each two', async () => {
    const linkKeys = await keys.of('primary-link');
    const bytes = (secret: KeyObject | undefined) => secret!.export().toString('hex');
    const secrets = [
      gatewayKeys.to('children'),
      gatewayKeys.to('records'),
      recordsKeys.to('children'),
      childrenKeys.to('records'),
      linkKeys.to('children'),
    ].map(bytes);
    expect(new Set(secrets).size).toBe(5);
    expect(secrets).toEqual(
      [
        childrenKeys.from('gateway'),
        recordsKeys.from('gateway'),
        childrenKeys.from('records'),
        recordsKeys.from('children'),
        childrenKeys.from('primary-link'),
      ].map(bytes),
    );
    expect(childrenKeys.from('somebody')).toBeUndefined();
  });

  it('are made once, private ones readable by their owner only', () => {
    const before = publicHalf('gateway');
    ensureIdentityKeys(join(directory, 'keys'));
    expect(publicHalf('gateway')).toEqual(before);
    expect(statSync(keys.privateKeyFile.gateway).mode & 0o777).toBe(0o600);
  });

  it('of a kind no process takes any more are made anew', () => {
    const old = mkdtempSync(join(tmpdir(), 'xueji-old-keys-'));
    const { publicKey } = generateKeyPairSync('ed25519');
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'gateway' };
    writeFileSync(join(old, 'identity-keys.json'), JSON.stringify({ keys: [jwk] }));
    const { publicKeysFile } = ensureIdentityKeys(old);
    expect(readFileSync(publicKeysFile, 'utf8')).not.toContain(jwk.x!);
    expect(publicHalf('gateway', publicKeysFile)).toHaveLength(32);
  });

  it('that do not belong together are refused at the start', async () => {
    const [one, other] = [keys, ensureIdentityKeys(mkdtempSync(join(tmpdir(), 'xueji-other-keys-')))];
    await expect(
      readIdentityKeys('gateway', one.privateKeyFile.gateway, other.publicKeysFile),
    ).rejects.toThrow('IDENTITY_PUBLIC_KEYS_FILE: has another key of gateway than IDENTITY_PRIVATE_KEY_FILE');
    const few = join(directory, 'few.json');
    const { keys: all } = JSON.parse(readFileSync(one.publicKeysFile, 'utf8')) as { keys: object[] };
    writeFileSync(few, JSON.stringify({ keys: all.slice(1) }));
    await expect(readIdentityKeys('records', one.privateKeyFile.records, few)).rejects.toThrow(
      'IDENTITY_PUBLIC_KEYS_FILE: X25519 keys of gateway, children, institutions, records, primary-link were expected',
    );
  });

  it('carry the viewer there unchanged', () => {
    const token = signIdentity(gatewayKeys, 'children', { viewer: CLERK, requestId: 'request-1' });
    const identity = verifyIdentity(token, childrenKeys);
    expect(identity).toEqual({
      issuer: 'gateway',
      id: expect.any(String) as unknown,
      call: { viewer: { ...CLERK, rights: [] }, requestId: 'request-1' },
    });
  });
});

describe('the gateway, asked by a client', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const claims = { role: 'COUNTY', area: { level: 'COUNTY', code: '190101' } };
  let strangerKey: CryptoKeyPair['privateKey'];
  type CryptoKeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

  beforeAll(async () => {
    strangerKey = (await generateKeyPair('EdDSA')).privateKey;
  });
  const stranger = (changed: object) =>
    new SignJWT({
      iss: DEV_ISSUER,
      aud: 'xueji',
      sub: 'a',
      iat: now(),
      exp: now() + 60,
      ...claims,
      ...changed,
    })
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(strangerKey);

  it('answers a token that holds', async () => {
    expect((await ask(gateway.url, { query: '{ childrenCount }' }, await issuer.mint(CLERK))).body).toEqual({
      data: { childrenCount: 3 },
    });
  });

  it.each<[string, () => Promise<string> | string | undefined]>([
    ['no token', () => undefined],
    ['nonsense', () => 'abc.def'],
    ["a stranger's key", () => stranger({})],
    [
      'alg none',
      () =>
        `${base64({ alg: 'none' })}.${base64({ iss: DEV_ISSUER, aud: 'xueji', sub: 'a', exp: 4_000_000_000, ...claims })}.`,
    ],
    ['an expired token', () => issuer.mint(CLERK, -1)],
    ['the role of a service', () => issuer.mint(NEIGHBOUR)],
    ["a county's role over the nation", () => issuer.mint({ ...CLERK, area: NATION })],
    [
      'a nation of another code',
      () => issuer.mint({ ...CLERK, role: 'MINISTRY', area: { level: 'NATION', code: '190101' } }),
    ],
    ['a county of letters', () => issuer.mint({ ...CLERK, area: { level: 'COUNTY', code: '19010A' } })],
    [
      'a kindergarten of six digits',
      () => issuer.mint({ ...CLERK, role: 'KINDERGARTEN', area: { level: 'INSTITUTION', code: '190101' } }),
    ],
    ['an account with a space after it', () => issuer.mint({ ...CLERK, account: 'a ' })],
    ['an account with a control character', () => issuer.mint({ ...CLERK, account: 'a\u0007' })],
    ['an account too long to be written down', () => issuer.mint({ ...CLERK, account: 'a'.repeat(81) })],
    [
      'an internal identity token',
      () => signIdentity(gatewayKeys, 'children', { viewer: CLERK, requestId: 'request-1' }),
    ],
  ])('refuses %s with 401', async (_, make) => {
    for (const query of ['{ childrenCount }', '{ __typename }', '{ nothing }', '{']) {
      const answer = await ask(gateway.url, { query }, await make());
      expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('refuses another audience', async () => {
    const elsewhere = await openDevIssuer(mkdtempSync(join(tmpdir(), 'xueji-other-')));
    const answer = await ask(gateway.url, { query: '{ childrenCount }' }, await elsewhere.mint(CLERK));
    expect(answer.status).toBe(401);
  });

  it('hides its schema in production, from callers too', async () => {
    const token = await issuer.mint(CLERK);
    const read = await ask(gateway.url, { query: '{ __schema { types { name } } }' }, token);
    expect([read.status, codesOf(read)[0]]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    const guess = await ask(gateway.url, { query: '{ childrenCoun }' }, token);
    expect(guess.text).not.toContain('Did you mean');
  });

  it('answers introspection, and only that, to nobody in development', async () => {
    const open = await startFixture({
      sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
      callers: issuer.callers,
    });
    expect((await ask(open.url, { query: '{ __typename }' })).body).toEqual({
      data: { __typename: 'Query' },
    });
    for (const query of [
      '{ __typename childrenCount }',
      '{ ...A } fragment A on Query { childrenCount }',
      'mutation { __typename rename(id: "1", to: "2") { id } }',
      '{ nothing }',
    ]) {
      expect((await ask(open.url, { query })).status).toBe(401);
    }
    await open.stop();
  });
});
