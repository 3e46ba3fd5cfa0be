/** Clerks that transfer children to and fro through a process that keeps being killed, and never lose their temper. */
import { addDays, type PlainDate } from '../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { newId } from '../../kernel/store/ids.ts';
import { countyOf, kindergarten, type Garden, type Scene } from './kill-scene.ts';

const PAPER = { kind: 'GUARDIAN_APPLICATION', reference: 'K-1', digest: 'ab'.repeat(32) };

/** One child as its clerks know it. */
export interface Life {
  readonly n: number;
  readonly childId: string;
  /** Where it is, by what was answered. */
  at: Garden;
  /** The first day of its present stay; the next begins a day later. */
  since: PlainDate;
  /** Who registered it, or got it, and has not given it away. */
  readonly holders: Set<string>;
  /** Acts that were answered as done, in order. */
  readonly done: string[];
  /** A clerk never came back to learn what became of the last act. */
  abandoned: boolean;
}

interface Done {
  readonly application: { id: string } | null;
  readonly record: { id: string } | null;
  readonly userErrors: readonly { code: string }[];
}

export interface InFlight {
  readonly account: string;
  readonly key: string;
  readonly act: string;
}

class Abandoned extends Error {}

export function clerks(scene: Scene, random: () => number) {
  const inFlight = new Set<InFlight>();
  const surprises: string[] = [];
  let cut = 0;
  let answered = 0;

  /** Asks until there is an answer, under one key; the process may be another one each time. */
  async function ask(life: Life, viewer: Viewer, act: string, input: object): Promise<Done> {
    const key = newId();
    const type = `${act[0]!.toUpperCase()}${act.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { act: ${act}(input: $input) { ${ANSWER} } }`;
    const variables = { input: { idempotencyKey: key, ...input } };
    const call = { account: viewer.account, key, act };
    // Nobody begins anything that could not be cut: then there is room for the next process to start.
    await scene.records.successor();
    for (;;) {
      const { source } = await scene.records.current();
      inFlight.add(call);
      const { data, errors } = await source
        .ask({ query, variables }, { viewer, requestId: newId() })
        .catch(() => ({ data: null, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] }))
        .finally(() => inFlight.delete(call));
      const answer = data?.['act'] as Done | null | undefined;
      if (answer && !errors) {
        if (answer.userErrors.length > 0) surprises.push(`${act}: ${answer.userErrors[0]!.code}`);
        life.done.push(act);
        answered += 1;
        return answer;
      }
      const code = String(errors?.[0]?.extensions?.['code']);
      if (code !== 'SUBGRAPH_UNAVAILABLE' && code !== 'CONFLICT') surprises.push(`${act}: ${code}`);
      if (code === 'SUBGRAPH_UNAVAILABLE') cut += 1;
      // Some callers never come back, and the clock has to finish what they began.
      if (act === 'approveApplication' && random() < 0.04) throw new Abandoned();
    }
  }

  /** Asked for, answered, perhaps returned, and decided or taken back. */
  async function transfer(life: Life, to: Garden): Promise<void> {
    await scene.register(to, [life.n]);
    life.holders.add(to.code);
    const enteredOn = addDays(life.since, 1);
    const seat = { childId: life.childId, institutionCode: to.code, classId: to.classId, enteredOn };
    const { application } = await ask(life, kindergarten(to), 'requestTransfer', {
      ...seat,
      evidence: [PAPER],
    });
    const applicationId = application!.id;
    if (random() < 0.7) await ask(life, kindergarten(life.at), 'agreeToTransfer', { applicationId });
    else
      await ask(life, kindergarten(life.at), 'objectToTransfer', {
        applicationId,
        ground: 'CUSTODY_DISPUTED',
      });
    if (random() < 0.15) {
      await ask(life, countyOf(to), 'returnApplication', { applicationId, reason: '补' });
      await ask(life, kindergarten(to), 'resubmitApplication', { applicationId });
    }
    if (random() < 0.15) {
      await ask(life, kindergarten(to), 'withdrawApplication', { applicationId });
      return;
    }
    await ask(life, countyOf(to), 'approveApplication', { applicationId, reason: '核' });
    life.holders.delete(life.at.code);
    Object.assign(life, { at: to, since: enteredOn });
  }

  return {
    inFlight,
    surprises,
    cut: () => cut,
    answered: () => answered,
    /** One transfer more, unless its clerk gives up. */
    async live(life: Life): Promise<void> {
      const others = scene.gardens.filter(({ code }) => code !== life.at.code);
      try {
        await transfer(life, others[Math.floor(random() * others.length)]!);
      } catch (error) {
        if (!(error instanceof Abandoned)) throw error;
        life.abandoned = true;
      }
    },
  };
}

const ANSWER = 'application { id } record { id } userErrors { code }';
