import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkTextForm, isWellFormed } from '../../../kernel/rules/text.ts';

it('A text is well-formed exactly when UTF-8 gives it back', () => {
  const anything = fc
    .array(fc.integer({ min: 0, max: 0xffff }))
    .map((units) => String.fromCharCode(...units));
  const surrogates = fc
    .array(fc.integer({ min: 0xd7ff, max: 0xe000 }))
    .map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(fc.oneof(anything, surrogates, fc.string({ unit: 'binary' })), (text) => {
      expect(isWellFormed(text)).toBe(Buffer.from(text, 'utf8').toString('utf8') === text);
    }),
  );
});

it('Half a character is refused at its field', () => {
  expect(checkTextForm('𠮷', ['name'])).toEqual([]);
  expect(checkTextForm('s\ud800', ['name'])).toMatchObject([{ code: 'TEXT_MALFORMED', field: ['name'] }]);
});
