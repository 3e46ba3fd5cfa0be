import { isId } from '../../../../kernel/rules/ids.ts';
import { today } from '../../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../../kernel/rules/viewer.ts';
import { downloadErrors } from '../../rules/exporting.ts';
import type { Deps } from '../deps.ts';

/** A part of the file a ticket was given for; null where the ticket is not the account's, too old, or the export over or taken back. */
export async function partOf(
  { queries, now }: Deps,
  viewer: Viewer,
  ticket: string,
  part: number,
): Promise<string | null> {
  const download = isId(ticket) ? await queries.downloadById(ticket) : null;
  if (!download || download.account !== viewer.account || download.validUntil < now()) return null;
  const dataExport = await queries.dataExportById(viewer.area, download.exportId);
  if (!dataExport || downloadErrors(dataExport, viewer, today(now())).length > 0) return null;
  return (await queries.partOfDataExport(dataExport.id, part))?.body ?? null;
}
