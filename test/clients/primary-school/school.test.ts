import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byOwnKey } from '../../../clients/primary-school/credentials.ts';
import { placeIn } from '../../../clients/primary-school/follow.ts';
import { schoolKeys } from '../../../clients/primary-school/keys.ts';
import { compareWithRecords } from '../../../clients/primary-school/compare.ts';
import { linkLate } from '../../../clients/primary-school/late.ts';
import { enrol, readLateList, readList } from '../../../clients/primary-school/list.ts';
import { mischief } from '../../../clients/primary-school/mischief.ts';
import type { Pupil } from '../../../clients/primary-school/model.ts';
import { listen } from '../../../clients/primary-school/push.ts';
import { openSchool, type OpenSchool } from '../../../clients/primary-school/school.ts';
import { giveBack, sync } from '../../../clients/primary-school/sync.ts';
import { readPersisted } from '../../../gateway/persisted.ts';
import { projectFile } from '../../../kernel/paths.ts';
import { clientOperations } from '../../../schema/client-types.ts';
import { between } from '../../support/between.ts';
import { embedded } from '../../support/databases.ts';
import { enrolled, openSchools, school as SCHOOL, takeOverAct } from '../../support/schools.ts';
import { acts, deciding, garden, inventedChild, openGardens } from '../../support/story.ts';
import { startWorld, type World } from '../../support/world.ts';

const API = readFileSync(projectFile('schema', 'api.graphql'), 'utf8');

describe('A primary school', () => {
  const databases = embedded();
  let world: World;
  let clerks: ReturnType<typeof acts>;
  let dir: string;
  let school: OpenSchool;
  let serial = 0;

  const settle = async () => {
    for (const name of ['records', 'primary-link'])
      await world.subgraphs.find((one) => one.name === name)!.tick!();
  };
  const list = (name: string, lines: readonly string[]) => {
    const file = join(dir, name);
    writeFileSync(file, ['ref,number,bornOn', ...lines, ''].join('\n'));
    return readList(file);
  };
  const one = (ref: string): Pupil => school.pupils.byRef(ref)!;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'xueji-school-'));
    world = await startWorld({ databases, wiring: 'in one process' });
    clerks = acts(world, await openGardens(world));
    await openSchools(world, [SCHOOL.institution!]);
    writeFileSync(join(dir, 'token'), await world.token(SCHOOL));
    school = openSchool({ dir, url: world.url, tokenFile: join(dir, 'token'), attempts: 2, pauseMs: 1 });
  });
  afterAll(async () => {
    school?.db.close();
    await world?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('looks up, claims, acknowledges, and keeps a receipt it can check when nobody is there to ask', async () => {
    const [child] = await enrolled(clerks, [++serial]);
    enrol(school.pupils, list('a.csv', [`a1,${child!.number.toLowerCase()},${child!.bornOn}`]));
    await sync(school);
    expect(one('a1')).toMatchObject({ state: 'ACKNOWLEDGED', number: child!.number, code: null });
    expect(school.keys.verify(one('a1').receipt!)).toMatchObject({
      holds: true,
      facts: { takeOver: one('a1').takeOverId },
    });
    // Which record it is, the feed tells, in its own time.
    await settle();
    await sync(school);
    const before = one('a1');
    expect(before.recordId).toBe(child!.id);
    await sync(school);
    expect(one('a1')).toEqual(before);
  });

  it('is told of a number that changes before it has acknowledged, and of a record that is taken back', async () => {
    const plain = { bornOn: '2020-03-15', documentKind: 'NONE', documentNumber: null, name: '壬癸' };
    const [application] = await clerks.enrol(garden, [inventedChild(++serial, plain)]);
    const { results } = await clerks.approve(deciding, [application!]);
    const { id, number } = results[0]!.record!;
    // Claimed by hand, so that it waits; then known to the school as one it has accepted.
    const { takeOver } = await takeOverAct(world, SCHOOL, 'offerTakeOver', { number, bornOn: '2020-03-15' });
    school.pupils.add({
      ref: 'b1',
      state: 'REFUSED',
      number,
      bornOn: '2020-03-15',
      takeOverId: takeOver!.id,
    });
    const { record } = await clerks.act(deciding, 'convertNumber', { recordId: id });
    await settle();
    await sync(school);
    expect([one('b1').number, number![0], record!.number![0]]).toEqual([record!.number, 'L', 'J']);
    await takeOverAct(world, deciding, 'cancelTakeOver', { takeOverId: takeOver!.id });
    await settle();
    await sync(school);
    expect(one('b1')).toMatchObject({ state: 'GIVEN_BACK', recordId: id });
  });

  it('gives back what it should not have, once, and says why where that is not possible', async () => {
    expect(await giveBack(school, 'a1', 'release', null)).toMatchObject({
      state: 'ACKNOWLEDGED',
      code: 'REASON_REQUIRED',
    });
    expect(await giveBack(school, 'a1', 'cancel', '误收')).toMatchObject({ state: 'GIVEN_BACK' });
    expect(await giveBack(school, 'nobody', 'cancel', null)).toBeNull();
  });

  it('links a record that is found after all, and then agrees with the records', async () => {
    const [child] = await enrolled(clerks, [++serial]);
    const schoolNumber = 'L190101202003159001';
    enrol(school.pupils, list('late-1.csv', [`l1,${schoolNumber},${child!.bornOn}`]));
    await sync(school);
    expect(one('l1')).toMatchObject({ state: 'NO_RECORD', takeOverId: null });
    const file = join(dir, 'found.csv');
    const line = ['l1', child!.number, child!.bornOn, schoolNumber].join(',');
    writeFileSync(file, `ref,number,bornOn,schoolNumber\n${line}\n`);
    expect(await linkLate(school, readLateList(file))).toMatchObject([
      { ref: 'l1', state: 'ACKNOWLEDGED', number: child!.number, code: null },
    ]);
    // Read once more nothing is left to link.
    const linked = one('l1');
    expect(await linkLate(school, readLateList(file))).toEqual([linked]);
    const { outcomes, differing } = await compareWithRecords(school);
    expect(differing).toEqual([]);
    expect(outcomes).toEqual({ AGREES: school.pupils.counts()['ACKNOWLEDGED'] });
  });

  it('goes on by itself when the pushed feed rings', async () => {
    const stop = new AbortController();
    const [child] = await enrolled(clerks, [++serial]);
    const { takeOver } = await takeOverAct(world, garden, 'offerTakeOver', {
      recordId: child!.id,
      schoolCode: SCHOOL.institution,
    });
    const partition = parseInt(child!.id.slice(-1), 16) % 4;
    const rung = new Promise<void>((resolve) => {
      void listen({
        ...{ feedUrl: world.url.replace('/graphql', '/feed'), partition, credentials: school.credentials },
        ...{ signal: stop.signal, cursor: () => placeIn(school.db, partition).cursor },
        ring: resolve,
      });
    });
    await settle();
    await rung;
    stop.abort();
    await sync(school);
    expect(one(`offer-${takeOver!.id}`)).toMatchObject({ state: 'ACKNOWLEDGED', number: child!.number });
  });

  it('waits while a part of the graph is dark, and goes on from where it was', async () => {
    const [child] = await enrolled(clerks, [++serial]);
    enrol(school.pupils, list('c.csv', [`c1,${child!.number},${child!.bornOn}`]));
    await world.down('records');
    await expect(sync(school)).rejects.toThrow('the graph answered SUBGRAPH_UNAVAILABLE');
    expect(one('c1').state).toBe('NEW');
    await world.up('records');
    await sync(school);
    expect(one('c1').state).toBe('ACKNOWLEDGED');
  });

  it('stops at a feed that has a gap, instead of going on without what is missing', async () => {
    const wire = await between(world.url, {
      spoil: (_, { status, text }) => ({
        status,
        text: text.replace(/"seq":(\d+)/g, (_all, n: string) => `"seq":${Number(n) + 1}`),
      }),
    });
    const other = openSchool({ dir: join(dir, 'gap'), url: wire.url, tokenFile: join(dir, 'token') });
    await expect(sync(other)).rejects.toThrow('the feed has a gap: 1 was expected, 2 came');
    other.db.close();
    await wire.close();
  });

  it('keeps numbers sealed, and everything to itself', () => {
    const kept =
      readFileSync(join(dir, 'school.sqlite'), 'latin1') +
      readFileSync(join(dir, 'school.sqlite-wal'), 'latin1');
    for (const { number } of school.pupils.all()) expect(kept).not.toContain(number);
    const open = readdirSync(join(dir, 'keys')).filter(
      (name) => (statSync(join(dir, 'keys', name)).mode & 0o077) !== 0,
    );
    expect([open, statSync(join(dir, 'keys')).mode & 0o077]).toEqual([[], 0]);
  });

  it('refuses a list with a line that is not whole, and names the line but not the child', () => {
    expect(() =>
      list('bad.csv', ['x1,L190101201910019999,2019-10-01', 'x2,L190101201910019998,2019-13-01']),
    ).toThrow('line 3: ref, number and bornOn (YYYY-MM-DD) were expected');
  });

  it('refuses to crash at a point there is not', () => {
    expect(() => mischief({ crashAt: 'claim.sent' })).toThrow(
      'a point to crash at was expected: look-up.answered, claim.written',
    );
  });

  it('gets its tokens by a key of its own, and again only when the last is about to end', async () => {
    const { client } = schoolKeys(join(dir, 'keys'));
    let asked = 0;
    let endpoint = '';
    const server = createServer((req, res) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of req) chunks.push(chunk as Buffer);
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        const { payload } = await jwtVerify(form.get('client_assertion')!, createPublicKey(client), {
          ...{ algorithms: ['EdDSA'], issuer: 'school-1', subject: 'school-1', audience: endpoint },
        });
        expect([form.get('grant_type'), typeof payload.jti]).toEqual(['client_credentials', 'string']);
        asked += 1;
        // The second lasts no longer than it takes to get another one.
        res.end(
          JSON.stringify({ access_token: await world.token(SCHOOL), expires_in: asked === 1 ? 300 : 20 }),
        );
      })().catch(() => res.writeHead(401).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    const own = byOwnKey({ tokenEndpoint: endpoint, clientId: 'school-1', key: client });
    expect(await own()).toBe(await own());
    expect(asked).toBe(1);
    const brief = byOwnKey({ tokenEndpoint: endpoint, clientId: 'school-1', key: client });
    await brief();
    await brief();
    expect(asked).toBe(3);
    const stranger = schoolKeys(join(dir, 'other-keys')).client;
    await expect(
      byOwnKey({ tokenEndpoint: endpoint, clientId: 'school-1', key: stranger })(),
    ).rejects.toThrow('the identity provider answered 401');
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('What a primary school sends', () => {
  const folder = projectFile('clients', 'primary-school', 'operations');

  it('has the types of the schema, and is stale when either changes', () => {
    const printed = clientOperations(API, folder);
    expect(printed).toBe(readFileSync(projectFile('clients', 'primary-school', 'operations.ts'), 'utf8'));
    expect(clientOperations(API.replace('alg: String!', 'alg: String'), folder)).not.toBe(printed);
    expect(() => clientOperations(API.replace('  alg: String!', '  algorithm: String!'), folder)).toThrow(
      'receipt-keys.graphql: Cannot query field "alg" on type "ReceiptKey".',
    );
  });

  it('is filed, so that it is run where nothing else is', () => {
    const filed = new Set(readPersisted().all.map(({ body }) => body));
    const own = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    expect([own.length, own.filter((text) => !filed.has(text))]).toEqual([11, []]);
  });
});
