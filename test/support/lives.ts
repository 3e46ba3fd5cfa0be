import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import * as story from './story.ts';
import type { World } from './world.ts';

/** A paper of a kind, which somebody keeps elsewhere. */
export const paper = (kind: string) => ({ kind, reference: `${kind}-2026-1`, digest: 'ab'.repeat(32) });

const RECORD = `query($id: ID!) { record(id: $id) {
  status number enteredOn deferredUntil institution { code } deferral { until remindOn renewable }
  placements { fromOn untilOn institution { code } }
  events { type statusFrom statusTo effectiveOn account reason }
  applications { id kind state task dueOn until enteredOn holder { level code } }
  availableActions { action open reasons { code } }
} }`;

export interface ShownLife {
  readonly status: string;
  readonly number: string | null;
  readonly enteredOn: string;
  readonly deferredUntil: string | null;
  readonly institution: { code: string };
  readonly deferral: { until: string; remindOn: string; renewable: boolean } | null;
  readonly placements: { fromOn: string; untilOn: string | null; institution: { code: string } }[];
  readonly events: {
    type: string;
    statusFrom: string | null;
    statusTo: string;
    effectiveOn: string;
    account: string | null;
    reason: string | null;
  }[];
  readonly applications: { id: string; kind: string; state: string; task: string | null; dueOn: string }[];
  readonly availableActions: { action: string; open: boolean; reasons: { code: string }[] }[];
}

/** What stories about the lives of records do again and again, in one world. */
export function lives(world: World, classes: ReadonlyMap<string, string>) {
  const acts = story.acts(world, classes);
  return {
    acts,
    /** An enrolled child of the first kindergarten. */
    async enrolled(
      serial: number,
      bornOn: string,
      changes: Partial<story.Child> = {},
      enteredOn = '2026-10-08',
    ) {
      const child = story.inventedChild(serial, { bornOn, ...changes });
      const registered = await acts.register(story.garden, [child]);
      const childId = registered.results[0]!.child!.id;
      const submitted = await acts.submit(story.garden, [childId], { enteredOn });
      const { results } = await acts.approve(story.deciding, [submitted.results[0]!.application!.id]);
      const { id, number } = results[0]!.record!;
      return { id, number: number!, childId, child, bornOn };
    },
    async shown(as: ViewerSpec, id: string): Promise<ShownLife | null> {
      return (await world.data<{ record: ShownLife | null }>(as, RECORD, { id })).record;
    },
    /** Its last application, whatever became of it. */
    async applied(as: ViewerSpec, id: string) {
      return (await this.shown(as, id))!.applications.at(-1)!;
    },
    /** Children in kindergarten in the county, now or on a day. */
    async counted(on: string | null = null): Promise<number> {
      const query = `query($on: LocalDate) { enrolmentCounts(by: [], filter: { region: "${story.COUNTY}" }, on: $on) { count } }`;
      const answer = await world.data<{ enrolmentCounts: { count: number }[] }>(story.analyst, query, { on });
      return answer.enrolmentCounts[0]?.count ?? 0;
    },
    async resolved(number: string, bornOn: string): Promise<object> {
      const query =
        'query($number: String!, $bornOn: LocalDate!) { resolveNumber(number: $number, bornOn: $bornOn) { outcome currentNumber status } }';
      return (await world.data<{ resolveNumber: object }>(story.school, query, { number, bornOn }))
        .resolveNumber;
    },
    /** The clock's own work on records. A story jumps over months in which its clerks would have gone on working. */
    async tick(): Promise<void> {
      await world.subgraphs.find(({ name }) => name === 'records')!.tick?.();
    },
    openTo: (record: ShownLife) =>
      record.availableActions.filter(({ open }) => open).map(({ action }) => action),
  };
}
export type Lives = ReturnType<typeof lives>;

export const codesOf = ({ userErrors }: { userErrors: readonly { code: string }[] }) =>
  userErrors.map(({ code }) => code);
