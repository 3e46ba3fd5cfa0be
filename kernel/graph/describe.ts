/** A description as the whole graph carries it: Chinese first line, then English. */
export function d(zh: string, en: string): { description: string } {
  return { description: `${zh}\n${en}` };
}
