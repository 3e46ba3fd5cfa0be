import { describe, expect, it } from 'vitest';
import { demoCounty } from '../../../clients/cli/demo/generate.ts';
import { seedDemo } from '../../../clients/cli/demo/seed.ts';
import { readNationalFigures } from '../../../clients/cli/demo/statistics.ts';
import { viewerOf } from '../../../clients/cli/demo/viewer-spec.ts';
import { FakeGraph } from './fake-graph.ts';

const schoolYear = 2025;
const county = demoCounty(schoolYear, readNationalFigures());

describe('Seeding the demonstration county', () => {
  it('opens, registers, submits and decides everything, in calls of at most 200', async () => {
    const graph = new FakeGraph();
    const seeded = await seedDemo({ ask: graph.ask, schoolYear });
    expect(seeded).toEqual({ kindergartens: 82, children: 11_300, enrolled: 11_179 });
    expect(graph.made).toEqual({
      openPrimarySchools: 2,
      openInstitutions: 82,
      openClasses: county.kindergartens.flatMap(({ classes }) => classes).length + 6,
      // Four children are registered a second time where they are going, one where it may go; sixteen are of last year.
      registerChildren: 11_321,
      submitEnrolments: 11_316,
      requestTransfer: 4,
      agreeToTransfer: 1,
      objectToTransfer: 1,
      freezeGraduation: 2,
      graduate: 1,
      promoteClasses: 1,
      openProblemCase: 4,
      requestDataExport: 2,
      approveDataExport: 1,
      openBreakGlass: 1,
      answerProblemCase: 3,
      arbitrateProblemCase: 5,
      requestNumberDeletion: 1,
    });
    expect(graph.returned.size).toBe(12);
    expect(Math.max(...graph.calls.map(({ items }) => items))).toBeLessThanOrEqual(200);
  });

  it('acts as the people who would: the county opens, each kindergarten submits, another county account decides', async () => {
    const graph = new FakeGraph();
    await seedDemo({ ask: graph.ask, schoolYear });
    const accounts = (act: string) =>
      new Set(graph.calls.filter((call) => call.act === act).map(({ viewer }) => viewer.account));
    expect(accounts('openInstitutions')).toEqual(new Set(['county-330110-1']));
    expect(accounts('openClasses')).toEqual(new Set(['county-330110-1']));
    expect(accounts('submitEnrolments').size).toBe(82);
    expect(accounts('approveApplications')).toEqual(new Set(['county-330110-2']));
    expect(accounts('returnApplication')).toEqual(new Set(['county-330110-2']));
  });

  it('goes on where a killed run stopped, without doubling anything', async () => {
    const graph = new FakeGraph();
    graph.failAfter(150);
    await expect(seedDemo({ ask: graph.ask, schoolYear })).rejects.toThrow('The graph is gone.');
    const half = graph.made['registerChildren']!;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(11_300);
    graph.failAfter(Infinity);
    await seedDemo({ ask: graph.ask, schoolYear });
    await seedDemo({ ask: graph.ask, schoolYear });
    expect(graph.made['registerChildren']).toBe(11_321);
    expect(graph.made['requestTransfer']).toBe(4);
    expect(graph.approved.size).toBe(11_191);
  });

  it('tells of progress until everybody is in', async () => {
    const told: number[] = [];
    const progress = (done: number, total: number) => told.push(done / total);
    await seedDemo({ ask: new FakeGraph().ask, schoolYear, progress });
    expect(told.at(-1)).toBe(1);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
  });

  it('stops at a refusal with its code and position, and no number', async () => {
    const third = county.kindergartens[2]!;
    const wrong = third.enrolments[4]!.child.documentNumber!;
    const graph = new FakeGraph((_, item) => (item['documentNumber'] === wrong ? 'ID_CHECKSUM_WRONG' : null));
    const failure = await seedDemo({ ask: graph.ask, schoolYear }).catch((error: unknown) => error as Error);
    expect((failure as Error).message).toBe(
      `registerChildren, institution ${third.institution.code}, batch 1, item 5: ID_CHECKSUM_WRONG (items.0.documentNumber)`,
    );
  });

  it('says both numbers when the graph counts others than were sent', async () => {
    const graph = new FakeGraph();
    graph.approved.add('somebody else');
    await expect(seedDemo({ ask: graph.ask, schoolYear })).rejects.toThrow(
      'enrolmentCounts: 11188 children enrolled, 11189 counted',
    );
  });

  it('takes a part of the county as well', async () => {
    const two = { ...county, kindergartens: county.kindergartens.slice(0, 2) };
    const seeded = await seedDemo({ ask: new FakeGraph().ask, schoolYear, county: two });
    expect(seeded.kindergartens).toBe(2);
  });
});

describe('A viewer named by role', () => {
  it('has the area its role acts on', () => {
    expect(viewerOf({ account: 'a', role: 'COUNTY', region: '330110' }).area).toEqual({
      level: 'COUNTY',
      code: '330110',
    });
    expect(viewerOf({ account: 'a', role: 'MINISTRY_ANALYST' }).area.level).toBe('NATION');
  });

  it('cannot be named without the code its role needs', () => {
    expect(() => viewerOf({ account: 'a', role: 'KINDERGARTEN' })).toThrow('INSTITUTION');
  });
});
