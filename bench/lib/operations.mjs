/** The four operations, each asked with random variables, so that no gateway answers from what it has just answered. */
import { readFileSync } from 'node:fs';
import { DECIDING_CLERK } from '../../dist/clients/cli/demo/accounts.js';
import { DEMO_REGION } from '../../dist/clients/cli/demo/generate.js';

export const ANALYST = { account: 'ministry-analyst-000000-1', role: 'MINISTRY_ANALYST' };
const PAGES = 20;

/** @typedef {{key: string, title: string, spec: object, query: string, variables: () => object}} Operation */

/**
 * @param {<T>(spec: object, query: string, variables: object) => Promise<T>} ask of a seeded graph
 * @returns {Promise<Operation[]>}
 */
export async function operationsOn(ask) {
  const { ids, cursors } = await pagesOf(ask);
  const institutions = await largeInstitutions(ask);
  return [
    operation('entity', 'one entity by id', DECIDING_CLERK, () => ({ id: any(ids) })),
    operation('joined', '50 records joined over 3 subgraphs', DECIDING_CLERK, () => ({
      institution: any(institutions),
    })),
    operation('page', 'page of 100 records, child, institution', DECIDING_CLERK, () => ({
      region: DEMO_REGION,
      after: any(cursors),
    })),
    operation('counts', 'counts by province', ANALYST, () => ({ filter: any(FILTERS)() })),
  ];
}

export const FILTERS = [
  () => ({ age: any([3, 4, 5]) }),
  () => ({ sex: any(['MALE', 'FEMALE']) }),
  () => ({ classLevel: any(['SMALL', 'MIDDLE', 'LARGE']), sex: any(['MALE', 'FEMALE']) }),
  () => ({ urbanRural: any(['URBAN', 'TOWN', 'RURAL']), age: any([3, 4, 5]) }),
  () => ({}),
];

async function pagesOf(ask) {
  const ids = [];
  const cursors = [null];
  for (let page = 0; page < PAGES; page++) {
    const { records } = await ask(DECIDING_CLERK, operationText('page'), {
      region: DEMO_REGION,
      after: cursors.at(-1),
    });
    ids.push(...records.nodes.map(({ id }) => id));
    if (!records.pageInfo.hasNextPage) break;
    cursors.push(records.pageInfo.endCursor);
  }
  return { ids, cursors: cursors.slice(0, -1) };
}

/** Those with at least fifty children, so that every answer is as long as the next. */
async function largeInstitutions(ask) {
  const query =
    'query($region: String!) { institutions(filter: { region: $region }, first: 100) { nodes { code headcount } } }';
  const { institutions } = await ask(DECIDING_CLERK, query, { region: DEMO_REGION });
  return institutions.nodes.filter(({ headcount }) => headcount >= 50).map(({ code }) => code);
}

/** @returns {Operation} the text of the file of this name, with other variables each time */
export const operation = (key, title, spec, variables) => ({
  key,
  title,
  spec,
  query: operationText(key),
  variables,
});

export function operationText(key) {
  return readFileSync(new URL(`../operations/${key}.graphql`, import.meta.url), 'utf8');
}

export function any(list) {
  return list[Math.floor(Math.random() * list.length)];
}
