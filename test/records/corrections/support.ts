/** The real records and the real children beside it; institutions are a stub, and anything can be made to fail. */
import { expect } from 'vitest';
import { newId } from '../../../kernel/store/ids.ts';
import { peersOf, type Peers } from '../../../kernel/peers.ts';
import { inProcess } from '../../../kernel/serve/in-process.ts';
import { peerTransport } from '../../../kernel/serve/peer-transport.ts';
import { mod11Check } from '../../../kernel/rules/identity-document.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { openChildren } from '../../../subgraphs/children/main.ts';
import type { Evidence, KeyChanges } from '../../../subgraphs/records/model.ts';
import { recordService } from '../../../subgraphs/records/service.ts';
import { openRecordStore, type RecordStore } from '../../../subgraphs/records/store/store.ts';
import type { Databases } from '../../support/databases.ts';
import { peersFrom } from '../../support/peers.ts';

export const NOW = new Date('2026-11-23T02:00:00.000Z');
export const TODAY = '2026-11-23';

const place = { provinceCode: '190000', cityCode: '190100', countyCode: '190101' };
export const INSTITUTION = {
  ...{ id: newId(), code: '1119000001', status: 'OPEN', ownership: 'PUBLIC', urbanRural: 'URBAN' },
  ...place,
};
const CLASS = { id: newId(), level: 'SMALL', sizeLimit: 500, schoolYear: 2026, institution: INSTITUTION };

export const garden: Viewer = {
  account: 'garden-1',
  role: 'KINDERGARTEN',
  area: { level: 'INSTITUTION', code: INSTITUTION.code },
};
export const county: Viewer = {
  account: 'county-1',
  role: 'COUNTY',
  area: { level: 'COUNTY', code: '190101' },
};
export const province: Viewer = {
  account: 'province-1',
  role: 'PROVINCE',
  area: { level: 'PROVINCE', code: '190000' },
};
export const ministry: Viewer = {
  account: 'ministry-1',
  role: 'MINISTRY',
  area: { level: 'NATION', code: '000000' },
};

const paper = (kind: Evidence['kind']): Evidence => ({ kind, reference: 'F-1', digest: 'ab'.repeat(32) });
export const PROOF = [paper('GUARDIAN_APPLICATION'), paper('IDENTITY_DOCUMENT')];

/** An invented resident ID: no province has the prefix 19; an odd serial is a boy's. */
export function inventedId(bornOn: string, serial: number): string {
  const first17 = `190101${bornOn.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return first17 + mod11Check(first17);
}

export interface Someone {
  readonly name: string;
  readonly sex: 'MALE' | 'FEMALE';
  readonly bornOn: string;
  /** Null where the child has no document. */
  readonly id: string | null;
}

export const nothing: KeyChanges = {
  name: null,
  sex: null,
  bornOn: null,
  documentKind: null,
  documentNumber: null,
};

export const resident = (documentNumber: string): Partial<KeyChanges> => ({
  documentKind: 'RESIDENT_ID',
  documentNumber,
});

/** Where the records subgraph breaks off; each word is a moment of carrying a correction out. */
export type Crash = 'CHILDREN_DOWN' | 'ANSWER_LOST' | 'BEFORE_WRITING' | 'WHILE_WRITING' | 'AFTER_WRITING';

export class Broken extends Error {}

export async function openBoth(databases: Databases) {
  const children = await openChildren({
    location: await databases.fresh('children'),
    peers: stubOfInstitutions(),
    now: () => NOW,
  });
  const store = await openRecordStore(await databases.fresh('records'));
  const state: { crash: Crash | null; corrected: boolean } = { crash: null, corrected: false };
  const asking = peersOf(
    'records',
    peerTransport(() => inProcess(children)),
  );
  const peers: Peers = peersFrom({
    entities: (to, type, keys, selection) =>
      to === 'children'
        ? asking.entities(to, type, keys, selection)
        : stubOfInstitutions().entities(to, type, keys, selection),
    async ask(to, query, variables) {
      const carriesOut = query.includes('correctChild');
      if (carriesOut && state.crash === 'CHILDREN_DOWN') throw new Broken();
      const answer = await asking.ask<never>(to, query, variables);
      if (carriesOut && state.crash === 'ANSWER_LOST') throw new Broken();
      state.corrected ||= carriesOut;
      return answer;
    },
  });
  const breaking: RecordStore = {
    ...store,
    async transaction(work) {
      if (!state.corrected || !state.crash) return store.transaction(work);
      if (state.crash === 'BEFORE_WRITING') throw new Broken();
      if (state.crash === 'AFTER_WRITING') {
        await store.transaction(work);
        throw new Broken();
      }
      return store.transaction(async (tx) => {
        await work(tx);
        throw new Broken();
      });
    },
  };
  const records = recordService(breaking, peers, () => NOW);
  /** From now on; null: nowhere any more. */
  const breakAt = (crash: Crash | null) => Object.assign(state, { crash, corrected: false });
  return { children, store, records, breakAt, ...acting(children, records), close };

  async function close() {
    await children.close();
    await store.close();
  }
}
export type Both = Awaited<ReturnType<typeof openBoth>>;

function stubOfInstitutions(): Peers {
  const known: Readonly<Record<string, object>> = {
    [INSTITUTION.code]: INSTITUTION,
    [CLASS.id]: CLASS,
  };
  return peersFrom({
    entities: (_, type, keys) =>
      Promise.resolve(keys.map((key) => known[Object.values(key)[0] as string] ?? null) as never),
    ask: () => Promise.reject(new Error('Nothing is asked but entities.')),
  });
}

function acting(
  children: Awaited<ReturnType<typeof openChildren>>,
  records: ReturnType<typeof recordService>,
) {
  const service: Viewer = {
    account: 'service:test',
    role: 'SERVICE',
    area: { level: 'NATION', code: '000000' },
  };
  const ask = async <T>(query: string, variables: Record<string, unknown>, viewer: Viewer) => {
    const { data, errors } = await inProcess(children).ask(
      { query, variables },
      { viewer, requestId: newId() },
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data as T;
  };
  return {
    /** Registers a child without any doubt; answers its id. */
    async register({ name, sex, bornOn, id }: Someone): Promise<string> {
      const document = { documentKind: id === null ? 'NONE' : 'RESIDENT_ID', documentNumber: id };
      const guardians = [{ relation: 'MOTHER', name: '丙丁', phone: '19900000000' }];
      const { registerChildren } = await ask<{
        registerChildren: { results: { child: { id: string } | null; userErrors: object[] }[] };
      }>(
        `mutation($input: RegisterChildrenInput!) { registerChildren(input: $input) { results { child { id } userErrors { code field } } } }`,
        { input: { idempotencyKey: newId(), items: [{ name, sex, bornOn, ...document, guardians }] } },
        garden,
      );
      const [result] = registerChildren.results;
      if (!result?.child) throw new Error(JSON.stringify(result));
      return result.child.id;
    },
    /** The child as children has it now, for a neighbour. */
    async childOf(id: string) {
      const { _entities: found } = await ask<{ _entities: { bornOn: string; sex: string }[] }>(
        `query($id: ID!) { _entities(representations: [{ __typename: "Child", id: $id }]) { ... on Child { name bornOn sex residentIdForNumber } } }`,
        { id },
        service,
      );
      return found[0]!;
    },
    /** Enrols the child; answers its record's id. */
    async enrol(childId: string): Promise<string> {
      const item = { childId, institutionCode: INSTITUTION.code, classId: CLASS.id, enteredOn: '2026-10-08' };
      const { results } = await records.submitEnrolments(garden, newId(), [item]);
      if (!results[0]?.applicationId) throw new Error(JSON.stringify(results));
      await this.approve(results[0].applicationId);
      return results[0].recordId!;
    },
    async approve(applicationId: string, viewer = county, key: string = newId()) {
      const { results } = await records.approveApplications(viewer, key, [{ applicationId }]);
      return results[0]!;
    },
    async request(recordId: string, changes: Partial<KeyChanges>, evidence: readonly Evidence[] = PROOF) {
      const item = { recordId, changes: { ...nothing, ...changes }, evidence };
      return (await records.requestCorrection(garden, newId(), item)).results[0]!;
    },
    /** Asks for a correction and has it approved; answers the application as it is then. */
    async correct(recordId: string, changes: Partial<KeyChanges>) {
      const { applicationId, userErrors } = await this.request(recordId, changes);
      if (!applicationId) throw new Error(JSON.stringify(userErrors));
      const { userErrors: refusals } = await this.approve(applicationId);
      if (refusals.length > 0) throw new Error(JSON.stringify(refusals));
      return (await records.applicationsById([applicationId]))[0]!;
    },
    recordOf: async (id: string) => (await records.recordsById([id]))[0]!,
    eventsOf: async (id: string) => (await records.eventsByRecord([id])).map(({ type }) => type),
    /** Children in kindergarten of a birth cohort and a sex; the cells must say what the stays say. */
    async counted(cohort: number, sex: string): Promise<number> {
      const query = { by: ['AGE', 'SEX'] as const, area: county.area, where: {} };
      const cells = await records.countNow(query);
      expect(cells).toEqual(await records.recount(query, TODAY));
      return cells.find(({ values }) => values[0] === cohort && values[1] === sex)?.count ?? 0;
    },
  };
}

export const codes = (errors: readonly { code: string }[]) => errors.map(({ code }) => code);
