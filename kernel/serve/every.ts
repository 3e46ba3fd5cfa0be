/**
 * Does something every so often until stopped, one turn after the other; none is owed for the time one takes. A turn that
 * fails costs nothing but time: what is due stays due until the next.
 */
export function every(ms: number, work: () => Promise<unknown>, failed: (error: unknown) => void) {
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    running ??= work()
      .catch(failed)
      .finally(() => (running = null));
  }, ms).unref();
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}
