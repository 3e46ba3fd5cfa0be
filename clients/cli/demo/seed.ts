import { DECIDING_CLERK } from './accounts.ts';
import { SeedingFailed } from './answers.ts';
import { enrolBatch } from './enrol-children.ts';
import { demoCounty } from './generate.ts';
import { cut, inLanes } from './lanes.ts';
import type { DemoCounty } from './model.ts';
import { BATCH, openCounty } from './open-county.ts';
import { seedDesks } from './seed-desks.ts';
import { seedSchools } from './seed-schools.ts';
import { seedBreakGlass } from './seed-break-glass.ts';
import { seedExports } from './seed-exports.ts';
import { seedTransfers } from './seed-transfers.ts';
import { COUNT_ENROLLED, type CountEnrolledAnswer } from './seed-operations.ts';
import { readNationalFigures } from './statistics.ts';
import type { Ask } from './viewer-spec.ts';

export interface Seeding {
  /** Asks the graph as whoever is named: over HTTP with a token, or in process. */
  readonly ask: Ask;
  /** Called after each batch with the children finished so far, of all. */
  readonly progress?: (done: number, total: number) => void;
  readonly schoolYear: number;
  /** Instead of the whole county, for instance two of its kindergartens. */
  readonly county?: DemoCounty;
}

export interface Seeded {
  readonly kindergartens: number;
  readonly children: number;
  /** Children whose enrolment the county approved; the others wait in its queue. */
  readonly enrolled: number;
}

/** Kindergartens at a time: enough to keep the graph busy, few enough to keep its memory low. */
const LANES = 4;

/**
 * Feeds the demonstration county through the graph as its real users would. Every step carries a key that is
 * the same in every run, so a seeding that was killed goes on where it stopped, and a finished one changes nothing.
 * Throws SeedingFailed at the first refusal, and when the graph does not count what was sent.
 */
export async function seedDemo({ ask, progress, schoolYear, county }: Seeding): Promise<Seeded> {
  const seeded = county ?? demoCounty(schoolYear, readNationalFigures());
  const total = sum(seeded, () => true);
  const classes = await openCounty(seeded, ask);
  await seedSchools(seeded, ask);
  let done = 0;
  await inLanes(seeded.kindergartens, LANES, async ({ institution, enrolments }) => {
    for (const [at, some] of cut(enrolments, BATCH).entries()) {
      await enrolBatch(
        { county: seeded, institutionCode: institution.code, at, enrolments: some, classes },
        ask,
      );
      progress?.((done += some.length), total);
    }
  });
  await seedTransfers(seeded, classes, ask);
  await seedExports(seeded, ask);
  await seedBreakGlass(seeded, ask);
  const enrolled = sum(seeded, ({ decision }) => decision === 'APPROVE');
  const ofLastYear = await seedDesks(seeded, ask);
  await recount(seeded, enrolled + ofLastYear, ask);
  return { kindergartens: seeded.kindergartens.length, children: total, enrolled };
}

async function recount({ region }: DemoCounty, expected: number, ask: Ask): Promise<void> {
  const { enrolmentCounts } = await ask<CountEnrolledAnswer>(DECIDING_CLERK, COUNT_ENROLLED, { region });
  if (enrolmentCounts === null) throw new SeedingFailed('enrolmentCounts: no answer');
  const counted = enrolmentCounts.reduce((total, { count }) => total + count, 0);
  if (counted !== expected) {
    throw new SeedingFailed(`enrolmentCounts: ${expected} children enrolled, ${counted} counted`);
  }
}

function sum(
  { kindergartens }: DemoCounty,
  counts: (enrolment: DemoCounty['kindergartens'][number]['enrolments'][number]) => boolean,
): number {
  return kindergartens.reduce((total, { enrolments }) => total + enrolments.filter(counts).length, 0);
}
