import { expect, it } from 'vitest';
import { provinceOf } from '../../gateway/answered.ts';
import { NATION, type Area } from '../../kernel/rules/viewer.ts';

it.each<[Area, string]>([
  [{ level: 'INSTITUTION', code: '1119990001' }, '190000'],
  [{ level: 'INSTITUTION', code: '2119000001' }, '190000'],
  [{ level: 'COUNTY', code: '190110' }, '190000'],
  [{ level: 'PROVINCE', code: '190000' }, '190000'],
  [NATION, '000000'],
])('the line of a request tells the province of who asked: %j', (area, province) => {
  expect(provinceOf({ area })).toBe(province);
});
