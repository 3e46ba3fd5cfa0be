interface Index {
  name: string;
  columns: string[];
  unique?: boolean;
}

/** Lists page by id within an area and a status; "at most one" stands in unique indices, not in code. */
export const INDICES = {
  record: [
    { name: 'record_child', columns: ['childId'], unique: true },
    { name: 'record_institution', columns: ['institutionCode', 'status', 'id'] },
    { name: 'record_county', columns: ['countyCode', 'status', 'id'] },
    { name: 'record_city', columns: ['cityCode', 'status', 'id'] },
    { name: 'record_province', columns: ['provinceCode', 'status', 'id'] },
  ],
  placement: [
    { name: 'placement_open', columns: ['openKey'], unique: true },
    { name: 'placement_record', columns: ['recordId', 'fromOn'] },
    { name: 'placement_class', columns: ['classId', 'untilOn'] },
    { name: 'placement_institution', columns: ['institutionCode', 'untilOn'] },
    { name: 'placement_county', columns: ['countyCode', 'fromOn'] },
  ],
  application: [
    { name: 'application_open', columns: ['openKey'], unique: true },
    { name: 'application_record', columns: ['recordId', 'id'] },
    { name: 'application_institution', columns: ['institutionCode', 'state', 'id'] },
    { name: 'application_county', columns: ['countyCode', 'state', 'id'] },
    { name: 'application_city', columns: ['cityCode', 'state', 'id'] },
    { name: 'application_province', columns: ['provinceCode', 'state', 'id'] },
    { name: 'application_class', columns: ['classId', 'state'] },
  ],
  deadlineChange: [{ name: 'deadline_change_application', columns: ['applicationId', 'id'] }],
  recordNumber: [{ name: 'record_number_record', columns: ['recordId'] }],
  enrolmentCount: [
    { name: 'enrolment_count_province', columns: ['level', 'provinceCode'] },
    { name: 'enrolment_count_city', columns: ['level', 'cityCode'] },
    { name: 'enrolment_count_county', columns: ['level', 'countyCode'] },
  ],
} satisfies { [table: string]: Index[] };

/** Migration 4: whose turn it is, what is late, where a child comes from, how things stood on a day. */
export const LIFE_INDICES = {
  application: [
    { name: 'application_holder', columns: ['holderCode', 'holderLevel', 'id'] },
    { name: 'application_due', columns: ['state', 'dueOn', 'id'] },
    { name: 'application_from_institution', columns: ['fromInstitutionCode', 'state', 'id'] },
    { name: 'application_from_county', columns: ['fromCountyCode', 'state', 'id'] },
    { name: 'application_from_city', columns: ['fromCityCode', 'state', 'id'] },
    { name: 'application_from_province', columns: ['fromProvinceCode', 'state', 'id'] },
  ],
  applicationStep: [
    { name: 'application_step_holder', columns: ['holderCode', 'endedOn'] },
    { name: 'application_step_county', columns: ['countyCode', 'begunOn'] },
    { name: 'application_step_city', columns: ['cityCode', 'begunOn'] },
    { name: 'application_step_province', columns: ['provinceCode', 'begunOn'] },
  ],
  recordEvent: [
    { name: 'record_event_institution', columns: ['institutionCode', 'recordId', 'seq'] },
    { name: 'record_event_county', columns: ['countyCode', 'recordId', 'seq'] },
    { name: 'record_event_city', columns: ['cityCode', 'recordId', 'seq'] },
    { name: 'record_event_province', columns: ['provinceCode', 'recordId', 'seq'] },
  ],
  record: [{ name: 'record_deferred', columns: ['status', 'deferredUntil', 'id'] }],
  followUp: [
    { name: 'follow_up_open', columns: ['doneAt', 'id'] },
    { name: 'follow_up_record', columns: ['recordId', 'doneAt'] },
  ],
} satisfies { [table: string]: Index[] };

/** Migration 10: the work of one holder by the day it is due, counted from the index alone. */
export const QUEUE_INDICES = {
  application: [
    {
      name: 'application_holder_due',
      columns: ['holderCode', 'holderLevel', 'dueOn', 'id', 'kind', 'task'],
    },
  ],
} satisfies { [table: string]: Index[] };

/** Migration 11: which duplicates a record goes on for. */
export const MERGED_INDEX = { name: 'record_merged', columns: ['mergedInto'] } satisfies Index;

/** Migration 8. */
export const CHAIN_INDEX = {
  name: 'record_number_chain',
  columns: ['recordId', 'seq'],
  unique: true,
} satisfies Index;
