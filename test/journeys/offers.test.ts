import { afterAll, beforeAll, expect, it } from 'vitest';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const {
  deciding,
  GARDEN,
  garden,
  inventedChild,
  opening,
  OTHER_GARDEN,
  otherCounty,
  otherDeciding,
  otherGarden,
} = story;

const OFFER = `mutation($input: OfferTransfersInput!) { offerTransfers(input: $input) { results { offer { id } userErrors { code field } } } }`;
const WITHDRAW = `mutation($input: WithdrawTransferOffersInput!) { withdrawTransferOffers(input: $input) { results { offer { id } userErrors { code } } } }`;
const OFFERED = `{ transferOffers { totalCount nodes { birthCohort from { code } child { id name } } } }`;
const LIST = `query($institution: String!) { closingList(institution: $institution) { totalCount nodes { id transferOffers { institution { code } } } } }`;

interface Offered {
  readonly offerTransfers: {
    readonly results: { offer: { id: string } | null; userErrors: { code: string }[] }[];
  };
}

everywhere('A county that offers places to the children of a closing kindergarten', (start) => {
  let world: World;
  let classes: Map<string, string>;
  let acts: ReturnType<typeof story.acts>;
  let recordId: string;
  let keys = 0;
  const child = inventedChild(1);
  const offered = async (as = opening, institutionCode = OTHER_GARDEN) => {
    const items = [{ recordId, institutionCode, classId: classes.get(institutionCode) }];
    const answer = await world.data<Offered>(as, OFFER, {
      input: { idempotencyKey: `offer-${++keys}`, items },
    });
    return answer.offerTransfers.results[0]!;
  };
  const codes = async (...args: Parameters<typeof offered>) =>
    (await offered(...args)).userErrors.map(({ code }) => code);

  beforeAll(async () => {
    world = await start({ now: () => new Date('2026-11-23T02:00:00Z') });
    classes = await story.openGardens(world);
    acts = story.acts(world, classes);
    const approved = await acts.approve(deciding, await acts.enrol(garden, [child]));
    recordId = approved.results[0]!.record!.id;
  });
  afterAll(() => world.close());

  it('offers them only while it closes, in another institution, for its own children, once', async () => {
    expect(await codes()).toEqual(['OFFER_ONLY_WHEN_CLOSING']);
    const close = `mutation($input: BeginClosingInput!) { beginClosing(input: $input) { userErrors { code } } }`;
    await world.data(opening, close, {
      input: { idempotencyKey: 'close', institutionCode: GARDEN, on: '2026-11-10' },
    });
    expect(await codes(otherCounty)).toEqual(['NOT_FOUND']);
    expect(await codes(opening, GARDEN)).toEqual(['TRANSFER_SAME_INSTITUTION']);
    expect(await codes()).toEqual([]);
    expect(await codes()).toEqual(['OFFER_STANDS']);
    expect(await world.data(garden, LIST, { institution: GARDEN })).toEqual({
      closingList: {
        totalCount: 1,
        nodes: [{ id: recordId, transferOffers: [{ institution: { code: OTHER_GARDEN } }] }],
      },
    });
    const foreign = await world.ask(otherGarden, LIST, { institution: GARDEN });
    expect(foreign.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const past = await world.data(
      opening,
      'query($id: ID!) { record(id: $id, asOf: "2026-10-20") { transferOffers { id } } }',
      { id: recordId },
    );
    expect(past).toEqual({ record: { transferOffers: [] } });
  });

  it('shows the receiving kindergarten no child before the guardians have brought its papers', async () => {
    const blind = { birthCohort: 2023, from: { code: GARDEN }, child: null };
    expect(await world.data(otherGarden, OFFERED)).toEqual({
      transferOffers: { totalCount: 1, nodes: [blind] },
    });
    expect(await world.data(garden, OFFERED)).toEqual({ transferOffers: { totalCount: 0, nodes: [] } });
    const hidden = await world.data(otherGarden, 'query($id: ID!) { record(id: $id) { id } }', {
      id: recordId,
    });
    expect(hidden).toEqual({ record: null });
    const registered = await acts.register(otherGarden, [child]);
    const { id } = registered.results[0]!.child!;
    expect(await world.data(otherGarden, OFFERED)).toEqual({
      transferOffers: { totalCount: 1, nodes: [{ ...blind, child: { id, name: child.name } }] },
    });
  });

  it('takes an offer back once, and only its own', async () => {
    const withdraw = async (as = opening, offerIds: string[] = []) =>
      (await world.data<{ withdrawTransferOffers: { results: { userErrors: { code: string }[] }[] } }>(as, WITHDRAW, { input: { idempotencyKey: `w-${++keys}`, offerIds } })).withdrawTransferOffers.results.map(({ userErrors }) => userErrors.map(({ code }) => code)); // prettier-ignore
    const { closingList } = await world.data<{
      closingList: { nodes: { transferOffers: { id: string }[] }[] };
    }>(
      opening,
      'query($institution: String!) { closingList(institution: $institution) { nodes { transferOffers { id } } } }',
      { institution: GARDEN },
    );
    const { id } = closingList.nodes[0]!.transferOffers[0]!;
    expect(await withdraw(otherCounty, [id])).toEqual([['NOT_FOUND']]);
    expect(await withdraw(opening, [id, id])).toEqual([[], ['OFFER_WITHDRAWN']]);
    expect(await world.data(otherGarden, OFFERED)).toEqual({ transferOffers: { totalCount: 0, nodes: [] } });
    expect(await codes()).toEqual([]);
  });

  it('ends offers when it no longer closes, and leaves them to the county that is in charge then', async () => {
    const change = (as: typeof opening, name: string, more: object = {}) => {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
      const input = {
        idempotencyKey: `${name}-${++keys}`,
        institutionCode: GARDEN,
        on: '2026-11-11',
        ...more,
      };
      return world.data(as, `mutation($input: ${type}!) { act: ${name}(input: $input) { userErrors { code } } }`, { input }); // prettier-ignore
    };
    expect(await codes()).toEqual(['OFFER_STANDS']);
    expect(await change(opening, 'cancelClosing')).toEqual({ act: { userErrors: [] } });
    expect(await world.data(otherGarden, OFFERED)).toEqual({ transferOffers: { totalCount: 0, nodes: [] } });
    await change(opening, 'beginClosing');
    const { offer } = await offered();
    const city: typeof opening = { account: 'city-1', role: 'CITY', region: '330100' };
    await change(city, 'moveInstitution', { region: otherCounty.region });
    const seen = 'query($id: ID!) { record(id: $id) { transferOffers { id } applications { kind } events { type account } } }'; // prettier-ignore
    expect(await world.data(otherCounty, seen, { id: recordId })).toEqual({
      record: {
        transferOffers: [{ id: offer!.id }],
        applications: [{ kind: 'ENROLMENT' }],
        events: [
          { type: 'SUBMIT_ENROLMENT', account: garden.account },
          { type: 'APPROVE_APPLICATION', account: deciding.account },
          { type: 'MOVE_INSTITUTION', account: city.account },
        ],
      },
    });
    const withdraw = (as: typeof opening) =>
      world.data(as, WITHDRAW, { input: { idempotencyKey: `w-${++keys}`, offerIds: [offer!.id] } });
    const withdrawn = (errors: object[], done: object | null) => ({
      withdrawTransferOffers: { results: [{ offer: done, userErrors: errors }] },
    });
    expect(await withdraw(opening)).toEqual(withdrawn([{ code: 'NOT_FOUND' }], null));
    expect(await withdraw(otherCounty)).toEqual(withdrawn([], { id: offer!.id }));
    await change(city, 'moveInstitution', { region: opening.region });
    expect(await codes()).toEqual([]);
  });

  it('sees the list empty when the transfer is approved, and the offer is taken', async () => {
    const childId = (await acts.register(otherGarden, [child])).results[0]!.child!.id;
    const evidence = [{ kind: 'GUARDIAN_APPLICATION', reference: 'A-1', digest: 'a'.repeat(64) }];
    const begun = await acts.act(otherGarden, 'requestTransfer', {
      ...{
        childId,
        institutionCode: OTHER_GARDEN,
        classId: classes.get(OTHER_GARDEN),
        enteredOn: '2026-11-23',
        evidence,
      },
    });
    expect(begun.userErrors).toEqual([]);
    const { id } = begun.application as unknown as { id: string };
    expect((await acts.approve(otherDeciding, [id])).results[0]!.userErrors).toEqual([]);
    expect(await world.data(opening, LIST, { institution: GARDEN })).toEqual({
      closingList: { totalCount: 0, nodes: [] },
    });
    expect(await world.data(otherGarden, OFFERED)).toEqual({ transferOffers: { totalCount: 0, nodes: [] } });
  });
});
