import { ownershipOf } from '../../../kernel/rules/ownership.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { urbanRuralOf } from '../../../kernel/rules/urban-rural.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import type {
  ChangedSeat,
  ChangeKind,
  Institution,
  InstitutionAct,
  InstitutionChange,
  InstitutionVersion,
} from '../model.ts';
import type { InstitutionStore } from '../store/store.ts';
import { ofInstitution } from './audited.ts';

/** One institution before and after an act. */
export interface Changed {
  readonly before: Institution;
  readonly after: Institution;
  readonly act: InstitutionAct;
  /** What neighbours must learn; null where nothing of it concerns them. */
  readonly kind: ChangeKind | null;
  /** Its own day, where that is not the day of the act. */
  readonly on?: PlainDate;
  /** Where its children are afterwards, where that is another institution. */
  readonly successor?: Institution;
}

/** Who did it, when, from which day on and why. */
export interface Doing {
  readonly account: string;
  readonly at: Date;
  readonly on: PlainDate;
  readonly reason: string | null;
}

/** Writes what institutions have become, their histories, and the changes neighbours must learn, all in one. */
export async function writeChanges(
  tx: Transaction,
  { tables }: Pick<InstitutionStore, 'tables'>,
  changed: readonly Changed[],
  doing: Doing,
): Promise<void> {
  await tx.update(tables.institution, changed);
  await tx.insert(
    tables.institutionVersion,
    changed.map(({ before, after, act, on = doing.on }) =>
      versionOf(after, before.version + 1, act, { ...doing, on }),
    ),
  );
  const told = changed.filter(({ kind }) => kind !== null);
  await tx.insert(
    tables.institutionChange,
    told.map((one) => changeOf(one, changed, doing)),
  );
  await appendAudit(
    { tables },
    tx,
    changed.map(({ act, after }) => ofInstitution(act, after)),
  );
}

/** The version an institution has from the day of the act on. */
export function versionOf(
  institution: Institution,
  seq: number,
  act: InstitutionAct,
  { account, at, on, reason }: Doing,
): InstitutionVersion {
  const { id, code, name, status, regionCode, provinceCode, cityCode, countyCode, successorId } = institution;
  return {
    ...{
      institutionId: id,
      seq,
      fromOn: on,
      code,
      name,
      status,
      regionCode,
      provinceCode,
      cityCode,
      countyCode,
    },
    ...{ successorId, act, account, at, reason },
  };
}

function changeOf(
  { before, after, kind, successor = after, on }: Changed,
  changed: readonly Changed[],
  { account, at, on: day }: Doing,
): InstitutionChange {
  // Whatever this act changes is one version further once it is done.
  const moved = changed.some((one) => one.before.id === successor.id);
  const { version } = changed.find((one) => one.before.id === successor.id)?.before ?? successor;
  return {
    id: newId(at.getTime()),
    institutionId: before.id,
    institutionCode: before.code,
    seq: before.version + 1,
    kind: kind!,
    fromOn: on ?? day,
    account,
    seat: seatOf(successor, moved ? version + 1 : version),
    at,
    deliveredAt: null,
    nextAt: at,
  };
}

function seatOf(institution: Institution, seq: number): ChangedSeat {
  const { id, code, provinceCode, cityCode, countyCode, urbanRuralClass } = institution;
  return {
    ...{ institutionId: id, institutionCode: code, seq, provinceCode, cityCode, countyCode },
    ownership: ownershipOf(institution),
    urbanRural: urbanRuralOf(urbanRuralClass),
  };
}
