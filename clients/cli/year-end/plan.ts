import { NEXT_LEVEL, type ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { Class, PreviewNode } from './operations.ts';
import type { Survey } from './survey.ts';

/** What the end of the year brings one class. */
export interface ClassPlan {
  readonly class: Class;
  readonly graduating: readonly PreviewNode[];
  /** Who goes on with the class, and into which one; null where it is still to be opened. */
  readonly goingOn: readonly PreviewNode[];
  readonly next: Pick<Class, 'name' | 'level'> | null;
  readonly nextId: string | null;
  /** Who stays where it is, since nothing follows and it does not graduate. */
  readonly staying: readonly PreviewNode[];
}

/** Classes named by whoever runs it, by the id of the class before. */
export type Destinations = ReadonlyMap<string, string>;

/** What would happen to every class of the year that has children, in the order of levels and names. */
export function planOf(
  { classes, children }: Survey,
  schoolYear: number,
  destinations: Destinations = new Map(),
): ClassPlan[] {
  const ending = classes.filter((one) => one.schoolYear === schoolYear);
  const coming = classes.filter((one) => one.schoolYear === schoolYear + 1);
  const plans = ending.map((one): ClassPlan => {
    const own = children.filter((child) => child.class.id === one.id);
    const rest = own.filter(({ graduates }) => !graduates);
    const named = coming.find(({ id }) => id === destinations.get(one.id)) ?? null;
    const next = named ?? nextOf(one);
    const found = named ?? coming.find(({ name, level }) => name === next?.name && level === next.level);
    return {
      class: one,
      graduating: own.filter(({ graduates }) => graduates),
      ...(next ? { goingOn: rest, staying: [] } : { goingOn: [], staying: rest }),
      next,
      nextId: found?.id ?? null,
    };
  });
  return plans.filter(
    ({ graduating, goingOn, staying }) => graduating.length + goingOn.length + staying.length > 0,
  );
}

/** The class of the next year by its usual name: 小一班 becomes 中一班; another name is kept. */
function nextOf({ name, level }: Class): Pick<Class, 'name' | 'level'> | null {
  const next = NEXT_LEVEL[level];
  if (next === null) return null;
  const [before, after] = [INITIAL[level], INITIAL[next]];
  return { level: next, name: before && after && name.startsWith(before) ? after + name.slice(1) : name };
}

const INITIAL: Readonly<Partial<Record<ClassLevel, string>>> = {
  NURSERY: '托',
  SMALL: '小',
  MIDDLE: '中',
  LARGE: '大',
};
