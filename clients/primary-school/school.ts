import { join } from 'node:path';
import { byOwnKey, fromFile, type Credentials } from './credentials.ts';
import { SchoolDatabase } from './database.ts';
import { graphOf } from './graph.ts';
import { schoolKeys } from './keys.ts';
import { mischief, type MischiefOptions } from './mischief.ts';
import { outbox } from './outbox.ts';
import { pupils } from './pupils.ts';
import { receiptKeys } from './receipts.ts';
import type { School } from './sync.ts';

export interface SchoolOptions {
  /** Where its database and keys are; nobody else's business. */
  readonly dir: string;
  readonly url: string;
  readonly tokenFile?: string | undefined;
  readonly tokenEndpoint?: string | undefined;
  readonly clientId?: string | undefined;
  readonly batch?: number | undefined;
  readonly admittedOn?: string | undefined;
  readonly mischief?: MischiefOptions;
  /** How often a request is tried, and after how long first. */
  readonly attempts?: number | undefined;
  readonly pauseMs?: number | undefined;
}

export interface OpenSchool extends School {
  readonly credentials: Credentials;
  readonly clientKey: ReturnType<typeof schoolKeys>['client'];
}

const BATCH = 100;

export function openSchool(options: SchoolOptions): OpenSchool {
  const keys = schoolKeys(join(options.dir, 'keys'));
  const db = new SchoolDatabase(options.dir, keys.fields);
  const ill = mischief(options.mischief);
  const { url, tokenEndpoint, clientId, attempts, pauseMs } = options;
  const credentials =
    tokenEndpoint !== undefined && clientId !== undefined
      ? byOwnKey({ tokenEndpoint, clientId, key: keys.client })
      : fromFile(options.tokenFile);
  const list = pupils(db);
  return {
    ...{ db, pupils: list, outbox: outbox(db, list), keys: receiptKeys(db), mischief: ill, credentials },
    graph: graphOf({ url, credentials, mischief: ill, attempts, pauseMs }),
    clientKey: keys.client,
    batch: options.batch ?? BATCH,
    admittedOn: options.admittedOn ?? null,
  };
}
