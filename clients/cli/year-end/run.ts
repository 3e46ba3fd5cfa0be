import { createHash } from 'node:crypto';
import { today as todayOf } from '../../../kernel/rules/plain-date.ts';
import { ask, type GraphClientOptions } from '../roster/graph-client.ts';
import type { Refusal } from '../roster/operations.ts';
import {
  FREEZE,
  GRADUATE,
  OPEN_CLASSES,
  PROMOTE,
  type OpenAnswer,
  type PromoteAnswer,
  type Run,
  type RunAnswer,
} from './operations.ts';
import { planOf, type ClassPlan, type Destinations } from './plan.ts';
import { rowsOf, runsOf, survey, type Survey, type YearEnd } from './survey.ts';

export interface YearEndOptions extends YearEnd {
  readonly graph: GraphClientOptions;
  /** The first day the graduates are no longer there; the last day of the term when not given. */
  readonly graduateOn?: string | undefined;
  /** The first day in the new classes; 1 September when not given. */
  readonly promoteOn?: string | undefined;
  readonly exclude?: readonly { readonly recordId: string; readonly reason: string }[] | undefined;
  /** Classes to go on to, by the id of the class before, where the usual name does not tell. */
  readonly to?: readonly { readonly from: string; readonly to: string }[] | undefined;
  /** Draw up another list though one has been run: for children who could not graduate then. */
  readonly again?: boolean | undefined;
}

/** A refusal, and what it speaks of: a class, a record, or the whole. */
export interface Told {
  readonly of: string;
  readonly refusal: Refusal;
}

export interface YearEndSummary {
  readonly opened: number;
  readonly run: Run | null;
  readonly moved: number;
  readonly warnings: readonly Told[];
  readonly refusals: readonly Told[];
}

/**
 * Opens next year's classes, graduates, promotes. Every step looks first at what the graph has, so that a run that
 * broke off anywhere is simply started again. Throws GraphFault when the graph stays silent.
 */
export async function runYearEnd(
  options: YearEndOptions,
  clock: () => Date = () => new Date(),
): Promise<YearEndSummary> {
  const told: { warnings: Told[]; refusals: Told[] } = { warnings: [], refusals: [] };
  const doing: Doing = { ...options, ...told, day: todayOf(clock()) };
  const before = await survey(options.graph, options);
  const opened = await openNext(doing, before);
  const run = await graduate(doing, before);
  // While a graduation is refused nobody goes on, or its children would be taken along.
  const moved = told.refusals.length === 0 ? await promote(doing) : 0;
  return { opened, run, moved, ...told };
}

interface Doing extends YearEndOptions {
  readonly day: string;
  readonly warnings: Told[];
  readonly refusals: Told[];
}

const tell = (list: Told[], of: string, refusals: readonly Refusal[]) =>
  list.push(...refusals.map((refusal) => ({ of, refusal })));

/** The same for the same wish on the same day, so that a repetition after a break is known as one. */
function keyOf(act: string, { day }: Doing, wish: unknown): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([day, wish]))
    .digest('hex');
  return `year-end-${act}-${digest.slice(0, 40)}`;
}

const destinations = ({ to }: YearEndOptions): Destinations =>
  new Map((to ?? []).map(({ from, to: next }) => [from, next]));

async function openNext(doing: Doing, before: Survey): Promise<number> {
  const { institution: institutionCode, schoolYear, graph } = doing;
  const missing = planOf(before, schoolYear, destinations(doing)).filter(
    ({ goingOn, next, nextId }) => goingOn.length > 0 && next !== null && nextId === null,
  );
  const items = missing.map(({ next }) => ({ institutionCode, ...next!, schoolYear: schoolYear + 1 }));
  if (items.length === 0) return 0;
  const input = { idempotencyKey: keyOf('open', doing, items), items };
  const { openClasses } = await ask<OpenAnswer>(graph, OPEN_CLASSES, { input });
  tell(doing.refusals, institutionCode, openClasses.userErrors);
  openClasses.results.forEach(({ userErrors }, i) => tell(doing.refusals, items[i]!.name, userErrors));
  return openClasses.results.filter((result) => result.class !== null).length;
}

async function graduate(doing: Doing, before: Survey): Promise<Run | null> {
  const { graph, graduateOn } = doing;
  const runs = await runsOf(graph, doing);
  const done = runs.findLast(({ state }) => state === 'DONE') ?? null;
  const waiting = runs.findLast(({ state }) => state === 'FROZEN') ?? null;
  if (done && !waiting && !doing.again) return done;
  const run = waiting ?? (await freeze(doing, before, runs.length));
  if (!run || (waiting && !(await sameExclusions(doing, waiting)))) return run;
  const on = graduateOn ?? run.termEndsOn;
  const input = { idempotencyKey: keyOf('graduate', doing, [run.id, on]), runId: run.id, on };
  const { act } = await ask<RunAnswer>(graph, GRADUATE, { input });
  tell(doing.refusals, run.id, act.userErrors);
  if (act.userErrors.length > 0) return run;
  for (const row of await rowsOf(graph, run.id, 'REFUSED')) tell(doing.warnings, row.recordId, row.reasons);
  return act.run;
}

async function freeze(doing: Doing, { children }: Survey, earlier: number): Promise<Run | null> {
  const graduating = children.filter(({ graduates }) => graduates).map(({ record }) => record.id);
  if (graduating.length === 0) return null;
  const { institution: institutionCode, schoolYear, exclude = [], graph } = doing;
  const wish = { institutionCode, schoolYear, exclude };
  const idempotencyKey = keyOf('freeze', doing, [wish, earlier, graduating]);
  const { act } = await ask<RunAnswer>(graph, FREEZE, { input: { idempotencyKey, ...wish } });
  tell(doing.refusals, institutionCode, act.userErrors);
  return act.run;
}

/** A list frozen by a run that broke off is taken as it is, unless other children were to be left out. */
async function sameExclusions(doing: Doing, { id }: Run): Promise<boolean> {
  const frozen = (await rowsOf(doing.graph, id, 'EXCLUDED')).map(({ recordId }) => recordId);
  const wanted = (doing.exclude ?? []).map(({ recordId }) => recordId);
  if ([...frozen].sort().join() === [...wanted].sort().join()) return true;
  throw new Error(
    `graduation ${id} is frozen with ${frozen.length} left out, ${wanted.length} were named now; name the same, or run it through the graph`,
  );
}

/** Classes a request. */
const AT_ONCE = 10;

async function promote(doing: Doing): Promise<number> {
  const { graph, schoolYear, promoteOn: on = `${schoolYear + 1}-09-01` } = doing;
  const plans = planOf(await survey(graph, doing), schoolYear, destinations(doing));
  const going = plans.filter(
    ({ goingOn, graduating, next, nextId }) => goingOn.length + graduating.length > 0 && next && nextId,
  );
  let moved = 0;
  for (let i = 0; i < going.length; i += AT_ONCE)
    moved += await promoteSome(doing, going.slice(i, i + AT_ONCE), on);
  return moved;
}

async function promoteSome(doing: Doing, plans: readonly ClassPlan[], on: string): Promise<number> {
  const items = plans.map((plan) => ({ fromClassId: plan.class.id, toClassId: plan.nextId! }));
  const children = plans.map(({ goingOn, graduating }) =>
    [...goingOn, ...graduating].map(({ record }) => record.id),
  );
  const input = { idempotencyKey: keyOf('promote', doing, [items, on, children]), items, on };
  const { promoteClasses } = await ask<PromoteAnswer>(doing.graph, PROMOTE, { input });
  tell(doing.refusals, doing.institution, promoteClasses.userErrors);
  promoteClasses.results.forEach(({ userErrors, stayed, warnings }, i) => {
    tell(doing.refusals, plans[i]!.class.name, userErrors);
    tell(doing.warnings, plans[i]!.class.name, warnings);
    for (const child of stayed) tell(doing.warnings, child.recordId, child.userErrors);
  });
  return promoteClasses.results.reduce((sum, one) => sum + one.moved, 0);
}
