/**
 * How accounts stand, as every service knows it: institutions is asked every second which have changed, so that a
 * revocation is known everywhere at once. The gateway also asks for those it has not seen, and keeps them.
 */
import { today } from '../rules/plain-date.ts';
import { NATION, type Viewer } from '../rules/viewer.ts';
import { SubgraphUnavailable, type DataSource } from './data-source.ts';
import { faultFacts, type Log } from './log.ts';
import { Lru } from './lru.ts';
import { CHANGED, OF, standingsIn, USED, type Standing } from './standings-asked.ts';

export type { Standing } from './standings-asked.ts';

export interface Standings {
  /** How an account stands; null where nobody filed it. Rejects with StandingsUnknown. */
  of(account: string): Promise<Standing | null>;
  /** What is known to have changed of it lately; undefined where nothing has. Rejects with StandingsUnknown. */
  lately(account: string): Promise<Standing | undefined>;
  /** Lets institutions know that it was used today. */
  used(standing: Standing): void;
  stop(): Promise<void>;
}

/** Institutions has not been heard for too long, so nobody can say who may still act. */
export class StandingsUnknown extends Error {}

export interface StandingsOptions {
  /** Institutions. Closed with the standings. */
  readonly source: DataSource;
  /** Who asks: the gateway, or a neighbour by its name. */
  readonly asker: Viewer;
  readonly log: Log;
  readonly pollMs?: number;
  /** How long what was heard holds good; after that nobody is let in. */
  readonly trustMs?: number;
}

export const GATEWAY: Viewer = { account: 'service:gateway', role: 'GATEWAY', area: NATION };
export const serviceOf = (name: string): Viewer => ({
  account: `service:${name}`,
  role: 'SERVICE',
  area: NATION,
});

/** A question that takes longer is asked again; so a revocation is late by a turn, and not by a timeout. */
export const STANDINGS_DEADLINES = { queryMs: 2_000, mutationMs: 2_000 };

const POLL_MS = 1_000;
const TRUST_MS = 60_000;
const KEPT = { entries: 200_000, weight: 200_000 };
const NAMES_MAX = 500;
/** As many as institutions tells at once; then there may be more. */
const CHANGES_MAX = 5_000;

/** What nobody filed is remembered as well, until somebody files it. */
interface Known {
  readonly standing: Standing | null;
}

export function watchStandings(options: StandingsOptions): Standings {
  const { source, asker, log, pollMs = POLL_MS, trustMs = TRUST_MS } = options;
  const known = new Lru<Known>(KEPT);
  let changed = new Map<string, Standing>();
  let heardAt = performance.now();
  let turn: Promise<void> | undefined;
  let wanted: Map<string, (known: Promise<Known>) => void> | undefined;
  const unnoted = new Set<string>();
  const notedOn = new Map<string, string>();

  const ask = async (query: string, variables: object) => {
    const call = { viewer: asker, requestId: 'account-standings' };
    const { data, errors } = await source.ask({ query, variables: { ...variables } }, call);
    if (!data || errors) throw new SubgraphUnavailable('no standings in the answer');
    return data;
  };
  const standings = async (query: string, variables: object) => standingsIn(await ask(query, variables));

  async function listen(): Promise<void> {
    const at = performance.now();
    const heard = await standings(CHANGED, { seconds: Math.ceil((at - heardAt) / 1000) });
    if (heard.length >= CHANGES_MAX) throw new SubgraphUnavailable('more changes than can be told at once');
    changed = new Map(heard.map((one) => [one.account, one]));
    for (const one of heard) known.set(one.account, { standing: one });
    heardAt = at;
  }

  /** One turn at a time: whoever comes meanwhile waits for the same. */
  function poll(): Promise<void> {
    turn ??= listen()
      .then(noteUse)
      .catch((error: unknown) => log.warn(faultFacts(error), 'account standings not heard'))
      .finally(() => (turn = undefined));
    return turn;
  }

  async function noteUse(): Promise<void> {
    const names = [...unnoted].slice(0, NAMES_MAX);
    if (names.length === 0) return;
    await ask(USED, { input: { idempotencyKey: 'use', names } });
    for (const name of names) unnoted.delete(name);
  }

  const isOld = () => performance.now() - heardAt > trustMs;

  async function trusted(): Promise<void> {
    if (isOld()) await poll();
    if (isOld()) throw new StandingsUnknown('institutions has not been heard');
  }

  /** Those of one turn of the event loop are asked for together. */
  function look(account: string): Promise<Known> {
    return new Promise((resolve) => {
      if (!wanted) {
        wanted = new Map();
        setImmediate(() => void answerAll());
      }
      const earlier = wanted.get(account);
      wanted.set(account, earlier ? (found) => (earlier(found), resolve(found)) : resolve);
    });
  }

  async function answerAll(): Promise<void> {
    const waiting = [...wanted!];
    wanted = undefined;
    for (let i = 0; i < waiting.length; i += NAMES_MAX) {
      const some = waiting.slice(i, i + NAMES_MAX);
      const found = standings(OF, { names: some.map(([name]) => name) });
      for (const [name, tell] of some) {
        tell(found.then((all) => kept(name, all.find(({ account }) => account === name) ?? null)));
      }
      await found.catch(() => undefined);
    }
  }

  function kept(name: string, standing: Standing | null): Known {
    const one = { standing };
    known.set(name, one);
    return one;
  }

  const timer = setInterval(() => void poll(), pollMs).unref();
  return {
    async of(account) {
      if (isOld()) await trusted();
      const { standing } = known.get(account) ?? (await look(account).catch(unknown));
      return standing;
    },
    async lately(account) {
      await trusted();
      return changed.get(account);
    },
    used({ account, usedOn }) {
      const day = today(new Date());
      if (usedOn === day || notedOn.get(account) === day) return;
      if (notedOn.size >= KEPT.entries) notedOn.clear();
      notedOn.set(account, day);
      unnoted.add(account);
    },
    async stop() {
      clearInterval(timer);
      await turn;
      await source.close();
    },
  };
}

function unknown(error: unknown): never {
  if (error instanceof SubgraphUnavailable) throw new StandingsUnknown('institutions does not answer');
  throw error;
}

/** The viewer a subgraph was told of, as it stands now; undefined where it may not act any more. */
export async function asItStands(viewer: Viewer, standings: Standings): Promise<Viewer | undefined> {
  const now = await standings.lately(viewer.account);
  if (!now) return viewer;
  const same =
    now.role === viewer.role && now.area.level === viewer.area.level && now.area.code === viewer.area.code;
  if (!now.active || !same) return undefined;
  return { ...viewer, rights: now.rights, opened: now.opened };
}
