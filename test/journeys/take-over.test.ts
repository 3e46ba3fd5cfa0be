import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyReceipt } from '../../kernel/serve/receipts.ts';
import {
  acts,
  analyst,
  COUNTY,
  deciding,
  garden,
  openGardens,
  opening,
  otherGarden,
} from '../support/story.ts';
import {
  claim,
  enrolled,
  openSchools,
  OTHER_SCHOOL,
  otherSchool,
  SCHOOL,
  school,
  schoolOf,
  takeOverAct,
  type Coded,
} from '../support/schools.ts';
import { everywhere, type World } from '../support/world.ts';

const NOW = new Date('2026-11-28T02:00:00.000Z');
const TODAY = '2026-11-28';

everywhere('A record goes to primary school', (start) => {
  let world: World;
  let clerks: ReturnType<typeof acts>;
  let serial = 0;
  const children = (n = 1, bornOn?: string) =>
    enrolled(
      clerks,
      Array.from({ length: n }, () => ++serial),
      bornOn,
    );
  const child = async (bornOn?: string) => (await children(1, bornOn))[0]!;
  const recordOf = async (id: string) => {
    const { record } = await world.data<{
      record: {
        status: string;
        placement: { fromOn: string } | null;
        events: { type: string; effectiveOn: string }[];
        takeOver: { state: string; school: { code: string } } | null;
      };
    }>(
      deciding,
      `query($id: ID!) { record(id: $id) { status placement { fromOn } events { type effectiveOn } takeOver { state school { code } } } }`,
      { id },
    );
    return record;
  };
  const count = async () => {
    const { enrolmentCounts } = await world.data<{ enrolmentCounts: { count: number }[] }>(
      analyst,
      '{ enrolmentCounts(by: []) { count } }',
    );
    return enrolmentCounts[0]?.count ?? 0;
  };
  const codes = (errors: readonly Coded[]) => errors.map(({ code }) => code);

  beforeAll(async () => {
    world = await start({ now: () => NOW });
    clerks = acts(world, await openGardens(world));
    await openSchools(world);
  });
  afterAll(() => world.close());

  it('is offered by the kindergarten, accepted, acknowledged, and then locked', async () => {
    const { id, number } = await child();
    const before = await count();
    const offer = await takeOverAct(world, garden, 'offerTakeOver', { recordId: id, schoolCode: SCHOOL });
    expect(offer).toMatchObject({ takeOver: { state: 'OFFERED', origin: 'KINDERGARTEN' }, userErrors: [] });
    const takeOverId = offer.takeOver!.id;
    const accepted = await takeOverAct(world, school, 'acceptTakeOver', { takeOverId });
    expect(accepted.takeOver).toMatchObject({
      state: 'ACCEPTED',
      archive: { number, status: 'IN_KINDERGARTEN' },
    });
    expect([(await recordOf(id)).status, await count()]).toEqual(['ENROLLED', before]);
    const { takeOver } = await takeOverAct(world, school, 'acknowledgeTakeOver', { takeOverId });
    expect(takeOver).toMatchObject({ state: 'ACKNOWLEDGED', underWay: false, admittedOn: TODAY });
    expect(await recordOf(id)).toMatchObject({
      ...{
        status: 'PROMOTED',
        placement: null,
        takeOver: { state: 'ACKNOWLEDGED', school: { code: SCHOOL } },
      },
    });
    expect(await count()).toBe(before - 1);
    const { receiptKeys } = await world.data<{
      receiptKeys: { kid: string; alg: string; publicKey: string }[];
    }>(garden, '{ receiptKeys { kid alg publicKey } }');
    expect(verifyReceipt(takeOver!.receipt!, receiptKeys)).toMatchObject({
      holds: true,
      facts: {
        takeOver: takeOverId,
        school: SCHOOL,
        kindergarten: garden.institution,
        county: COUNTY,
        admittedOn: TODAY,
      },
    });
    expect(takeOver!.receipt!.text).not.toContain(number);
  });

  it('is claimed by the school the child came to, with one answer for every repetition', async () => {
    const one = await child();
    const first = await claim(world, school, one);
    expect(first.takeOver).toMatchObject({ state: 'ACCEPTED', origin: 'SCHOOL' });
    expect((await claim(world, school, one)).takeOver!.id).toBe(first.takeOver!.id);
    const takeOverId = first.takeOver!.id;
    const acknowledged = await takeOverAct(world, school, 'acknowledgeTakeOver', { takeOverId }, 'ack-1');
    const again = await takeOverAct(world, school, 'acknowledgeTakeOver', { takeOverId }, 'ack-1');
    const otherKey = await takeOverAct(world, school, 'acknowledgeTakeOver', { takeOverId });
    expect([again.takeOver, otherKey.takeOver]).toEqual([acknowledged.takeOver, acknowledged.takeOver]);
    const { events } = await recordOf(one.id);
    expect(events.filter(({ type }) => type === 'PROMOTE')).toEqual([
      { type: 'PROMOTE', effectiveOn: TODAY },
    ]);
  });

  it('goes to one of two schools; the second claim is kept as a conflict until the first gives up', async () => {
    const one = await child();
    const [a, b] = await Promise.all([claim(world, school, one), claim(world, otherSchool, one)]);
    const both = [a, b].map(({ takeOver }) => takeOver!.state).sort();
    expect(both).toEqual(['ACCEPTED', 'CONFLICT']);
    const [winner, loser] = a.takeOver!.state === 'ACCEPTED' ? [school, otherSchool] : [otherSchool, school];
    const [won, lost] = a.takeOver!.state === 'ACCEPTED' ? [a, b] : [b, a];
    expect(codes(lost.warnings)).toEqual(['TAKE_OVER_CONFLICT']);
    const dispute = { takeOverId: lost.takeOver!.id };
    expect(codes((await takeOverAct(world, loser, 'acceptTakeOver', dispute)).userErrors)).toEqual([
      'TAKE_OVER_ELSEWHERE',
    ]);
    expect(codes((await takeOverAct(world, loser, 'acknowledgeTakeOver', dispute)).userErrors)).toEqual([
      'TAKE_OVER_NOT_OPEN',
    ]);
    expect(
      (await takeOverAct(world, winner, 'cancelTakeOver', { takeOverId: won.takeOver!.id })).takeOver!.state,
    ).toBe('CANCELLED');
    expect((await takeOverAct(world, loser, 'acceptTakeOver', dispute)).takeOver!.state).toBe('ACCEPTED');
    expect((await takeOverAct(world, loser, 'acknowledgeTakeOver', dispute)).takeOver!.state).toBe(
      'ACKNOWLEDGED',
    );
    expect((await claim(world, winner, one)).takeOver!.state).toBe('CONFLICT');
  });

  it('lets an offer nobody has answered give way to the school the child came to', async () => {
    const one = await child();
    const offer = await takeOverAct(world, garden, 'offerTakeOver', { recordId: one.id, schoolCode: SCHOOL });
    expect(
      codes(
        (await takeOverAct(world, garden, 'offerTakeOver', { recordId: one.id, schoolCode: OTHER_SCHOOL }))
          .userErrors,
      ),
    ).toEqual(['TAKE_OVER_OFFERED']);
    expect((await claim(world, otherSchool, one)).takeOver!.state).toBe('ACCEPTED');
    const late = await takeOverAct(world, school, 'acceptTakeOver', { takeOverId: offer.takeOver!.id });
    expect(codes(late.userErrors)).toEqual(['TAKE_OVER_NOT_OPEN']);
    expect(
      codes(
        (await takeOverAct(world, garden, 'offerTakeOver', { recordId: one.id, schoolCode: SCHOOL }))
          .userErrors,
      ),
    ).toEqual(['TAKE_OVER_ELSEWHERE']);
  });

  it('comes back as it was when the school cancels, and can go elsewhere then', async () => {
    const one = await child();
    const before = await recordOf(one.id);
    const counted = await count();
    const { takeOver } = await claim(world, school, one);
    const takeOverId = takeOver!.id;
    await takeOverAct(world, school, 'acknowledgeTakeOver', { takeOverId });
    expect(await count()).toBe(counted - 1);
    expect((await takeOverAct(world, school, 'cancelTakeOver', { takeOverId })).takeOver).toMatchObject({
      state: 'CANCELLED',
      underWay: false,
    });
    expect(await recordOf(one.id)).toMatchObject({ status: 'ENROLLED', placement: before.placement });
    expect(await count()).toBe(counted);
    expect(
      (await takeOverAct(world, school, 'acknowledgeTakeOver', { takeOverId })).userErrors.map(
        ({ code }) => code,
      ),
    ).toEqual(['TAKE_OVER_NOT_OPEN']);
    expect((await claim(world, otherSchool, one)).takeOver!.state).toBe('ACCEPTED');
  });

  it('is given back by the school or the county, with a reason', async () => {
    const one = await child();
    const takeOverId = (await claim(world, school, one)).takeOver!.id;
    await takeOverAct(world, school, 'acknowledgeTakeOver', { takeOverId });
    expect(codes((await takeOverAct(world, deciding, 'releaseTakeOver', { takeOverId })).userErrors)).toEqual(
      ['REASON_REQUIRED'],
    );
    const released = await takeOverAct(world, deciding, 'releaseTakeOver', { takeOverId, reason: '未到校' });
    expect([released.takeOver!.state, (await recordOf(one.id)).status]).toEqual(['RELEASED', 'ENROLLED']);
  });

  it('is refused to a child who is not of school age, and finds nothing where number and birth date do not fit', async () => {
    const young = await child('2021-03-15');
    expect(codes((await claim(world, school, young)).userErrors)).toEqual(['TAKE_OVER_BEFORE_SCHOOL_AGE']);
    const busy = await child();
    expect(codes((await claim(world, school, { ...busy, bornOn: '2020-03-16' })).userErrors)).toEqual([
      'NO_PRESCHOOL_RECORD',
    ]);
    expect(
      codes((await claim(world, school, { ...busy, number: 'L190101202003150000' })).userErrors),
    ).toEqual(['NO_PRESCHOOL_RECORD']);
  });

  it('says why it cannot be acknowledged where something came in between, and stays accepted', async () => {
    const one = await child();
    const takeOverId = (await claim(world, school, one)).takeOver!.id;
    const day = await takeOverAct(world, school, 'acknowledgeTakeOver', {
      takeOverId,
      admittedOn: '2026-10-01',
    });
    expect([day.takeOver!.state, codes(day.userErrors)]).toEqual(['ACCEPTED', ['TAKE_OVER_DAY']]);
    const good = await takeOverAct(world, school, 'acknowledgeTakeOver', {
      takeOverId,
      admittedOn: '2026-11-01',
    });
    expect([good.takeOver!.state, good.userErrors]).toEqual(['ACKNOWLEDGED', []]);
  });

  it('is nobody else’s business', async () => {
    const one = await child();
    const stranger = schoolOf('2133990009');
    expect(codes((await claim(world, stranger, one)).userErrors)).toEqual(['SCHOOL_UNKNOWN']);
    expect(
      codes(
        (await takeOverAct(world, otherGarden, 'offerTakeOver', { recordId: one.id, schoolCode: SCHOOL }))
          .userErrors,
      ),
    ).toEqual(['NOT_FOUND']);
    const takeOverId = (await claim(world, school, one)).takeOver!.id;
    for (const act of ['acceptTakeOver', 'acknowledgeTakeOver', 'cancelTakeOver'])
      expect(codes((await takeOverAct(world, otherSchool, act, { takeOverId })).userErrors)).toEqual([
        'NOT_FOUND',
      ]);
    const { takeOver } = await world.data<{ takeOver: unknown }>(
      otherSchool,
      'query($id: ID!) { takeOver(id: $id) { id } }',
      { id: takeOverId },
    );
    expect(takeOver).toBeNull();
  });

  it('waits at records and is done by the clock when records was down', async () => {
    const one = await child();
    const takeOverId = (await claim(world, school, one)).takeOver!.id;
    await world.down('records');
    const query = `mutation($input: AcknowledgeTakeOverInput!) { acknowledgeTakeOver(input: $input) { takeOver { state } } }`;
    const answer = await world.ask(school, query, { input: { idempotencyKey: 'dark', takeOverId } });
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    await world.up('records');
    await world.subgraphs.find(({ name }) => name === 'primary-link')!.tick!();
    expect(await recordOf(one.id)).toMatchObject({ status: 'PROMOTED', takeOver: { state: 'ACKNOWLEDGED' } });
  });

  it('closes a school only when it has nothing unsettled', async () => {
    await openSchools(world, ['2133990003']);
    const third = schoolOf('2133990003');
    const { takeOver } = await claim(world, third, await child());
    const close = async () => {
      const { closePrimarySchool } = await world.data<{ closePrimarySchool: { userErrors: Coded[] } }>(
        opening,
        `mutation($input: ClosePrimarySchoolInput!) { closePrimarySchool(input: $input) { userErrors { code } } }`,
        { input: { idempotencyKey: `close-${Math.random()}`, code: '2133990003', on: TODAY } },
      );
      return codes(closePrimarySchool.userErrors);
    };
    expect(await close()).toEqual(['SCHOOL_HAS_TAKE_OVERS']);
    await takeOverAct(world, third, 'cancelTakeOver', { takeOverId: takeOver!.id });
    expect([await close(), await close()]).toEqual([[], ['SCHOOL_CLOSED']]);
    expect(codes((await claim(world, third, await child())).userErrors)).toEqual(['SCHOOL_CLOSED']);
  });
});
