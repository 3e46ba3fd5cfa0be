/**
 * A county in memory: a hundred kindergartens of a hundred children, and two hundred counts. What is compared over
 * it is the gateway, because nothing else takes any time.
 */
export const COUNTY = '190110';
const KINDERGARTENS = 100;
const CHILDREN = 10_000;
const COUNTS = 200;

const code = (i) => `${COUNTY}${String(i).padStart(4, '0')}`;
const list = (length, make) => Array.from({ length }, (_, i) => make(i));

export const institutions = list(KINDERGARTENS, (i) => ({
  id: `institution-${i}`,
  code: code(i),
  name: `第${i}幼儿园`,
  ownership: i % 3 ? 'PUBLIC' : 'OTHER_PRIVATE',
}));
export const classes = list(KINDERGARTENS * 3, (i) => ({
  id: `class-${i}`,
  name: `${i % 3}班`,
  level: ['SMALL', 'MIDDLE', 'LARGE'][i % 3],
}));
export const children = list(CHILDREN, (i) => ({
  id: `child-${i}`,
  name: `某${i}`,
  sex: i % 2 ? 'MALE' : 'FEMALE',
  bornOn: `2022-0${1 + (i % 9)}-1${i % 9}`,
  guardians: [{ relation: i % 2 ? 'FATHER' : 'MOTHER', name: `某某${i}` }],
}));
export const records = list(CHILDREN, (i) => ({
  id: `record-${i}`,
  number: `L${COUNTY}2026${String(i).padStart(8, '0')}`,
  status: 'ENROLLED',
  enteredOn: '2026-09-01',
  childId: `child-${i}`,
  institutionCode: code(i % KINDERGARTENS),
  classId: `class-${i % (KINDERGARTENS * 3)}`,
}));
export const counts = list(COUNTS, (i) => ({
  region: code(i).slice(0, 6),
  age: 3 + (i % 3),
  sex: i % 2 ? 'MALE' : 'FEMALE',
  classLevel: ['SMALL', 'MIDDLE', 'LARGE'][i % 3],
  count: 1000 + i,
}));

const by = (rows, key) => new Map(rows.map((row) => [row[key], row]));
export const institutionOf = by(institutions, 'code');
export const classOf = by(classes, 'id');
export const childOf = by(children, 'id');
export const recordOf = by(records, 'id');
const recordsOf = Map.groupBy
  ? Map.groupBy(records, ({ institutionCode }) => institutionCode)
  : records.reduce(
      (map, row) => map.set(row.institutionCode, [...(map.get(row.institutionCode) ?? []), row]),
      new Map(),
    );

/** The first of one kindergarten's, or of all from a place on. */
export function recordsFrom({ institution }, first, after) {
  const all = institution ? (recordsOf.get(institution) ?? []) : records;
  const from = after ? Number(after) : 0;
  return all.slice(from, from + first);
}
