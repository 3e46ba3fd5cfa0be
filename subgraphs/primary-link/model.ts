import type { DocumentKind } from '../../kernel/rules/code-sets/document-kind.ts';
import type { PlainDate } from '../../kernel/rules/plain-date.ts';

export * from './model/client-use.ts';
export * from './model/feed.ts';
export * from './model/roster.ts';
export * from './model/take-over.ts';

export const RESOLUTION_OUTCOME = {
  FOUND: { code: null, zh: '有学前学籍', en: 'there is a preschool record' },
  NO_PRESCHOOL_RECORD: { code: null, zh: '没有学前学籍', en: 'there is no preschool record' },
} as const;
export type ResolutionOutcome = keyof typeof RESOLUTION_OUTCOME;

/** As much of a record's status as an admission needs. */
export const PRESCHOOL_STATUS = {
  IN_KINDERGARTEN: { code: null, zh: '在园', en: 'in kindergarten' },
  LEFT: { code: null, zh: '离园', en: 'left the kindergarten' },
  GRADUATED: { code: null, zh: '毕业', en: 'graduated' },
  PROMOTED: { code: null, zh: '已升学', en: 'taken over by a primary school already' },
  CANCELLED: { code: null, zh: '注销', en: 'cancelled' },
} as const;
export type PreschoolStatus = keyof typeof PRESCHOOL_STATUS;

/** Why the number that was asked for is no longer the current one. */
export const NUMBER_CHANGE_REASON = {
  ID_PROVEN: {
    code: null,
    zh: '身份证件已核实，转为 G 号',
    en: 'the resident ID was proven; a G number now',
  },
  FORMAL_WITHOUT_ID: {
    code: null,
    zh: '无身份证号，转为 J 号',
    en: 'formal without a resident ID; a J number now',
  },
  DELETED: { code: null, zh: '经教育部批准删除', en: 'deleted by decision of the ministry' },
  MERGED: { code: null, zh: '重复学籍已注销，由保留的学籍承接', en: 'goes on with the record that goes on' },
  LINKED_LATE: {
    code: null,
    zh: '小学曾另建学籍，已补接学前学籍',
    en: 'the school had created a record of its own, which was linked to the preschool record',
  },
} as const;
export type NumberChangeReason = keyof typeof NUMBER_CHANGE_REASON;

/** What a primary school asks: a record number, and the birth date that must fit it. */
export interface NumberQuery {
  readonly number: string;
  readonly bornOn: PlainDate;
}

/** What it asks for a child whose number it does not have: the very document, and the birth date. */
export interface DocumentQuery {
  readonly documentKind: DocumentKind;
  readonly documentNumber: string;
  readonly bornOn: PlainDate;
}

/** Whose a number is, and in whose chain it is noted that it was shown. */
export interface Whose {
  readonly childId: string;
  readonly countyCode: string;
}

/** As much of a record as an admission needs, and nothing about the family. */
export interface Archive extends Whose {
  readonly number: string;
  readonly bornOn: PlainDate;
  readonly sex: string;
  readonly status: PreschoolStatus;
  readonly enteredOn: PlainDate;
}

/** What it is told; everything but the outcome is null where there is no record. */
export interface NumberResolution {
  readonly outcome: ResolutionOutcome;
  readonly currentNumber: string | null;
  readonly status: PreschoolStatus | null;
  readonly issuedOn: PlainDate | null;
  /** When another number took the place of the one asked for, and why; null while it is the current one. */
  readonly changedOn: PlainDate | null;
  readonly changeReason: NumberChangeReason | null;
  readonly institutionCode: string | null;
  readonly archive: Archive | null;
  readonly whose: Whose | null;
}
