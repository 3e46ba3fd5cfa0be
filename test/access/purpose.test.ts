/** What a caller says it looks for, from the header at the door to the mask in the subgraph. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { PURPOSE_NAMES } from '../../kernel/rules/purposes.ts';
import { embedded } from '../support/databases.ts';
import { acts, deciding, garden, inventedChild, openGardens, school } from '../support/story.ts';
import { startWorld, type Answer, type Wiring, type World } from '../support/world.ts';

const LOOK = '{ records(first: 1) { nodes { number child { name documents { number } } } } }';
interface Look {
  readonly records: {
    readonly nodes: { number: string; child: { name: string; documents: { number: string }[] } }[];
  };
}

describe.each<Wiring>(['in one process', 'over HTTP'])('A purpose, %s,', (wiring) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ databases: embedded(), wiring, now: () => new Date('2026-11-23T02:00:00Z') });
    const story = acts(world, await openGardens(world));
    await story.approve(deciding, await story.enrol(garden, [inventedChild(1, { name: '甲乙' })]));
  });
  afterAll(() => world.close());

  const { account, role, region } = deciding;
  const silent: ViewerSpec = { account, role, region: region! };
  const saying = (viewer: ViewerSpec, purpose: string): ViewerSpec => ({
    ...viewer,
    purpose: purpose as never,
  });
  const codes = ({ errors }: Answer<unknown>) => errors?.map(({ extensions }) => extensions.code);

  it('opens what is masked without it', async () => {
    const [masked] = (await world.data<Look>(silent, LOOK)).records.nodes;
    const [open] = (await world.data<Look>(deciding, LOOK)).records.nodes;
    expect(masked).toEqual({
      number: `G${'*'.repeat(18)}`,
      child: { name: '甲*', documents: [{ number: '*'.repeat(18) }] },
    });
    expect(open!.child.name).toBe('甲乙');
    expect(open!.number).toMatch(/^G190101\d{11}[\dX]$/);
    expect(open!.child.documents).toEqual([{ number: `${'*'.repeat(14)}${open!.number.slice(-4)}` }]);
  });

  it('is refused at the door when it is none, with those there are, and not repeated', async () => {
    const answer = await world.ask(saying(deciding, 'CURIOSITY'), LOOK);
    expect([answer.status, codes(answer), answer.data]).toEqual([400, ['BAD_USER_INPUT'], undefined]);
    for (const name of PURPOSE_NAMES) expect(answer.errors![0]!.message).toContain(name);
    expect(JSON.stringify(answer)).not.toContain('CURIOSITY');
  });

  it.each<[ViewerSpec, string, string]>([
    [deciding, 'GUARDIAN_SERVICE', 'ENROLMENT'],
    [school, 'ENROLMENT', 'ADMISSION'],
  ])('is refused to a role that may not state it', async (viewer, purpose, expected) => {
    const answer = await world.ask(saying(viewer, purpose), '{ viewer { role } }');
    expect([answer.status, codes(answer)]).toEqual([403, ['FORBIDDEN']]);
    expect(answer.errors![0]!.message).toContain(`must be one of: ${expected}`);
  });

  const ASKED: readonly (readonly [string, string])[] = [
    [
      'resolveNumber',
      '{ answer: resolveNumber(number: "L190101202205200001", bornOn: "2022-05-20") { outcome } }',
    ],
    [
      'resolveNumbers',
      '{ answer: resolveNumbers(items: [{ number: "L190101202205200001", bornOn: "2022-05-20" }]) { outcome } }',
    ],
    [
      'resolveByDocument',
      '{ answer: resolveByDocument(documentKind: RESIDENT_ID, documentNumber: "19010120220520001X", bornOn: "2022-05-20") { outcome } }',
    ],
    [
      'offerTakeOver',
      'mutation { answer: offerTakeOver(input: { idempotencyKey: "a", number: "L190101202205200001", bornOn: "2022-05-20" }) { userErrors { code } } }',
    ],
    [
      'linkLateRecord',
      'mutation { answer: linkLateRecord(input: { idempotencyKey: "b", number: "L190101202205200001", bornOn: "2022-05-20", schoolNumber: "L190101202205200002" }) { userErrors { code } } }',
    ],
  ];

  it.each(ASKED)('is demanded of a school by %s, and nothing of its day is spent', async (_, query) => {
    const { account: name, role: asSchool, institution } = school;
    const unsaid = { account: name, role: asSchool, institution: institution! } as ViewerSpec;
    const day = 'from: "2026-11-23", until: "2026-11-23"';
    const use = `{ clientUse(filter: { ${day} }, by: []) { calls items } }`;
    const before = await world.data(school, use);
    const answer = await world.ask<{ answer: unknown }>(unsaid, query);
    expect([codes(answer), answer.data]).toEqual([['PURPOSE_REQUIRED'], { answer: null }]);
    expect(answer.errors![0]!.message).toContain('ADMISSION was expected');
    expect(await world.data(school, use)).toEqual(before);
    const said = await world.ask<{ answer: unknown }>(school, query.replace(/"([ab])"/, '"$1 said"'));
    expect([codes(said), said.data?.answer]).toEqual([undefined, expect.anything()]);
  });

  it('is among those the viewer is told of', async () => {
    expect(await world.data(garden, '{ viewer { purposes } }')).toEqual({
      viewer: { purposes: PURPOSE_NAMES.filter((one) => one !== 'ADMISSION' && one !== 'EMERGENCY') },
    });
    const { viewer } = await world.data<{
      viewer: { fields: { type: string; fields: string[] }[]; filed: object };
    }>(garden, '{ viewer { fields { type fields } filed { state duty certifiedOn } } }');
    expect(viewer.filed).toEqual({ state: 'ACTIVE', duty: 'REVIEW', certifiedOn: '2026-01-05' });
    expect(viewer.fields.find(({ type }) => type === 'Guardian')!.fields).toContain('phone');
    expect(viewer.fields.find(({ type }) => type === 'Query')!.fields).not.toContain('resolveNumber');
    const admission = { viewer: { purposes: ['ADMISSION'] } };
    expect(await world.data(school, '{ viewer { purposes } }')).toEqual(admission);
  });
});
