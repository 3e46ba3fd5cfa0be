import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runYearEnd } from '../../../clients/cli/year-end/run.ts';
import { embedded } from '../../support/databases.ts';
import * as story from '../../support/story.ts';
import { startWorld, type World } from '../../support/world.ts';

const MODULE = fileURLToPath(new URL('../../../clients/cli/year-end/run.ts', import.meta.url));

/** The command in a process of its own, so that it can be killed; vite loads the TypeScript as it is. */
const CHILD = `
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(process.env.MODULE, { configFile: false, logLevel: 'silent' });
  await module.runYearEnd(JSON.parse(process.env.OPTIONS));
`;

const STEPS = ['YearEndOpen', 'YearEndFreeze', 'YearEndGraduate', 'YearEndPromote'] as const;
const MOMENTS = ['before the graph hears of it', 'after the graph has done it'] as const;

interface Levels {
  readonly enrolmentCounts: readonly { readonly classLevel: string; readonly count: number }[];
}

describe('The end of a year, broken off by a kill', () => {
  const databases = embedded();

  it.each(STEPS.flatMap((step) => MOMENTS.map((moment) => [step, moment] as const)))(
    'at %s, %s, is brought to its end by the same command, with nothing doubled',
    async (step, moment) => {
      let today = '2026-11-23';
      const now = () => new Date(`${today}T04:00:00Z`);
      const world = await startWorld({ databases, wiring: 'in one process', now });
      const options = await kindergarten(world);
      today = '2027-09-01';
      await killed(world, options, step, moment);
      const summary = await runYearEnd({ ...options, graph: { ...options.graph, url: world.url } });
      expect(summary.refusals).toEqual([]);
      expect(summary.run).toMatchObject({ state: 'DONE', listed: 2, graduated: 2 });
      expect(await levels(world)).toEqual({ MIDDLE: 2, LARGE: 1 });
      const query = `query { graduationRuns { totalCount } institution(code: "${story.GARDEN}") { classes(schoolYear: 2027) { name level } } }`;
      const found = await world.data<{ institution: { classes: { name: string }[] } }>(story.garden, query);
      expect(found).toMatchObject({ graduationRuns: { totalCount: 1 } });
      expect(found.institution.classes.map(({ name }) => name).sort()).toEqual(['中一班', '大一班']);
      // Once more: there is nothing left to do.
      const again = await runYearEnd({ ...options, graph: { ...options.graph, url: world.url } });
      expect([again.opened, again.moved, again.refusals]).toEqual([0, 0, []]);
      await world.close();
    },
    60_000,
  );

  /** Five children: two in the last year, two in the first, one in the second. */
  async function kindergarten(world: World) {
    const small = (await story.openGardens(world)).get(story.GARDEN)!;
    const open = 'mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } } } }';
    const items = [['中一班', 'MIDDLE'], ['大一班', 'LARGE']].map(([name, level]) => ({
      institutionCode: story.GARDEN, name, level, schoolYear: 2026,
    }));
    const { openClasses } = await world.data<{ openClasses: { results: { class: { id: string } }[] } }>(
      story.opening, open, { input: { idempotencyKey: 'more', items } },
    );
    const [middle, large] = openClasses.results.map((result) => result.class.id);
    const acts = story.acts(world, new Map());
    const born = [[small, '2022-10-15'], [small, '2022-11-15'], [middle, '2021-11-15'], [large, '2021-01-15'], [large, '2021-02-15']];
    for (const [i, [classId, bornOn]] of born.entries()) {
      const { results } = await acts.register(story.garden, [story.inventedChild(2 * i + 1, { bornOn: bornOn! })]);
      const submitted = await acts.submit(story.garden, [results[0]!.child!.id], { classId: classId! });
      await acts.approve(story.deciding, [submitted.results[0]!.application!.id]);
    }
    const graph = { url: world.url, token: await world.token(story.garden), pauseMs: 1 };
    return { graph, institution: story.GARDEN, schoolYear: 2026 };
  } // prettier-ignore

  /** Runs the command through a door that kills it at a step. */
  async function killed(world: World, options: object, step: string, moment: (typeof MOMENTS)[number]) {
    const started: { child?: ReturnType<typeof spawn> } = {};
    const kill = () => void started.child!.kill('SIGKILL');
    const door = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const isStep = body.includes(`mutation ${step}(`);
        if (isStep && moment === MOMENTS[0]) return kill();
        const { authorization } = request.headers;
        void fetch(world.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: authorization! },
          body,
        })
          .then((answer) => answer.text())
          .then((text) => (isStep ? kill() : void response.end(text)));
      });
    });
    door.listen(0, '127.0.0.1');
    await once(door, 'listening');
    const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/graphql`;
    const graph = { ...(options as { graph: object }).graph, url };
    const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD], {
      env: { ...process.env, MODULE, OPTIONS: JSON.stringify({ ...options, graph }) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    started.child = child;
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    door.closeAllConnections();
    await new Promise((done) => door.close(done));
  }

  async function levels(world: World) {
    const query = '{ enrolmentCounts(by: [CLASS_LEVEL]) { classLevel count } }';
    const { enrolmentCounts } = await world.data<Levels>(story.analyst, query);
    const some = enrolmentCounts.filter(({ count }) => count > 0);
    return Object.fromEntries(some.map(({ classLevel, count }) => [classLevel, count]));
  }
});
