import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkName, comparedName, normaliseName } from '../../../kernel/rules/person-name.ts';
import { maskDocumentNumber, maskName, maskPhone, maskWholly } from '../../../kernel/rules/masking.ts';

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

  it.each([0xfe00, 0x34f, 0x3164, 0x115f, 0x1160, 0xffa0, 0x180b, 0x200d, 0x17b4, 0x16fe4, 0x301, 0xe01f0])(
    'is refused with the character %i behind an ideograph, which nobody would see',
    (code) => {
      expect(codes(`张三${String.fromCodePoint(code)}`)).toEqual(['NAME_CHARACTERS']);
    },
  );

  it.each(['\u{E0100}张三', 'a\u{E0100}', '葛\u{E0100}\u{E0101}', '\u3164', '\u0301', '张\u{E0100}\u{FE00}'])(
    'is refused as %j, for a selector that selects nothing or nothing to be seen',
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

  it.each([
    ['张 三', '张三'],
    ['葛\u{E0100}城', '葛城'],
    ['葛\u{E0100} 城', '葛城'],
    ['Ａｎｎａ', 'Anna'],
    ['阿依 • 古丽', '阿依·古丽'],
    ['Anna Maria', 'Anna Maria'],
    ['Anna 张', 'Anna 张'],
  ])('is compared, but not stored: %j as %j', (name, compared) => {
    expect(comparedName(name)).toBe(compared);
  });

  it('that is taken is never another one by what cannot be seen, wherever it stands', () => {
    const han = fc.constantFrom('张', '三', '𠮷', '〇', '\u{30EDE}');
    const unseen = fc.oneof(
      fc.constantFrom(
        ' ',
        '\u3000',
        '\u200B',
        '\u034F',
        '\u3164',
        '\u115F',
        '\u{E0100}',
        '\u{E01EF}',
        '\u{E0001}',
      ),
      fc.integer({ min: 0xfe00, max: 0xfe0f }).map((code) => String.fromCodePoint(code)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(han, fc.array(unseen, { maxLength: 2 })), { minLength: 1 }), (parts) => {
        const plain = parts.map(([letter]) => letter).join('');
        const name = parts.map(([letter, more]) => letter + more.join('')).join('');
        expect(codes(name).length === 1 || comparedName(name) === plain).toBe(true);
      }),
    );
  });

  it('is compared the same after a second time, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const once = comparedName(name);
        expect(comparedName(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
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

  it('of a whole number shows its length', () => {
    expect(maskWholly('E12345678')).toBe('*********');
  });

  it.each([
    ['13800138000', '138****8000'],
    ['138 0013 8000', '138****8000'],
    ['010-1234', '****34'],
  ])('of the phone number %s is %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });
});
