import type { Record, RecordChangeFacts, RecordChangeKind } from '../model.ts';

/** What of a change concerns the K-12 side; null where nothing does, as with another class. */
export function changeFacts(
  before: Record | null,
  after: Record,
  action: string,
  effectiveOn: string,
): RecordChangeFacts | null {
  // Before the first approval there is nothing that anybody else could know of.
  if (after.number === null) return null;
  const kinds = kindsOf(before, after, action);
  if (kinds.length === 0) return null;
  const { provinceCode, cityCode, countyCode, institutionCode, mergedInto, status: statusTo } = after;
  const moved = before !== null && before.countyCode !== countyCode;
  return {
    ...{ kinds, statusFrom: before?.status ?? null, statusTo, effectiveOn, mergedInto },
    ...{ provinceCode, cityCode, countyCode, institutionCode },
    fromCountyCode: moved ? before.countyCode : null,
    fromCityCode: moved ? before.cityCode : null,
    fromProvinceCode: moved ? before.provinceCode : null,
  };
}

function kindsOf(before: Record | null, after: Record, action: string): RecordChangeKind[] {
  const kinds: RecordChangeKind[] = [];
  if (before?.status !== after.status)
    kinds.push(after.status !== 'CANCELLED' ? 'STATUS' : after.mergedInto === null ? 'CANCELLED' : 'MERGED');
  if (before?.number !== after.number) kinds.push('NUMBER');
  if (action === 'applyCorrection') kinds.push('CORRECTION');
  if (before !== null && before.institutionCode !== after.institutionCode) kinds.push('MOVED');
  return kinds;
}
