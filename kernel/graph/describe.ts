// Every decorated class imports this file, and a decorator needs the metadata before it runs.
import 'reflect-metadata';

/** A description as the whole graph carries it: Chinese first line, then English. */
export function d(zh: string, en: string): { description: string } {
  return { description: `${zh}\n${en}` };
}
