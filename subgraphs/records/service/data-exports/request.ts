import { today } from '../../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../../kernel/rules/user-errors.ts';
import type { Area, Place, Viewer } from '../../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../../kernel/store/batch.ts';
import { newId } from '../../../../kernel/store/ids.ts';
import type { DataExport, RecordStatus } from '../../model.ts';
import { requestErrors, type ExportWish } from '../../rules/exporting.ts';
import { areaAsked, regionOf } from '../areas.ts';
import type { Deps } from '../deps.ts';
import { neighbours } from '../neighbours.ts';
import { ofExport } from './audited.ts';

export interface NewDataExport extends ExportWish {
  readonly region?: string | null | undefined;
  readonly institution?: string | null | undefined;
  readonly status?: RecordStatus | null | undefined;
}

/** What became of an act on an export. */
export interface ExportDone {
  readonly exportId: string | null;
  /** For fetching the file, where that was asked for. */
  readonly ticket: string | null;
  readonly userErrors: readonly UserError[];
}

export const refusedExport = (userErrors: readonly UserError[]): ExportDone => ({
  exportId: null,
  ticket: null,
  userErrors,
});

/** Puts a request; nothing is read of any child until somebody else has approved it. */
export function requestDataExport(deps: Deps, viewer: Viewer, idempotencyKey: string, wish: NewDataExport) {
  const { store, now } = deps;
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'requestDataExport',
    items: [wish],
    async gather() {
      const area = await areaAsked(deps, viewer, wish);
      return area && { area, place: await placeOf(deps, area) };
    },
    async write(tx, asked): Promise<ExportDone[]> {
      const at = now();
      const outside = asked?.place
        ? []
        : [userError('OUTSIDE_YOUR_AREA', ['region'], { area: viewer.area.code })];
      const userErrors = [...outside, ...requestErrors(wish, today(at))];
      if (!asked?.place || userErrors.length > 0) return [refusedExport(userErrors)];
      const row = newExport(wish, viewer, asked.area, asked.place, at);
      await tx.insert(store.tables.dataExport, [row]);
      await appendAudit(store, tx, [ofExport('requestDataExport', row)]);
      return [{ exportId: row.id, ticket: null, userErrors }];
    },
  });
}

function newExport(wish: NewDataExport, viewer: Viewer, area: Area, place: Place, at: Date): DataExport {
  const { profile, ground, groundReference, purpose, recipient, fields, status = null, until } = wish;
  const { provinceCode, cityCode, countyCode, institutionCode = null } = place;
  const undecided = { decidedBy: null, decidedLevel: null, decidedCode: null, decidedAt: null, reason: null };
  return {
    ...{ id: newId(), state: 'REQUESTED', profile, ground, groundReference, purpose, recipient },
    ...{ fields: [...new Set(fields)], approvedFields: null, areaLevel: area.level, areaCode: area.code },
    ...{ provinceCode, cityCode, countyCode, institutionCode, rowStatus: status, untilOn: until },
    ...{ requestedBy: viewer.account, requestedAt: at, ...undecided, secret: null, reachedId: null },
    ...{ lineCount: 0, parts: 0, leaseUntil: null, version: 0 },
  };
}

/** The path of the area, with no code where it is higher than that: so only whoever covers all of it covers the path. */
async function placeOf({ peers }: Deps, { level, code }: Area): Promise<Place | null> {
  if (level === 'NATION') return { provinceCode: code, cityCode: null, countyCode: '' };
  if (level === 'INSTITUTION') {
    const found = (await neighbours.institutions(peers, [code])).get(code);
    return found ? { ...found, institutionCode: code } : null;
  }
  const found = await regionOf(peers, code);
  return (
    found && {
      provinceCode: found.provinceCode!,
      cityCode: found.cityCode,
      countyCode: found.countyCode ?? '',
    }
  );
}
