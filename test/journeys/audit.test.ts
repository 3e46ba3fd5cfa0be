import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const { COUNTY, deciding, garden, inventedChild, otherCounty } = story;
const auditor: ViewerSpec = { account: 'auditor-1', role: 'AUDITOR' };

const FIELDS =
  'nodes { action account role areaLevel areaCode authority subjectType subjectId childId caseId requestId }';
interface Entry {
  readonly action: string;
  readonly account: string;
  readonly subjectId: string;
  readonly childId: string | null;
  readonly caseId: string | null;
  readonly requestId: string;
}
type Page = {
  readonly nodes: Entry[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

everywhere('The audit log', (start) => {
  let world: World;
  let childId: string;
  let recordId: string;
  let applicationId: string;

  beforeAll(async () => {
    world = await start({ now: () => new Date('2026-11-23T02:00:00Z') });
    const acts = story.acts(world, await story.openGardens(world));
    const registered = await acts.register(garden, [inventedChild(1)]);
    childId = registered.results[0]!.child!.id;
    const submitted = await acts.submit(garden, [childId]);
    applicationId = submitted.results[0]!.application!.id;
    recordId = (await acts.approve(deciding, [applicationId])).results[0]!.record!.id;
  });
  afterAll(() => world.close());

  const entries = async (name: string, filter: object, more = '') =>
    (
      await world.data<Record<string, Page>>(
        auditor,
        `query($filter: AuditFilter) { page: ${name}(filter: $filter ${more}) { ${FIELDS} pageInfo { hasNextPage endCursor } } }`,
        { filter },
      )
    )['page']!;

  it('names for each decision the account that answers for it, in the chain of the county', async () => {
    const { nodes } = await entries('recordAuditEntries', { childId, authority: COUNTY });
    const common = {
      authority: COUNTY,
      subjectType: 'RECORD',
      subjectId: recordId,
      childId,
      caseId: applicationId,
    };
    expect(nodes).toMatchObject([
      {
        action: 'submitEnrolment',
        account: garden.account,
        role: 'KINDERGARTEN',
        areaLevel: 'INSTITUTION',
        ...common,
      },
      {
        action: 'approveApplication',
        account: deciding.account,
        role: 'COUNTY',
        areaLevel: 'COUNTY',
        ...common,
      },
      // The answer to the approval shows the number to whoever stated a purpose.
      {
        action: 'READ',
        account: deciding.account,
        role: 'COUNTY',
        areaLevel: 'COUNTY',
        authority: COUNTY,
        childId,
      },
    ]);
    expect(nodes.every(({ requestId }) => requestId.length > 0)).toBe(true);
  });

  it('is asked for in each subgraph, and goes on where a page ended', async () => {
    const children = await entries('childAuditEntries', { account: garden.account });
    expect(children.nodes).toMatchObject([{ action: 'registerChild', childId, subjectType: 'CHILD' }]);
    const first = await entries('institutionAuditEntries', {}, 'first: 1');
    expect(first.pageInfo.hasNextPage).toBe(true);
    const { nodes } = await entries('institutionAuditEntries', {}, `after: "${first.pageInfo.endCursor}"`);
    const actions = [...first.nodes, ...nodes].map(({ action }) => action);
    // Everybody of the story was filed before coming the first time.
    expect(actions).toEqual([
      ...['BOOTSTRAP_ACCOUNT', 'openInstitution', 'openInstitution', 'openClass', 'openClass'],
      ...['BOOTSTRAP_ACCOUNT', 'BOOTSTRAP_ACCOUNT', 'BOOTSTRAP_ACCOUNT'],
    ]);
  });

  it('is for auditors, and they see no child', async () => {
    const asked = await world.ask(deciding, '{ recordAuditEntries { nodes { id } } }');
    expect(asked.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const looked = await world.ask(auditor, 'query($id: ID!) { child(id: $id) { bornOn } }', { id: childId });
    expect(looked.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('refuses an id that is none', async () => {
    const asked = await world.ask(
      auditor,
      '{ childAuditEntries(filter: { childId: "x" }) { nodes { id } } }',
    );
    expect(asked.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('shows the county of a child who has had to do with it, and no other county', async () => {
    const query = 'query($id: ID!) { child(id: $id) { accesses { nodes { action account } } } }';
    const shown = await world.data<{ child: { accesses: Page } | null }>(deciding, query, { id: childId });
    expect(shown.child?.accesses.nodes).toEqual([{ action: 'registerChild', account: garden.account }]);
    expect(await world.data(otherCounty, query, { id: childId })).toEqual({ child: null });
  });
});
