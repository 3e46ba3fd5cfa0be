import { Command, Option } from 'commander';
import { setTimeout as pause } from 'node:timers/promises';
import { asking, type AskingFlags } from '../cli/asking.ts';
import { EXIT } from '../cli/ending.ts';
import { GraphFault } from '../cli/roster/graph-client.ts';
import { address, chance, day, whole } from '../cli/typed.ts';
import { PARTITIONS, placeIn } from './follow.ts';
import { publicJwk } from './keys.ts';
import { compareWithRecords } from './compare.ts';
import { linkLate } from './late.ts';
import { enrol, readLateList, readList } from './list.ts';
import type { Pupil } from './model.ts';
import { CRASH_POINTS } from './mischief.ts';
import { listen } from './push.ts';
import { isOf } from './receipts.ts';
import { openSchool, type OpenSchool } from './school.ts';
import { giveBack, sync } from './sync.ts';

const LOOK_EVERY_MS = 30_000;

interface Flags extends AskingFlags {
  readonly dir: string;
  readonly tokenEndpoint?: string;
  readonly clientId?: string;
  readonly batch: number;
  readonly admittedOn?: string;
  readonly attempts?: number;
  readonly slow: number;
  readonly repeat?: boolean;
  readonly reorder?: boolean;
  readonly crashAt?: string;
  readonly crashChance: number;
}

export function commands(): Command[] {
  return [
    school('init', '建立本校数据库与密钥，打印公钥 (makes database and keys, prints the public key)').action(
      opened((one) => said({ publicKey: publicJwk(one.clientKey) })),
    ),
    school('enrol', '登记新生名单 CSV：ref,number,bornOn (puts newcomers on the list)')
      .argument('<file>')
      .action((file: string, flags: Flags) =>
        opened((one) => said(enrol(one.pupils, readList(file))))(flags),
      ),
    mischievous(
      school('sync', '查询、认领、接收、确认、跟进变更，一直办到没有可办的 (carries everybody on)'),
    ).action(
      opened(async (one) => {
        await sync(one);
        return status(one);
      }),
    ),
    mischievous(
      school('start', '持续运行：数据流推送时即办 (goes on until stopped, told by the pushed feed)'),
    ).action(opened(start)),
    school('status', '各状态人数与数据流进度 (how many stand where, and how far the feed is)').action(
      opened(status),
    ),
    school('pupils', '逐名列出状态，不含学籍号 (lists where everybody stands; no numbers)').action(
      opened((one) => said(one.pupils.all().map(shown))),
    ),
    school('receipts', '离线验证本校全部接续凭证 (checks every receipt, asking nobody)').action(
      opened(receipts),
    ),
    mischievous(
      school('late', '补接学前学籍 CSV：ref,number,bornOn,schoolNumber (links records found after all)'),
    )
      .argument('<file>')
      .action((file: string, flags: Flags) =>
        opened(async (one) => {
          const linked = await linkLate(one, readLateList(file));
          said(linked.map(shown));
          return linked.every(({ state }) => state === 'ACKNOWLEDGED') ? EXIT.fine : EXIT.refused;
        })(flags),
      ),
    mischievous(school('compare', '与学前学籍比对本校花名册 (holds the roster against the records)')).action(
      opened(async (one) => said(await compareWithRecords(one))),
    ),
    ended('cancel', '撤销一项接续 (cancels a take-over)'),
    ended('release', '退回学籍 (gives a record back)'),
  ];
}

const school = (name: string, description: string) =>
  asking(new Command(name).description(description))
    .option('--dir <dir>', 'directory of the school: database and keys', './var/primary-school')
    .option('--token-endpoint <url>', 'where the school gets tokens by its own key', address)
    .option('--client-id <id>', 'its name at the identity provider')
    .option('--batch <n>', 'most items of one request, up to 500', whole(1, 500), 100)
    .option('--attempts <n>', 'how often a request is tried', whole(1))
    .option('--admitted-on <date>', 'first day in primary school, else today', day);

const mischievous = (command: Command) =>
  command
    .option('--slow <ms>', 'mischief: waits before each request and answer', whole(0), 0)
    .option('--repeat', 'mischief: sends everything twice at once')
    .option('--reorder', 'mischief: sends and deals with everything in any order')
    .addOption(
      new Option(
        '--crash-at <point>',
        `mischief: dies there (point or point:times): ${CRASH_POINTS.join(', ')}`,
      ),
    )
    .option('--crash-chance <p>', 'mischief: dies at any point with this chance', chance, 0);

const ended = (name: 'cancel' | 'release', description: string) =>
  mischievous(school(name, description))
    .argument('<ref>', "the pupil, by the school's own name")
    .option('--reason <text>', 'why')
    .action((ref: string, flags: Flags & { reason?: string }) =>
      opened(async (one) => {
        const pupil = await giveBack(one, ref, name, flags.reason ?? null);
        if (!pupil) return refused(`${ref} is not on the list`);
        said(shown(pupil));
        return pupil.state === 'GIVEN_BACK' ? EXIT.fine : EXIT.refused;
      })(flags),
    );

/** What may be said of a pupil where others read along. */
const shown = ({ ref, state, status, admittedOn, code, receipt }: Pupil) => ({
  ...{ ref, state, status, admittedOn, code },
  receipt: receipt !== null,
});

function status({ pupils, outbox, db }: OpenSchool): number {
  return said({
    pupils: pupils.counts(),
    underWay: outbox.waiting().length,
    feed: PARTITIONS.map((partition) => placeIn(db, partition).seq),
  });
}

function receipts({ pupils, keys }: OpenSchool): number {
  const all = pupils.all().filter(({ receipt }) => receipt !== null);
  const bad = all.filter((one) => !isOf(keys.verify(one.receipt!), one)).map(({ ref }) => ref);
  said({ checked: all.length, bad });
  return bad.length > 0 ? EXIT.refused : EXIT.fine;
}

/** Works, and then waits until the pushed feed rings, or for a while: what was not heard is found all the same. */
async function start(one: OpenSchool, { url }: Flags): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
  let bell = new AbortController();
  const streams = PARTITIONS.map((partition) =>
    listen({
      ...{ feedUrl: url.replace(/\/graphql$/, '/feed'), partition },
      ...{ credentials: one.credentials, signal: stopping.signal },
      cursor: () => placeIn(one.db, partition).cursor,
      ring: () => bell.abort(),
    }),
  );
  while (!stopping.signal.aborted) {
    bell = new AbortController();
    // What cannot be done now is done in the next round; nothing was forgotten, since it is written down.
    await sync(one).then(
      () => status(one),
      (error: unknown) => console.error(worded(error)),
    );
    const signal = AbortSignal.any([stopping.signal, bell.signal]);
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(streams);
  return EXIT.fine;
}

function opened(work: (one: OpenSchool, flags: Flags) => number | void | Promise<number | void>) {
  return async (flags: Flags) => {
    try {
      const one = openSchool({ ...flags, mischief: { ...flags, slowMs: flags.slow } });
      process.exitCode = (await work(one, flags)) ?? EXIT.fine;
      one.db.close();
    } catch (error) {
      console.error(worded(error));
      process.exitCode = EXIT.stopped;
    }
  };
}

/** Codes and our own words only: what came from elsewhere may hold a child's number. */
const worded = (error: unknown) =>
  error instanceof GraphFault
    ? `停止 stopped: ${error.message}. 重新运行即可继续 (run it again to go on)`
    : `停止 stopped: ${error instanceof Error ? error.message : 'unknown'}`;

function said(what: object): typeof EXIT.fine {
  console.log(JSON.stringify(what));
  return EXIT.fine;
}

function refused(why: string): number {
  console.error(why);
  return EXIT.refused;
}
