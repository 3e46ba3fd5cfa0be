/** Graduates nobody is, as many as wanted, each told by its index: number, birth date, school. */
import { openPrimaryLinkStore } from '../../dist/subgraphs/primary-link/store/store.js';
import { openRecordStore } from '../../dist/subgraphs/records/store/store.js';
import { newId } from '../../dist/kernel/store/ids.js';
import { databaseOf } from './server.mjs';

const PER_SCHOOL = 400;
const SCHOOLS_PER_COUNTY = 28;
const COUNTIES_PER_CITY = 10;
const DAYS = 365;
const FIRST_DAY = Date.UTC(2019, 8, 1);
const PER_INSERT = 500;
const DAY_MS = 86_400_000;

/** No province has the prefix 19. */
function placeOf(school) {
  const county = Math.floor(school / SCHOOLS_PER_COUNTY);
  const two = (n) => String(n).padStart(2, '0');
  const city = two(1 + Math.floor(county / COUNTIES_PER_CITY));
  return {
    ...{ provinceCode: '190000', cityCode: `19${city}00` },
    countyCode: `19${city}${two(1 + (county % COUNTIES_PER_CITY))}`,
  };
}

export const schoolsFor = (graduates) => Math.ceil(graduates / PER_SCHOOL);
export const schoolCode = (n) => `21${String(n).padStart(8, '0')}`;

/** The admissions of one school. */
export function admissionsOf(school, graduates) {
  const first = school * PER_SCHOOL;
  return Array.from({ length: Math.min(PER_SCHOOL, graduates - first) }, (_, i) => asked(first + i));
}

function asked(index) {
  const bornOn = new Date(FIRST_DAY + (index % DAYS) * DAY_MS).toISOString().slice(0, 10);
  const serial = String(Math.floor(index / DAYS)).padStart(4, '0');
  const { countyCode } = placeOf(Math.floor(index / PER_SCHOOL));
  return { number: `L${countyCode}${bornOn.replaceAll('-', '')}${serial}`, bornOn };
}

/** Puts a partition of them into the databases as they are stored, past the graph. */
export async function insertGraduates(url, keys, { graduates, part = 0, of = 1 }) {
  const records = await openRecordStore({ url: databaseOf(url, 'records'), keys }, { migrate: false });
  const kindergarten = { institutionId: newId(), institutionCode: '1119000001', classId: newId() };
  for (let first = part * PER_INSERT; first < graduates; first += of * PER_INSERT) {
    const rows = Array.from({ length: Math.min(PER_INSERT, graduates - first) }, (_, i) =>
      graduate(first + i, kindergarten, keys),
    );
    await records.transaction(async (tx) => {
      for (const table of ['record', 'recordNumber', 'placement'])
        await tx.insert(
          records.tables[table],
          rows.map((row) => row[table]),
        );
    });
  }
  await records.close();
}

/** The schools they go to, and where each is. */
export async function insertSchools(url, keys, graduates) {
  const link = await openPrimaryLinkStore({ url: databaseOf(url, 'primary-link'), keys });
  const schools = Array.from({ length: schoolsFor(graduates) }, (_, n) => ({
    ...{ id: newId(), code: schoolCode(n), name: `示例小学${n}`, status: 'OPEN', ...placeOf(n) },
    ...{ openedOn: '2010-09-01', closedOn: null, version: 1 },
  }));
  await link.transaction((tx) => tx.insert(link.tables.primarySchool, schools));
  await link.close();
}

function graduate(index, kindergarten, keys) {
  const seat = { ...kindergarten, ...placeOf(Math.floor(index / PER_SCHOOL)) };
  const { number, bornOn } = asked(index);
  const [id, childId] = [newId(), newId()];
  const sex = index % 2 === 0 ? 'FEMALE' : 'MALE';
  const dimensions = {
    birthCohort: 2020,
    sex,
    classLevel: 'LARGE',
    ownership: 'PUBLIC',
    urbanRural: 'URBAN',
  };
  return {
    record: {
      ...{ id, childId, status: 'GRADUATED', number, ...seat, bornOn, birthCohort: 2020, sex },
      ...{ enteredOn: '2023-09-01', deferredUntil: null, mergedInto: null, events: 3, version: 3 },
    },
    recordNumber: {
      ...{ digest: keys.blindIndex('record-number', number).toString('hex'), recordId: id, number, claim: 0 },
      ...{ seq: 1, issuedOn: '2023-10-08', endedOn: null, endReason: null },
    },
    placement: {
      ...{ id: newId(), recordId: id, ...seat, ...dimensions },
      ...{ fromOn: '2023-09-01', untilOn: '2026-07-10', version: 2 },
    },
  };
}
