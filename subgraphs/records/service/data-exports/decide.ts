import { isId } from '../../../../kernel/rules/ids.ts';
import { today, type PlainDate } from '../../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../../kernel/store/batch.ts';
import { newId } from '../../../../kernel/store/ids.ts';
import { newSecret } from '../../../../kernel/store/marks.ts';
import type { DataExport, DataExportDownload, ExportField } from '../../model.ts';
import { TICKET_MS } from '../../rules/export-fields.ts';
import {
  decisionErrors,
  downloadErrors,
  narrowingErrors,
  reasonErrors,
  revocationErrors,
} from '../../rules/exporting.ts';
import type { Deps } from '../deps.ts';
import { ofExport } from './audited.ts';
import { refusedExport, type ExportDone } from './request.ts';

interface ExportAct {
  readonly act: string;
  readonly errors: (before: DataExport, on: PlainDate) => readonly UserError[];
  readonly after: (before: DataExport, at: Date) => DataExport;
  /** Gives a ticket for the file as well. */
  readonly givesTicket?: true;
}

export function approveDataExport(
  deps: Deps,
  viewer: Viewer,
  key: string,
  exportId: string,
  fields: readonly ExportField[] | null,
) {
  return actOnExport(
    deps,
    viewer,
    key,
    exportId,
    { fields },
    {
      act: 'approveDataExport',
      errors: (before, on) => [
        ...decisionErrors(before, viewer, on),
        ...(fields === null ? [] : narrowingErrors(before, fields)),
      ],
      after: (before, at) => ({
        ...decided(before, viewer, at),
        state: 'APPROVED',
        approvedFields: before.fields.filter((field) => fields === null || fields.includes(field)),
        secret: newSecret(deps.store.keys.suite),
      }),
    },
  );
}

export function refuseDataExport(deps: Deps, viewer: Viewer, key: string, exportId: string, reason: string) {
  return actOnExport(
    deps,
    viewer,
    key,
    exportId,
    { reason },
    {
      act: 'refuseDataExport',
      errors: (before, on) => [...decisionErrors(before, viewer, on), ...reasonErrors(reason)],
      after: (before, at) => ({ ...decided(before, viewer, at), state: 'REFUSED', reason: reason.trim() }),
    },
  );
}

/** At any time before it is over; whoever is making or fetching the file finds it gone at the next part. */
export function revokeDataExport(deps: Deps, viewer: Viewer, key: string, exportId: string, reason: string) {
  return actOnExport(
    deps,
    viewer,
    key,
    exportId,
    { reason },
    {
      act: 'revokeDataExport',
      errors: (before) => [...revocationErrors(before), ...reasonErrors(reason)],
      after: (before) => ({ ...before, state: 'REVOKED', reason: reason.trim() }),
    },
  );
}

/** Gives the account that asked a ticket for the parts; each is one entry of the log. */
export function downloadDataExport(deps: Deps, viewer: Viewer, key: string, exportId: string) {
  return actOnExport(
    deps,
    viewer,
    key,
    exportId,
    {},
    {
      act: 'downloadDataExport',
      errors: (before, on) => downloadErrors(before, viewer, on),
      after: (before) => before,
      givesTicket: true,
    },
  );
}

const decided = (before: DataExport, { account, area }: Viewer, at: Date): DataExport => ({
  ...before,
  ...{ decidedBy: account, decidedLevel: area.level, decidedCode: area.code, decidedAt: at },
});

/** One act on one export, for whom it is there at all: for those whose area holds the whole of its own. */
function actOnExport(
  { store, queries, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  exportId: string,
  said: object,
  { act, errors, after, givesTicket }: ExportAct,
) {
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act,
    items: [{ exportId, ...said }],
    gather: () => (isId(exportId) ? queries.dataExportById(viewer.area, exportId) : Promise.resolve(null)),
    async write(tx, before): Promise<ExportDone[]> {
      if (!before) return [refusedExport([userError('NOT_FOUND', ['exportId'])])];
      const at = now();
      const userErrors = errors(before, today(at));
      if (userErrors.length > 0) return [refusedExport(userErrors)];
      const changed = after(before, at);
      await tx.update(store.tables.dataExport, [{ before, after: changed }]);
      const tickets = givesTicket ? [ticketFor(before, viewer, at)] : [];
      await tx.insert(store.tables.dataExportDownload, tickets);
      await appendAudit(store, tx, [ofExport(act, changed)]);
      return [{ exportId: before.id, ticket: tickets[0]?.id ?? null, userErrors }];
    },
  });
}

const ticketFor = ({ id: exportId }: DataExport, { account }: Viewer, at: Date): DataExportDownload => ({
  ...{ id: newId(), exportId, account, at, validUntil: new Date(at.getTime() + TICKET_MS) },
});
