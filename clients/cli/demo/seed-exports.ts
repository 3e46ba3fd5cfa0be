import { randomUUID } from 'node:crypto';
import { addMonths, today } from '../../../kernel/rules/plain-date.ts';
import { DECIDING_CLERK, OPENING_CLERK } from './accounts.ts';
import { SeedingFailed } from './answers.ts';
import type { DemoCounty } from './model.ts';
import { idempotencyKey } from './open-county.ts';
import type { Ask, ViewerSpec } from './viewer-spec.ts';

interface Acted {
  readonly dataExport: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

const REQUEST_DATA_EXPORT = `mutation DemoRequestDataExport($input: RequestDataExportInput!) {
  requestDataExport(input: $input) { dataExport { id } userErrors { code } }
}`;
const APPROVE_DATA_EXPORT = `mutation DemoApproveDataExport($input: ApproveDataExportInput!) {
  approveDataExport(input: $input) { dataExport { id } userErrors { code } }
}`;

/** One request for data to be given outside, which waits for another clerk of the county, and one that was approved. */
export async function seedExports(county: DemoCounty, ask: Ask): Promise<void> {
  const day = today(new Date());
  const act = async (viewer: ViewerSpec, query: string, key: string, input: object): Promise<string> => {
    // The day is part of what is asked for, so that a seeding goes on tomorrow as well.
    const idempotency = { idempotencyKey: idempotencyKey(county, key, day) };
    const answer = await ask<Record<string, Acted | null>>(viewer, query, {
      input: { ...idempotency, ...input },
    });
    const [done] = Object.values(answer);
    const [refusal] = done?.userErrors ?? [{ code: 'no answer' }];
    if (refusal || !done?.dataExport) throw new SeedingFailed(`${key}: ${refusal?.code ?? 'no export'}`);
    return done.dataExport.id;
  };
  await act(OPENING_CLERK, REQUEST_DATA_EXPORT, 'export', {
    ...{ profile: 'PSEUDONYMOUS', ground: 'GOVERNMENT_APPROVAL', groundReference: '示例县政函〔2026〕7号' },
    ...{
      purpose: '托育服务研究',
      recipient: '示例大学教育学院',
      fields: ['RECORD_NUMBER', 'SEX', 'BIRTH_DATE'],
    },
    until: addMonths(day, 3),
  });
  const exportId = await act(OPENING_CLERK, REQUEST_DATA_EXPORT, 'ready-export', {
    ...{ profile: 'STATISTICS', ground: 'GOVERNMENT_APPROVAL', groundReference: '示例县政函〔2026〕8号' },
    ...{ purpose: '学位规划', recipient: '示例县发展和改革局', fields: ['SEX', 'INSTITUTION'] },
    until: addMonths(day, 3),
  });
  await act(DECIDING_CLERK, APPROVE_DATA_EXPORT, 'approve-export', { exportId });
}

interface Found {
  readonly dataExports: {
    readonly nodes: readonly { readonly id: string; readonly requestedBy: string }[];
  } | null;
}
interface Fetched {
  readonly downloadDataExport: { readonly ticket: string | null } | null;
}

const IN_STATE = `query DemoExports($state: DataExportState!) {
  dataExports(filter: { state: $state }, first: 20) { nodes { id requestedBy } }
}`;
const FETCH = `mutation DemoDownloadDataExport($input: DownloadDataExportInput!) {
  downloadDataExport(input: $input) { ticket }
}`;

const inState = async (ask: Ask, state: string) =>
  (await ask<Found>(DECIDING_CLERK, IN_STATE, { state })).dataExports?.nodes ?? [];

/** How the samples find exports. */
export function exportLookups(ask: Ask): Readonly<Record<string, () => Promise<string | undefined>>> {
  const ready = async () =>
    (await inState(ask, 'READY')).find(({ requestedBy }) => requestedBy === OPENING_CLERK.account)?.id;
  return {
    /** One that another clerk has asked for. */
    'export-to-decide': async () =>
      (await inState(ask, 'REQUESTED')).find(({ requestedBy }) => requestedBy !== DECIDING_CLERK.account)?.id,
    'ready-export': ready,
    'export-ticket': async () => {
      const exportId = await ready();
      if (exportId === undefined) return undefined;
      const input = { idempotencyKey: randomUUID(), exportId };
      const { downloadDataExport } = await ask<Fetched>(OPENING_CLERK, FETCH, { input });
      return downloadDataExport?.ticket ?? undefined;
    },
  };
}
