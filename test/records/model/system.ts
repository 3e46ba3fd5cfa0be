/** The real service over a real store; its neighbours are stubs that know two kindergartens and a few children. */
import { mod11Check } from '../../../kernel/rules/identity-document.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Peers } from '../../../kernel/peers.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Done } from '../../../subgraphs/records/service/deps.ts';
import { recordService } from '../../../subgraphs/records/service.ts';
import type { RecordStore } from '../../../subgraphs/records/store/store.ts';
import { PROVINCES } from './provinces.ts';
import { Reference } from './reference.ts';
import type { Person } from './entering.ts';
import { WORDS, type Act, type Decide } from './steps.ts';
import { peersFrom } from '../../support/peers.ts';

/** The third is three years old only on 20 October; the second is registered with the first kindergarten only. */
const PEOPLE: readonly Person[] = [
  { bornOn: '2022-10-15', registeredBy: [0, 1] },
  { bornOn: '2023-01-15', registeredBy: [0] },
  { bornOn: '2023-10-20', registeredBy: [0, 1] },
];

let counties = 0;
let corners = 0;

/** A county nobody else has. */
export const newCounty = () => `19${String(counties++).padStart(4, '0')}`;

/** Invented: no region begins with 19. Every corner has its own, since its counties are its own. */
function residentId(region: string, bornOn: string): string {
  const first17 = `${region}${bornOn.replaceAll('-', '')}001`;
  return first17 + mod11Check(first17);
}

/** One run's own corner of the store: counties, kindergartens and children nobody else has. */
export function corner(
  store: RecordStore,
  ownNow?: () => Date,
  // Whoever takes a child in again tells children to move its holder.
  ask: Peers['ask'] = () => Promise.resolve({ moveHolders: { userErrors: [] } } as never),
  people: readonly Person[] = PEOPLE,
) {
  const province = PROVINCES[corners++ % PROVINCES.length]!;
  const reference = new Reference(people, province);
  const gardens = [0, 1].map((i) => {
    const countyCode = newCounty();
    const place = { provinceCode: province.code, cityCode: `C${countyCode.slice(1)}`, countyCode };
    return { i, id: newId(), code: `113399${String(counties).padStart(4, '0')}`, ...place };
  });
  const city = gardens[0]!.cityCode;
  for (const garden of gardens) garden.cityCode = city;
  const classIds = gardens.flatMap(() => [newId(), newId()]);
  const childIds = people.map(() => newId());
  const known: Readonly<Record<string, (key: { id: string; code: string }) => object | null>> = {
    Institution: ({ code }) => {
      const garden = gardens.find((one) => one.code === code);
      if (!garden) return null;
      const status = reference.open[garden.i] ? 'OPEN' : 'SUSPENDED';
      return { ...garden, status, ownership: 'PUBLIC', urbanRural: 'URBAN' };
    },
    Class: ({ id }) => {
      const n = classIds.indexOf(id);
      const level = n % 2 === 0 ? 'SMALL' : 'MIDDLE';
      return n < 0
        ? null
        : { id, level, sizeLimit: 25, schoolYear: 2026, institution: gardens[Math.floor(n / 2)]! };
    },
    Child: ({ id }) => {
      const n = childIds.indexOf(id);
      if (n < 0) return null;
      const { bornOn, registeredBy } = people[n]!;
      return {
        id,
        bornOn,
        sex: n === 0 ? 'MALE' : 'FEMALE',
        likeChildren: 0,
        residentIdForNumber: n === 0 ? residentId(gardens[0]!.countyCode, bornOn) : null,
        holderCodes: registeredBy.map((garden) => gardens[garden]!.code),
      };
    },
  };
  const peers: Peers = peersFrom({
    entities: (_, type, keys) => Promise.resolve(keys.map((key) => known[type]!(key as never)) as never),
    ask,
  });
  const now = ownNow ?? (() => new Date(`${reference.day}T04:00:00Z`));
  const service = recordService(store, peers, now);
  const recordIds: (string | undefined)[] = people.map(() => undefined);
  const applicationIds: string[][] = people.map(() => []);
  return { reference, gardens, classIds, childIds, recordIds, applicationIds, service, people };
}
export type Corner = ReturnType<typeof corner>;

/** Performs the step on the real service. A record or application that is not there gets an id that is not there. */
export async function perform(step: Act, viewer: Viewer, here: Corner): Promise<Done> {
  const { results } = await request(step, viewer, here);
  if (results.length !== 1) throw new Error(`One result was expected, ${results.length} came.`);
  const [done] = results;
  const applies = step.act === 'submitEnrolment' || step.act === 'requestTransfer';
  if (applies && done!.userErrors.length === 0) {
    here.recordIds[step.child] = done!.recordId!;
    here.applicationIds[step.child]!.push(done!.applicationId!);
  }
  return done!;
}

function request(step: Act, viewer: Viewer, here: Corner) {
  const { service, gardens, classIds, childIds } = here;
  const key = newId();
  const recordId = here.recordIds[step.child] ?? newId();
  const applicationId = ('back' in step && here.applicationIds[step.child]!.at(-1 - step.back)) || newId();
  switch (step.act) {
    case 'submitEnrolment': {
      const institutionCode = gardens[step.garden]!.code;
      const seat = { institutionCode, classId: classIds[step.class]!, enteredOn: step.on };
      return service.submitEnrolments(viewer, key, [{ childId: childIds[step.child]!, ...seat }]);
    }
    case 'requestTransfer': {
      const seat = { institutionCode: gardens[step.garden]!.code, classId: classIds[step.class]! };
      const evidence = step.papers ? PAPERS : [];
      const asked = { childId: childIds[step.child]!, ...seat, enteredOn: step.on, evidence };
      return service.requestTransfer(viewer, key, asked);
    }
    case 'agreeToTransfer':
      return service.agreeToTransfer(viewer, key, { applicationId });
    case 'objectToTransfer': {
      const objection = { ground: 'CUSTODY_DISPUTED', remark: WORDS[step.reason] } as const;
      return service.objectToTransfer(viewer, key, { applicationId, ...objection });
    }
    case 'moveClass':
      return service.moveClass(viewer, key, { recordId, classId: classIds[step.class]!, on: step.on });
    case 'leave': {
      const { reason, remark, on } = step;
      return service.leave(viewer, key, { recordId, reason, remark: WORDS[remark], on });
    }
    default:
      return service[`${step.act}s`](viewer, key, [{ applicationId, ...said(step, classIds) }]);
  }
}

const PAPERS = [{ kind: 'GUARDIAN_APPLICATION', reference: 'A-1', digest: '0'.repeat(64) }] as const;

/** Only a resubmission corrects, and it gives no reason. */
function said({ act, reason, class: classNo, on }: Decide, classIds: readonly string[]) {
  if (act !== 'resubmitApplication') return { reason: WORDS[reason] };
  return { classId: classNo === null ? null : classIds[classNo]!, enteredOn: on };
}
