import { OPENING_CLERK } from './accounts.ts';
import { allDone } from './answers.ts';
import { DEMO_VERSION } from './generate.ts';
import { cut } from './lanes.ts';
import type { DemoClass, DemoCounty } from './model.ts';
import {
  OPEN_CLASSES,
  OPEN_INSTITUTIONS,
  type OpenClassesAnswer,
  type OpenInstitutionsAnswer,
} from './seed-operations.ts';
import type { Ask } from './viewer-spec.ts';

/** As many items as the graph takes in one call. */
export const BATCH = 200;

/** Class ids by institution code and class name, see `classKey`. */
export type ClassIds = ReadonlyMap<string, string>;

export function classKey(institutionCode: string, className: string): string {
  return `${institutionCode}/${className}`;
}

/** The same for every run of the same county, so that a repeated call is answered and not done again. */
export function idempotencyKey(
  { schoolYear }: DemoCounty,
  act: string,
  ...place: (string | number)[]
): string {
  return ['demo', DEMO_VERSION, schoolYear, act, ...place].join(':');
}

/** The county opens its kindergartens and their classes. Throws SeedingFailed. */
export async function openCounty(county: DemoCounty, ask: Ask): Promise<ClassIds> {
  await openInstitutions(county, ask);
  return openClasses(county, ask);
}

async function openInstitutions(county: DemoCounty, ask: Ask): Promise<void> {
  const batches = cut(
    county.kindergartens.map(({ institution }) => institution),
    BATCH,
  );
  for (const [at, items] of batches.entries()) {
    const input = { idempotencyKey: idempotencyKey(county, 'institutions', at), items };
    const answer = await ask<OpenInstitutionsAnswer>(OPENING_CLERK, OPEN_INSTITUTIONS, { input });
    allDone(
      `openInstitutions, batch ${at + 1}`,
      items.length,
      answer.openInstitutions,
      (one) => one.institution,
    );
  }
}

const openClasses = (county: DemoCounty, ask: Ask): Promise<ClassIds> =>
  openClassesOf(
    county,
    'classes',
    county.kindergartens.flatMap(({ institution, classes }) =>
      classes.map((one) => ({ institutionCode: institution.code, ...one })),
    ),
    ask,
  );

/** Opens classes; `act` tells their keys apart from those of other classes. Throws SeedingFailed. */
export async function openClassesOf(
  county: DemoCounty,
  act: string,
  planned: readonly (DemoClass & { readonly institutionCode: string })[],
  ask: Ask,
): Promise<ClassIds> {
  const ids = new Map<string, string>();
  for (const [at, items] of cut(planned, BATCH).entries()) {
    const input = { idempotencyKey: idempotencyKey(county, act, at), items };
    const answer = await ask<OpenClassesAnswer>(OPENING_CLERK, OPEN_CLASSES, { input });
    allDone(`openClasses, batch ${at + 1}`, items.length, answer.openClasses, (one) => one.class).forEach(
      ({ id }, item) => ids.set(classKey(items[item]!.institutionCode, items[item]!.name), id),
    );
  }
  return ids;
}
