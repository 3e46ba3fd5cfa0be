/** Chance with a seed: the same seed always draws the same, so that whatever was found can be found again. */
export interface Chance {
  /** 0 to n - 1. */
  below(n: number): number;
  of<T>(things: readonly T[]): T;
  /** True once in so many times. */
  once(inSoMany: number): boolean;
}

/** Mulberry32. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, of: (things) => things[below(things.length)]!, once: (n) => below(n) === 0 };
}
