import { describe, expect, it } from 'vitest';
import type { KeyFacts } from '../../subgraphs/children/model.ts';
import {
  changedKeys,
  corrected,
  correctionErrors,
  type Correction,
} from '../../subgraphs/children/rules/correcting.ts';
import { firstGuardian } from '../../subgraphs/children/rules/first-guardian.ts';
import { codes, inventedId, MOON, SUN } from './support.ts';

const before: KeyFacts = {
  name: '某小满',
  sex: 'FEMALE',
  bornOn: '2022-05-20',
  documentKind: 'RESIDENT_ID',
  documentNumber: inventedId('2022-05-20', 'FEMALE', 1),
};
const nothing: Correction = {
  childId: 'c', name: null, sex: null, bornOn: null, documentKind: null, documentNumber: null,
}; // prettier-ignore
const circumstances = { today: '2026-09-01', registeredOn: '2026-09-01', hasGuardian: true };
const judge = (changes: Partial<Correction>, more: Partial<typeof circumstances> = {}) =>
  correctionErrors(before, { ...nothing, ...changes }, { ...circumstances, ...more });

describe('A correction', () => {
  it.each<[string, Partial<Correction>, string[]]>([
    ['another name', { name: ' 某小 雪' }, ['NAME']],
    ['the name as it is', { name: ' 某小满 ' }, []],
    ['another sex', { sex: 'MALE' }, ['SEX']],
    ['another birth date', { bornOn: '2022-05-21' }, ['BORN_ON']],
    ['another number', { documentKind: 'RESIDENT_ID', documentNumber: 'x' }, ['DOCUMENT']],
    ['another kind', { documentKind: 'PASSPORT', documentNumber: before.documentNumber }, ['DOCUMENT']],
    ['no document any more', { documentKind: 'NONE' }, ['DOCUMENT']],
    ['everything', { name: '某', sex: 'MALE', bornOn: '2022-05-21', documentKind: 'NONE' }, ['NAME', 'SEX', 'BORN_ON', 'DOCUMENT']], // prettier-ignore
  ])('to %s changes what it says and nothing else', (_, changes, fields) => {
    const after = corrected(before, { ...nothing, ...changes });
    expect(changedKeys(before, after)).toEqual(fields);
    expect(changedKeys(after, before)).toEqual(fields);
  });

  it.each<[string, Partial<Correction>]>([
    ['another name', { name: '某小雪' }],
    ['another number', { documentKind: 'RESIDENT_ID', documentNumber: inventedId('2022-05-20', 'FEMALE', 2) }], // prettier-ignore
    [
      'another sex with the number that says so',
      { sex: 'MALE', documentKind: 'RESIDENT_ID', documentNumber: inventedId('2022-05-20', 'MALE', 1) },
    ],
    ['another birth date with the number that says so', { bornOn: '2022-05-21', documentKind: 'RESIDENT_ID', documentNumber: inventedId('2022-05-21', 'FEMALE', 1) }], // prettier-ignore
    ['no document, the first guardian being known', { documentKind: 'NONE' }],
  ])('to %s is open', (_, changes) => {
    expect(judge(changes)).toEqual([]);
  });

  it.each<[string, Partial<Correction>, string, string[]]>([
    ['nothing', {}, 'CORRECTION_CHANGES_NOTHING', []],
    ['what is registered', { name: before.name, sex: before.sex, bornOn: before.bornOn }, 'CORRECTION_CHANGES_NOTHING', []], // prettier-ignore
    ['the number it has', { documentKind: 'RESIDENT_ID', documentNumber: ` ${before.documentNumber} ` }, 'CORRECTION_CHANGES_NOTHING', []], // prettier-ignore
    ['an empty name', { name: ' ' }, 'NAME_EMPTY', ['name']],
    ['half a character', { name: '某\ud800' }, 'TEXT_MALFORMED', ['name']],
    ['a day that does not exist', { bornOn: '2022-02-30' }, 'DATE_IMPOSSIBLE', ['bornOn']],
    ['a sex the number denies', { sex: 'MALE' }, 'ID_SEX_MISMATCH', ['sex']],
    ['a birth date the number denies', { bornOn: '2022-05-21' }, 'ID_BIRTH_DATE_MISMATCH', ['bornOn']],
    ['a number without its kind', { documentNumber: 'E1234567' }, 'REQUIRED', ['documentKind']],
    ['a kind without its number', { documentKind: 'PASSPORT' }, 'DOCUMENT_NUMBER_REQUIRED', ['documentNumber']], // prettier-ignore
    ['a number where there is no document', { documentKind: 'NONE', documentNumber: 'E1' }, 'DOCUMENT_NUMBER_UNEXPECTED', ['documentNumber']], // prettier-ignore
  ])('to %s is refused at the field in question', (_, changes, code, field) => {
    expect(judge(changes).map((one) => [one.code, one.field])).toEqual([[code, field]]);
  });

  it('to a birth before the earliest is measured on the day of registering', () => {
    const old = { bornOn: '2016-09-02', documentKind: 'NONE' } as const;
    expect(judge(old)).toEqual([]);
    expect(judge(old, { today: '2030-01-01' })).toEqual([]);
    expect(codes(judge(old, { today: '2030-01-01', registeredOn: '2027-01-01' }))).toEqual([
      'BIRTH_DATE_TOO_OLD',
    ]);
  });

  it('to no document needs a guardian to know the child by', () => {
    expect(judge({ documentKind: 'NONE' }, { hasGuardian: false }).map((one) => [one.code, one.field])).toEqual([
      ['GUARDIAN_REQUIRED', ['documentKind']],
    ]); // prettier-ignore
  });
});

describe('The guardian a child without a document is known by', () => {
  const by = (institutionCode: string, seq: number) =>
    ({ childId: 'c', institutionCode, seq, relation: 'MOTHER', name: `${institutionCode}${seq}`, phone: null }) as const; // prettier-ignore

  it.each([
    ['the first of the institution that registered it', [by(SUN, 0), by(MOON, 1), by(MOON, 0)], by(MOON, 0)],
    ['the first of another where that one has named nobody', [by(SUN, 1), by(SUN, 0)], by(SUN, 0)],
    ['nobody where nobody is named', [], null],
  ])('is %s', (_, guardians, expected) => {
    expect(firstGuardian({ registeredBy: MOON }, guardians)).toEqual(expected);
  });
});
