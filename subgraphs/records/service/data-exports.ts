import type { GoesOn } from '../../../kernel/rules/goes-on.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { ExportField } from '../model.ts';
import {
  approveDataExport,
  downloadDataExport,
  refuseDataExport,
  revokeDataExport,
} from './data-exports/decide.ts';
import { tendDataExports } from './data-exports/make.ts';
import { partOf } from './data-exports/read.ts';
import { requestDataExport, type NewDataExport } from './data-exports/request.ts';
import type { Deps } from './deps.ts';

/** Data that leaves: asked for, decided, made, fetched, gone. */
export const dataExportActs = (deps: Deps) => ({
  requestDataExport: (viewer: Viewer, key: string, wish: NewDataExport) =>
    requestDataExport(deps, viewer, key, wish),
  approveDataExport: (viewer: Viewer, key: string, exportId: string, fields: readonly ExportField[] | null) =>
    approveDataExport(deps, viewer, key, exportId, fields),
  refuseDataExport: (viewer: Viewer, key: string, exportId: string, reason: string) =>
    refuseDataExport(deps, viewer, key, exportId, reason),
  revokeDataExport: (viewer: Viewer, key: string, exportId: string, reason: string) =>
    revokeDataExport(deps, viewer, key, exportId, reason),
  downloadDataExport: (viewer: Viewer, key: string, exportId: string) =>
    downloadDataExport(deps, viewer, key, exportId),
  dataExportPart: (viewer: Viewer, ticket: string, part: number) => partOf(deps, viewer, ticket, part),
  tendDataExports: (goesOn?: GoesOn) => tendDataExports(deps, goesOn),
});
