import { today } from '../../../kernel/rules/plain-date.ts';
import { schoolYearOf } from '../../../kernel/rules/school-year.ts';
import { DECIDING_CLERK } from './accounts.ts';
import { NEXT_MIDDLE } from './last-year.ts';
import type { Ask } from './viewer-spec.ts';

interface PlacedRecord {
  readonly id: string;
  readonly child: { readonly id: string; readonly bornOn: string } | null;
  readonly placement: {
    readonly class: { readonly name: string; readonly schoolYear: number } | null;
  } | null;
}
interface Records {
  readonly records: { readonly nodes: readonly PlacedRecord[] } | null;
}

const RECORDS = `query DemoRecords($institution: String!) {
  records(filter: { institution: $institution, status: ENROLLED }, first: 100) {
    nodes { id child { id bornOn } placement { class { name schoolYear } } }
  }
}`;

/** The enrolled of a kindergarten who are in a class of the plan: last year's have samples of their own. */
export async function recordsOfThePlan(ask: Ask, institution: string): Promise<PlacedRecord[]> {
  const { records } = await ask<Records>(DECIDING_CLERK, RECORDS, { institution });
  const schoolYear = schoolYearOf(today(new Date()));
  return (records?.nodes ?? []).filter(
    ({ placement }) => placement?.class?.schoolYear === schoolYear && placement.class.name !== NEXT_MIDDLE,
  );
}
