/**
 * Questions between a worker and its primary, over the pipe node:cluster keeps between the two. Those of one turn of the
 * event loop go in one message and are answered in one, because a message costs more than most of what is asked.
 */
import { isRecord } from '../plain-json.ts';

/** A worker as its primary has it, or the process itself in a worker. */
export interface End {
  send(message: object, sent: (error: Error | null) => void): unknown;
  on(event: 'message', heard: (message: unknown) => void): unknown;
  on(event: 'disconnect', heard: () => void): unknown;
}

export interface Line {
  /** Rejects with NoAnswer where none came in time, or the other side could not give one, or is gone. */
  ask(topic: string, question?: unknown, withinMs?: number): Promise<unknown>;
  /** What the other side is answered when it asks so. */
  answer(topic: string, give: (question: unknown) => unknown): void;
}

export class NoAnswer extends Error {}

type Asked = readonly [id: number, topic: string, question: unknown];
/** `false` stands for an answer that could not be given. */
type Told = readonly [id: number, answer: unknown, given?: boolean];

interface Waiting {
  readonly until: number;
  readonly tell: (answer: unknown) => void;
  readonly fail: (reason: NoAnswer) => void;
}

const WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 250;

export function openLine(end: End, withinMs: number = WITHIN_MS): Line {
  const topics = new Map<string, (question: unknown) => unknown>();
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let gone = false;
  // Whoever is not there any more hears nothing; those who wait for it are let go in time.
  const send = (message: object) => void end.send(message, () => undefined);
  const asks = together<Asked>((all) => send({ asks: all }));
  const answers = together<Told>((all) => send({ answers: all }));

  async function give([id, topic, question]: Asked): Promise<void> {
    try {
      const answer = await topics.get(topic)!(question);
      answers([id, answer]);
    } catch {
      answers([id, null, false]);
    }
  }

  function hear([id, answer, given = true]: Told): void {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (given) asker?.tell(answer);
    else asker?.fail(new NoAnswer('the other side has none'));
  }

  function letGo(): void {
    const now = performance.now();
    for (const [id, { until, fail }] of waiting) {
      if (until > now) continue;
      waiting.delete(id);
      fail(new NoAnswer('none in time'));
    }
  }

  end.on('message', (message) => {
    if (!isRecord(message)) return;
    for (const one of (message['asks'] ?? []) as Asked[]) void give(one);
    for (const one of (message['answers'] ?? []) as Told[]) hear(one);
  });
  const looking = setInterval(letGo, LOOK_EVERY_MS).unref();
  end.on('disconnect', () => {
    gone = true;
    clearInterval(looking);
    for (const { fail } of waiting.values()) fail(new NoAnswer('the other side is gone'));
    waiting.clear();
  });

  return {
    ask: (topic, question = null, within = withinMs) =>
      new Promise((tell, fail) => {
        if (gone) return fail(new NoAnswer('the other side is gone'));
        waiting.set(++asked, { until: performance.now() + within, tell, fail });
        asks([asked, topic, question]);
      }),
    answer: (topic, answer) => void topics.set(topic, answer),
  };
}

/** Hands on in one piece what it is given in one turn of the event loop. */
function together<T>(handOn: (all: readonly T[]) => void): (one: T) => void {
  let all: T[] = [];
  return (one) => {
    if (all.push(one) > 1) return;
    setImmediate(() => {
      const handed = all;
      all = [];
      handOn(handed);
    });
  };
}
