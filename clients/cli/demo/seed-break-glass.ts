import { today } from '../../../kernel/rules/plain-date.ts';
import { CITY_CLERK, PROVINCE_CLERK } from './accounts.ts';
import { SeedingFailed } from './answers.ts';
import type { DemoCounty } from './model.ts';
import { idempotencyKey } from './open-county.ts';
import type { Ask } from './viewer-spec.ts';

interface Opened {
  readonly openBreakGlass: { readonly userErrors: readonly { readonly code: string }[] } | null;
}
interface Waiting {
  readonly breakGlasses: { readonly nodes: readonly { readonly id: string }[] } | null;
}

const OPEN = `mutation DemoOpenBreakGlass($input: OpenBreakGlassInput!) {
  openBreakGlass(input: $input) { userErrors { code } }
}`;
const WAITING = `query DemoBreakGlasses {
  breakGlasses(filter: { unreviewed: true }, first: 1) { nodes { id } }
}`;

/** One that the province is to judge. */
export async function breakGlassToJudge(ask: Ask): Promise<string | undefined> {
  const { breakGlasses } = await ask<Waiting>(PROVINCE_CLERK, WAITING, {});
  return breakGlasses?.nodes[0]?.id;
}

/** An emergency in which the city looked at one child. Each attempt is one of its few of the day, so none is made in vain. */
export async function seedBreakGlass(county: DemoCounty, ask: Ask): Promise<void> {
  const meant = county.kindergartens
    .flatMap(({ enrolments }) => enrolments)
    .find(({ child }) => child.documentKind === 'RESIDENT_ID');
  if (!meant || (await breakGlassToJudge(ask))) return;
  const { openBreakGlass } = await ask<Opened>(CITY_CLERK, OPEN, {
    input: {
      idempotencyKey: idempotencyKey(county, 'break-glass', today(new Date())),
      ...{ documentKind: 'RESIDENT_ID', documentNumber: meant.child.documentNumber },
      ...{ ground: 'MEDICAL', reason: '送医急需联系监护人（演示）', hours: 24 },
    },
  });
  const [refusal] = openBreakGlass?.userErrors ?? [{ code: 'no answer' }];
  if (refusal) throw new SeedingFailed(`openBreakGlass: ${refusal.code}`);
}
