import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import { isRecordNumber, normaliseRecordNumber } from '../../../kernel/rules/record-number.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { PrimarySchool, RosterStatus, TakeOver } from '../model.ts';
import type { FoundRecord } from '../rules/resolution.ts';
import { HOLDS, sees } from '../rules/take-over.ts';
import type { Deps } from './deps.ts';
import { neighbours, type ChildMatch } from './neighbours.ts';
import { linkedTo } from './resolve.ts';

/** One pupil as the school has it. */
export interface RosterEntry {
  readonly number?: string | null;
  readonly documentKind?: DocumentKind | null;
  readonly documentNumber?: string | null;
  /** For a pupil that is not on the roster: the take-over by which the record went to the school. */
  readonly takeOverId?: string | null;
  readonly name?: string | null;
  readonly sex?: string | null;
  readonly bornOn?: string | null;
  readonly status: RosterStatus;
  /** Of an authority's roster; a school's own is its own. */
  readonly school?: string | null;
}

export interface Known {
  readonly schools: ReadonlyMap<string, PrimarySchool>;
  readonly rows: readonly (Found | null)[];
}

export interface Found {
  readonly record: FoundRecord;
  readonly byNumber: boolean;
  readonly strayNumber: boolean;
  readonly fit: ChildMatch;
  readonly takeOver: TakeOver | null;
}

export const schoolOf = ({ area, role }: Viewer, { school }: RosterEntry) =>
  role === 'PRIMARY_SCHOOL' ? area.code : (school ?? '');

export const writes = ({ name = null, sex = null, bornOn = null }: RosterEntry) => ({ name, sex, bornOn });

/** Three questions to neighbours for a whole batch, whatever is in it. */
export async function gatherRoster(
  { queries, peers }: Deps,
  viewer: Viewer,
  items: readonly RosterEntry[],
): Promise<Known> {
  const codes = [...new Set(items.map((item) => schoolOf(viewer, item)))];
  const takeOverIds = items.flatMap(({ takeOverId }) =>
    takeOverId != null && isId(takeOverId) ? [takeOverId] : [],
  );
  const [schools, named, linked, byDocument] = await Promise.all([
    queries.schoolsByCode(codes),
    queries.takeOversById(takeOverIds),
    linkedTo(
      queries,
      items.map(({ number }) => number),
    ),
    neighbours.matches(
      peers,
      items.map((item) =>
        item.documentKind == null || item.documentNumber == null
          ? {}
          : { documentKind: item.documentKind, documentNumber: item.documentNumber, ...writes(item) },
      ),
    ),
  ]);
  const takeOvers = new Map(named.filter((one) => sees(viewer, one)).map((one) => [one.id, one]));
  const asked = items.map(({ number, takeOverId }, i) => {
    const recordId = takeOvers.get(takeOverId ?? '')?.recordId ?? linked[i]?.recordId;
    return recordId === undefined ? { number: number ?? '' } : { recordId };
  });
  const children = byDocument.map((one) => (one ? { childId: one.childId } : {}));
  const records = await neighbours.records(peers, [...asked, ...children]);
  // A document names the child itself; a number may have been written down wrong.
  const found = items.map((_, i) => records[items.length + i] ?? records[i] ?? null);
  const [matches, standing] = await Promise.all([
    neighbours.matches(
      peers,
      items.map((item, i) => (found[i] ? { childId: found[i].childId, ...writes(item) } : {})),
    ),
    queries.standingOf(found.flatMap((one) => one?.recordId ?? [])),
  ]);
  const rows = items.map((item, i): Found | null => {
    const record = found[i];
    const fit = matches[i];
    if (!record || !fit) return null;
    const ofDocument = records[items.length + i];
    const holder = standing.find(
      ({ recordId, state }) => recordId === record.recordId && HOLDS.includes(state),
    );
    return {
      ...{ record, fit, takeOver: holder ?? null },
      byNumber: ofDocument == null && item.takeOverId == null,
      strayNumber:
        ofDocument != null && isOwnNumber(item.number) && records[i]?.recordId !== ofDocument.recordId,
    };
  });
  return { schools: new Map(schools.map((one) => [one.code, one])), rows };
}

const isOwnNumber = (number: string | null | undefined) =>
  number != null && isRecordNumber(normaliseRecordNumber(number));
