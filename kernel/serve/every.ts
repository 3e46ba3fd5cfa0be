import type { GoesOn } from '../rules/goes-on.ts';

/**
 * Does something every so often until stopped, one turn after the other; none is owed for the time one takes. A turn that
 * fails costs nothing but time: what is due stays due until the next. A long one asks between its steps whether it is to go
 * on, so that whoever stops waits for the step under way and not for all there is to do.
 */
export function every(
  ms: number,
  work: (goesOn: GoesOn) => Promise<unknown>,
  failed: (error: unknown) => void,
) {
  let running: Promise<unknown> | null = null;
  let stopped = false;
  const goesOn = () => !stopped;
  const timer = setInterval(() => {
    running ??= work(goesOn)
      .catch(failed)
      .finally(() => (running = null));
  }, ms).unref();
  return {
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
