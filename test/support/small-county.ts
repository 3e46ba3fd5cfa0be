import { demoCounty } from '../../clients/cli/demo/generate.ts';
import type { DemoCounty } from '../../clients/cli/demo/model.ts';
import { seedDemo } from '../../clients/cli/demo/seed.ts';
import { readNationalFigures } from '../../clients/cli/demo/statistics.ts';
import { today } from '../../kernel/rules/plain-date.ts';
import { schoolYearOf } from '../../kernel/rules/school-year.ts';
import type { World } from './world.ts';

export const schoolYear = schoolYearOf(today(new Date()));

/** The first kindergartens of the demonstration county: real shapes, little time. */
export function smallCounty(kindergartens: number): DemoCounty {
  const county = demoCounty(schoolYear, readNationalFigures());
  return { ...county, kindergartens: county.kindergartens.slice(0, kindergartens) };
}

export function seedSmallCounty(world: World, kindergartens: number) {
  return seedDemo({ ask: world.data, schoolYear, county: smallCounty(kindergartens) });
}
