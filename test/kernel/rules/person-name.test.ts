import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkName, normaliseName } from '../../../kernel/rules/person-name.ts';
import { maskDocumentNumber, maskName, maskPhone } from '../../../kernel/rules/masking.ts';

const LONG_UYGHUR = '阿卜杜热合曼·麦麦提图尔荪尼亚孜·阿卜杜喀迪尔';
const LONG_LATIN = 'Maria-Fernanda O’Brien de la Santísima Trinidad y de los Santos Ángeles';

function codes(name: string): string[] {
  return checkName(name).map((error) => error.code);
}

describe('a name', () => {
  it.each([
    '欧阳锋',
    '𬎆',
    '王𠮷',
    '李\u{30EDE}',
    '陈\u{2EBF0}',
    '葛\u{E0100}城',
    '刘〇',
    '買買提·艾力',
    LONG_UYGHUR,
    LONG_LATIN,
    "D'Arcy",
    'ئابدۇراخمان',
    'བཀྲ་ཤིས'.replace('་', ' '),
    'Нұрсұлтан',
    'n',
  ])('is taken as it is: %s', (name) => {
    expect(codes(name)).toEqual([]);
    expect(normaliseName(name)).toBe(name);
  });

  it.each(['张3', '张_三', '张三(大)', '张三😀', '张,三', 'a\u0000b', '···', "-'", '<b>'])(
    'is refused as %j, for its characters',
    (name) => {
      expect(codes(name)).toEqual(['NAME_CHARACTERS']);
    },
  );

  it.each(['', '  ', '\u3000\u200B'])('is missed in %j', (name) => {
    expect(codes(name)).toEqual(['NAME_EMPTY']);
  });

  it('has up to 100 characters, counted as people count them, and is never cut', () => {
    expect(codes('𠮷'.repeat(100))).toEqual([]);
    expect(normaliseName('𠮷'.repeat(100))).toBe('𠮷'.repeat(100));
    expect(checkName('𠮷'.repeat(101))).toMatchObject([
      { code: 'TOO_LONG', field: ['name'], messageEn: 'At most 100 characters are allowed, 101 came.' },
    ]);
  });

  it.each(['•', '‧', '・', '･', '∙', '⋅', ' · '])('has one middle dot, whichever was typed: %j', (dot) => {
    expect(normaliseName(`艾力${dot}买买提`)).toBe('艾力·买买提');
  });

  it('keeps full-width letters and composes marks, since storage is NFC and not NFKC', () => {
    expect(normaliseName('Ａ')).toBe('Ａ');
    expect(normaliseName('e\u0301')).toBe('é');
    expect(normaliseName('  张\u3000 三 ')).toBe('张 三');
  });

  it('is the same after a second normalising, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const once = normaliseName(name);
        expect(normaliseName(once)).toBe(once);
      }),
    );
  });
});

describe('a mask', () => {
  it.each([
    ['张三丰', '张*'],
    ['张三', '张*'],
    ['𠮷野', '𠮷*'],
    [LONG_UYGHUR, '阿*'],
    ['葛\u{E0100}城', '葛\u{E0100}*'],
    ['', '*'],
  ])('of the name %s is %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it.each([
    ['190101202103150021', '**************0021'],
    ['12345678', '****5678'],
    ['12345', '***45'],
    ['', ''],
  ])('of the document number %s is %s', (number, masked) => {
    expect(maskDocumentNumber(number)).toBe(masked);
  });

  it.each([
    ['13800138000', '138****8000'],
    ['138 0013 8000', '138****8000'],
    ['010-1234', '****34'],
  ])('of the phone number %s is %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });
});
