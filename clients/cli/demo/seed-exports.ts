import { addMonths, today } from '../../../kernel/rules/plain-date.ts';
import { DECIDING_CLERK, OPENING_CLERK } from './accounts.ts';
import { SeedingFailed } from './answers.ts';
import type { DemoCounty } from './model.ts';
import { idempotencyKey } from './open-county.ts';
import type { Ask } from './viewer-spec.ts';

interface Requested {
  readonly requestDataExport: { readonly userErrors: readonly { readonly code: string }[] } | null;
}

const REQUEST_DATA_EXPORT = `mutation DemoRequestDataExport($input: RequestDataExportInput!) {
  requestDataExport(input: $input) { userErrors { code } }
}`;

/** One request for data to be given outside, which waits for another clerk of the county. */
export async function seedExports(county: DemoCounty, ask: Ask): Promise<void> {
  const day = today(new Date());
  const input = {
    // The day is part of what is asked for, so that a seeding goes on tomorrow as well.
    idempotencyKey: idempotencyKey(county, 'export', day),
    ...{ profile: 'PSEUDONYMOUS', ground: 'GOVERNMENT_APPROVAL', groundReference: '示例县政函〔2026〕7号' },
    ...{
      purpose: '托育服务研究',
      recipient: '示例大学教育学院',
      fields: ['RECORD_NUMBER', 'SEX', 'BIRTH_DATE'],
    },
    until: addMonths(day, 3),
  };
  const { requestDataExport } = await ask<Requested>(OPENING_CLERK, REQUEST_DATA_EXPORT, { input });
  const [refusal] = requestDataExport?.userErrors ?? [{ code: 'no answer' }];
  if (refusal) throw new SeedingFailed(`requestDataExport: ${refusal.code}`);
}

interface Waiting {
  readonly dataExports: {
    readonly nodes: readonly { readonly id: string; readonly requestedBy: string }[];
  } | null;
}

const WAITING = `query DemoWaitingExports {
  dataExports(filter: { state: REQUESTED }, first: 20) { nodes { id requestedBy } }
}`;

/** One that another clerk has asked for. */
export async function exportToDecide(ask: Ask): Promise<string | undefined> {
  const { dataExports } = await ask<Waiting>(DECIDING_CLERK, WAITING, {});
  return dataExports?.nodes.find(({ requestedBy }) => requestedBy !== DECIDING_CLERK.account)?.id;
}
