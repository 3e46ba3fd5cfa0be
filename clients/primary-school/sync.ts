import { act, resume, type Acting } from './acts.ts';
import type { SchoolDatabase } from './database.ts';
import { follow, PARTITIONS } from './follow.ts';
import { lookUp } from './look-up.ts';
import type { Act, Pupil, PupilState, SentItem } from './model.ts';
import { schoolOffered } from './operations.ts';
import type { ReceiptKeys } from './receipts.ts';

export interface School extends Acting {
  readonly db: SchoolDatabase;
  readonly keys: ReceiptKeys;
  /** Most items of one request. */
  readonly batch: number;
  /** The first day in primary school; the day of the acknowledgement where left out. */
  readonly admittedOn: string | null;
}

/**
 * Carries everybody as far as they can be carried, from wherever the school stopped: it may be killed anywhere and be
 * started again, and never needs to know where that was.
 */
export async function sync(school: School): Promise<void> {
  await resume(school);
  await hearOffers(school);
  while (await lookUp(school, school.batch));
  await each(school, 'claim', 'FOUND', ({ number, bornOn }) => ({ number, bornOn }));
  for (const state of ['OFFERED', 'DISPUTED'] as const)
    await each(school, 'accept', state, ({ takeOverId }) => ({ takeOverId }));
  const { admittedOn } = school;
  await each(school, 'acknowledge', 'ACCEPTED', ({ takeOverId }) => ({ takeOverId, admittedOn }));
  await school.keys.learn(school.graph);
  for (const partition of school.mischief.shuffled(PARTITIONS)) await follow(school, partition);
}

/** One act on everybody in the state, each once: who stays in it is asked about again the next time. */
async function each(
  school: School,
  name: Act,
  state: PupilState,
  inputOf: (pupil: Pupil) => SentItem['input'],
): Promise<void> {
  let after = '';
  const choose = () => {
    const chosen = school.pupils.idle(state, after, school.batch);
    after = chosen.at(-1)?.ref ?? after;
    return school.mischief.shuffled(chosen).map((pupil) => ({ ref: pupil.ref, input: inputOf(pupil) }));
  };
  while (await act(school, name, choose));
}

/** Whose records are offered to the school; who the child is, it learns when it accepts. */
async function hearOffers({ graph, pupils }: School): Promise<void> {
  let after: string | null = null;
  do {
    const { takeOvers }: { takeOvers: Page } = await graph.ask(schoolOffered, { after });
    for (const { id } of takeOvers.nodes)
      pupils.add({ ref: `offer-${id}`, state: 'OFFERED', number: null, bornOn: null, takeOverId: id });
    after = takeOvers.pageInfo.hasNextPage ? takeOvers.pageInfo.endCursor : null;
  } while (after !== null);
}

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Gives one pupil's record back. Answers what came of it: the state, or why not. */
export async function giveBack(
  school: School,
  ref: string,
  name: 'cancel' | 'release',
  reason: string | null,
): Promise<Pupil | null> {
  await resume(school);
  const pupil = school.pupils.byRef(ref);
  if (!pupil?.takeOverId) return pupil;
  await act(school, name, () => [{ ref, input: { takeOverId: pupil.takeOverId, reason } }]);
  return school.pupils.byRef(ref);
}
