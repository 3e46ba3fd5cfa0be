/**
 * Does something every so often until stopped, one turn after the other. A turn that fails costs nothing but time: what
 * is due stays due until the next.
 */
export function every(ms: number, work: () => Promise<unknown>, failed: (error: unknown) => void) {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(work).catch(failed);
  }, ms).unref();
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}
