import { deliverChanges, type Delivering } from './deliver-changes.ts';

/** How long an act waits for its neighbours to be told before it answers; the telling goes on. */
const PATIENCE_MS = 5000;
/** What another process has left undelivered is found after so long. */
const LOOK_EVERY_MS = 30_000;
const RETRY_AFTER_MS = 2000;

/** Delivers right after an act, again when a delivery has failed, and now and then for what others left behind. */
export interface Outbox {
  /** Resolves when everything due is delivered, or could not be, or the patience is at its end; never rejects. */
  deliver(): Promise<void>;
  /** To be called often; does something only when it is time. */
  readonly tick: () => void;
  stop(): Promise<void>;
}

export function outboxOf(delivering: Delivering, failed: (error: unknown) => void): Outbox {
  let running: Promise<void> | null = null;
  let wanted = false;
  let stopped = false;
  let nextLook = 0;

  async function run(): Promise<void> {
    try {
      let next: Date | null;
      do {
        wanted = false;
        await deliverChanges(delivering, () => !stopped);
        next = await delivering.queries.nextDelivery();
      } while (wanted && !stopped);
      const inMs = next ? Math.max(0, next.getTime() - delivering.now().getTime()) : LOOK_EVERY_MS;
      nextLook = Date.now() + Math.min(inMs, LOOK_EVERY_MS);
    } catch (error) {
      nextLook = Date.now() + RETRY_AFTER_MS;
      failed(error);
    } finally {
      running = null;
    }
  }
  const start = (): Promise<void> => {
    wanted = true;
    if (stopped) return Promise.resolve();
    running ??= run();
    return running;
  };
  return {
    async deliver() {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
      await Promise.race([start(), patience]);
      clearTimeout(timer);
    },
    tick: () => {
      if (Date.now() >= nextLook) void start();
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
