/** The end of the school year: a kindergarten graduates and promotes, its county takes back, all at the same time. */
import type { Crowd, Wish } from './on-applications.ts';
import { county, kindergarten, type Garden } from './town.ts';

/** The school year the town's children begin in. */
export const YEAR = 2026;
const NEW_YEAR = `${YEAR + 1}-09-01`;

export function yearEnd(crowd: Crowd, garden: Garden): Promise<Wish> | Wish {
  const acts = [freeze, graduate, graduate, undoGraduation, promote, promote, undoPromotion];
  return acts[Math.floor(crowd.random() * acts.length)]!(crowd, garden);
}

function freeze({ on }: Crowd, garden: Garden): Wish {
  const wish = { institutionCode: garden.code, schoolYear: YEAR, exclude: [] };
  return { action: 'freezeGraduation', call: (key) => on.freezeGraduation(kindergarten(garden), key, wish) };
}

/** Runs as the clerk sees them; others may be faster. */
async function lastRun({ on, random }: Crowd, { code }: Garden, state: 'FROZEN' | 'DONE') {
  const area = { level: 'INSTITUTION', code } as const;
  const filter = { area, schoolYear: YEAR, state: random() < 0.9 ? state : null };
  return (await on.graduationRuns(filter, 20, null)).at(-1)?.id;
}

async function graduate(crowd: Crowd, garden: Garden): Promise<Wish> {
  const runId = await lastRun(crowd, garden, 'FROZEN');
  if (runId === undefined) return freeze(crowd, garden);
  const graduating = { runId, on: crowd.day() };
  return { action: 'graduate', call: (key) => crowd.on.graduate(kindergarten(garden), key, graduating) };
}

async function undoGraduation(crowd: Crowd, garden: Garden): Promise<Wish> {
  const runId = await lastRun(crowd, garden, 'DONE');
  if (runId === undefined) return freeze(crowd, garden);
  const undoing = { runId, reason: '误' };
  return { action: 'undoGraduation', call: (key) => crowd.on.undoGraduation(county(garden), key, undoing) };
}

const pair = ({ classIds, nextClassIds }: Garden) => ({
  fromClassId: classIds[0],
  toClassId: nextClassIds[0],
});

function promote({ on, day }: Crowd, garden: Garden): Wish {
  const from = day() < NEW_YEAR ? NEW_YEAR : day();
  return {
    action: 'promoteClasses',
    call: (key) => on.promoteClasses(kindergarten(garden), key, [pair(garden)], from),
  };
}

function undoPromotion({ on }: Crowd, garden: Garden): Wish {
  return {
    action: 'undoPromotion',
    call: (key) => on.undoPromotions(county(garden), key, [pair(garden)], '误'),
  };
}
