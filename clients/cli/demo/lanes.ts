/** So many at a time, in order. After a failure nothing new is begun; what is under way is awaited, then it is thrown. */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  act: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const at = next++;
      await act(items[at]!, at);
    }
  };
  const stopping = async () => {
    try {
      await lane();
    } catch (error) {
      next = items.length;
      throw error;
    }
  };
  const running = Array.from({ length: lanes }, stopping);
  await Promise.allSettled(running);
  await Promise.all(running);
}

export function cut<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
