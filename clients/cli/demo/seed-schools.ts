/** The primary schools of the demonstration county. */
import { OPENING_CLERK } from './accounts.ts';
import { allDone } from './answers.ts';
import { DEMO_REGION } from './generate.ts';
import type { DemoCounty } from './model.ts';
import { idempotencyKey } from './open-county.ts';
import type { Payload, Refusal } from './seed-operations.ts';
import type { Ask } from './viewer-spec.ts';

export const DEMO_SCHOOLS = [
  { code: '2133990001', name: '示例第一小学' },
  { code: '2133990002', name: '示例第二小学' },
] as const;

const OPEN_SCHOOLS = `
  mutation DemoOpenPrimarySchools($input: OpenPrimarySchoolsInput!) {
    openPrimarySchools(input: $input) {
      results { primarySchool { code } userErrors { code field } } userErrors { code field }
    }
  }`;
interface OpenSchoolsAnswer {
  readonly openPrimarySchools: Payload<{
    readonly primarySchool: { readonly code: string } | null;
    readonly userErrors: readonly Refusal[];
  }> | null;
}

export async function seedSchools(county: DemoCounty, ask: Ask): Promise<void> {
  const items = DEMO_SCHOOLS.map((school) => ({ ...school, region: DEMO_REGION, openedOn: '2010-09-01' }));
  const input = { idempotencyKey: idempotencyKey(county, 'primary-schools'), items };
  const { openPrimarySchools } = await ask<OpenSchoolsAnswer>(OPENING_CLERK, OPEN_SCHOOLS, { input });
  allDone('openPrimarySchools', items.length, openPrimarySchools, (one) => one.primarySchool);
}
