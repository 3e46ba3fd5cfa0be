import { ask, type GraphClientOptions } from '../roster/graph-client.ts';
import {
  CLASSES,
  PREVIEW,
  ROWS,
  RUNS,
  type Class,
  type ClassesAnswer,
  type PreviewAnswer,
  type PreviewNode,
  type Row,
  type RowsAnswer,
  type Run,
  type RunsAnswer,
} from './operations.ts';

/** Which kindergarten's year ends. */
export interface YearEnd {
  readonly institution: string;
  readonly schoolYear: number;
}

/** A kindergarten at the end of a school year, as the graph has it now. */
export interface Survey {
  readonly classes: readonly Class[];
  readonly children: readonly PreviewNode[];
}

/** Throws where there is no such kindergarten within the token's area. */
export async function survey(
  graph: GraphClientOptions,
  { institution: code, schoolYear }: YearEnd,
): Promise<Survey> {
  const { institution } = await ask<ClassesAnswer>(graph, CLASSES, { code });
  if (!institution) throw new Error(`an institution of your area was expected; ${code} is none`);
  const children = await everyPage(async (after) => {
    const variables = { institution: code, schoolYear, after };
    return (await ask<PreviewAnswer>(graph, PREVIEW, variables)).graduationPreview;
  });
  return { classes: institution.classes, children };
}

/** The graduations of this year so far, oldest first. */
export const runsOf = (graph: GraphClientOptions, { institution, schoolYear }: YearEnd): Promise<Run[]> =>
  everyPage(async (after) => {
    const variables = { filter: { institution, schoolYear }, after };
    return (await ask<RunsAnswer>(graph, RUNS, variables)).graduationRuns;
  });

/** The rows of a run that are in a state. */
export const rowsOf = (graph: GraphClientOptions, id: string, state: string): Promise<Row[]> =>
  everyPage(async (after) => {
    const { graduationRun } = await ask<RowsAnswer>(graph, ROWS, { id, state, after });
    return graduationRun?.rows ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  });

interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function everyPage<T>(page: (after: string | null) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo } = await page(after);
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
}
