import { today } from '../../rules/plain-date.ts';
import { Conflict } from '../errors.ts';
import { toBytes } from '../ids.ts';
import type { Store } from '../open.ts';
import type { Reader, Transaction } from '../rows.ts';
import { join, sql } from '../sql.ts';
import { GENESIS, hashOf } from './chain.ts';
import type { AuditEntry, AuditLink, AuditRoot, HashName } from './entry.ts';
import { firstIdAt, lastLinkOf, unlinkedFrom } from './reading.ts';
import { writeRoots } from './roots.ts';
import type { AuditTables } from './tables.ts';

export type AuditStore = Pick<Store<AuditTables>, 'tables' | 'reader' | 'transaction'>;

const ENTRIES_PER_SEALING = 2000;
/** At most turns it looks back only so far: nearly every transaction has ended by then. */
const GLANCE_MS = 5_000;
/** Longer than any transaction may take: what was appended is there by then. */
const LOOK_BACK_MS = 120_000;
const LOOK_BACK_EVERY_MS = 30_000;
/** Now and then it looks back further, for what a process left behind that was killed. */
const WIDE_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Links entries into the chain of their authority, a moment after they were appended: an act must not wait for
 * the chain's last link, so it only appends, and whoever seals does so for everybody. Two who seal at once take the same
 * place in a chain; the database lets one of them have it, and the other finds its entries linked.
 */
export class AuditSealer {
  private readonly store: AuditStore;
  private readonly algorithm: HashName;
  private readonly told: (root: AuditRoot) => void;
  private wideAt = 0;
  private lookedBackAt = 0;
  private rootsOn = '';

  constructor(
    store: AuditStore & Pick<Store<object>, 'keys'>,
    // As everything else that is new, by the suite.
    algorithm: HashName = store.keys.suite === 'gm' ? 'SM3' : 'SHA-256',
    told: (root: AuditRoot) => void = () => {},
  ) {
    this.store = store;
    this.algorithm = algorithm;
    this.told = told;
  }

  /** Links everything that is not linked yet; answers how many entries that were. */
  async seal(now: Date = new Date()): Promise<number> {
    await this.closeDays(now);
    let from = firstIdAt(await this.since(now));
    let sealed = 0;
    for (;;) {
      const entries = await unlinkedFrom(this.store, this.store.reader, from, ENTRIES_PER_SEALING);
      if (entries.length === 0) return sealed;
      try {
        await this.store.transaction((tx) => this.link(tx, entries, now));
        sealed += entries.length;
      } catch (error) {
        // What is left, by the one who was faster too, is older by the next turn.
        this.lookedBackAt = 0;
        // Somebody else has sealed them at this very moment, or is about to.
        if (error instanceof Conflict) return sealed;
        throw error;
      }
      if (entries.length < ENTRIES_PER_SEALING) return sealed;
      from = toBytes(entries.at(-1)!.id);
    }
  }

  private async link(tx: Transaction, entries: readonly AuditEntry[], sealedAt: Date): Promise<void> {
    const { tables } = this.store;
    const authorities = [...new Set(entries.map(({ authority }) => authority))].sort();
    const last = await tx.rows(tables.auditLink, sql`WHERE ${join(authorities.map(lastLinkOf), ' OR ')}`);
    const heads = new Map(last.map((link) => [link.authority, link]));
    const links = authorities.flatMap((authority) => {
      let { seq, hash: previous } = heads.get(authority) ?? { seq: 0, hash: GENESIS };
      return entries
        .filter((entry) => entry.authority === authority)
        .map((entry): AuditLink => {
          const place = { authority, seq: ++seq, previous, algorithm: this.algorithm };
          previous = hashOf(place, entry);
          return { ...place, entryId: entry.id, hash: previous, sealedAt };
        });
    });
    await tx.insert(tables.auditLink, links);
  }

  private async since(now: Date): Promise<Date> {
    const at = now.getTime();
    if (at - this.wideAt < WIDE_EVERY_MS) {
      if (at - this.lookedBackAt < LOOK_BACK_EVERY_MS) return new Date(at - GLANCE_MS);
      this.lookedBackAt = at;
      return new Date(at - LOOK_BACK_MS);
    }
    this.wideAt = this.lookedBackAt = at;
    const last = await lastRootDay(this.store.reader);
    return last === null ? new Date(0) : new Date(Date.parse(last) - 2 * DAY_MS);
  }

  /** The first sealing of a day writes down where every chain stood before it. */
  private async closeDays(now: Date): Promise<void> {
    const day = today(now);
    if (this.rootsOn === day) return;
    for (const root of await writeRoots(this.store, day)) this.told(root);
    this.rootsOn = day;
  }
}

async function lastRootDay(reader: Reader): Promise<string | null> {
  const [row] = await reader.select<{ day: string | null }>(sql`SELECT MAX(day) AS day FROM audit_root`);
  return row?.day ?? null;
}
