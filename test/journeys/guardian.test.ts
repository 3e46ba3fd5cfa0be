import { readFileSync } from 'node:fs';
import { buildSchema, valueFromASTUntyped, type FieldDefinitionNode } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { projectFile } from '../../kernel/paths.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import { viewerOf } from '../../clients/cli/demo/viewer-spec.ts';
import { exporting } from '../records/data-exports/support.ts';
import { eachDatabase } from '../support/databases.ts';
import { openSchools, SCHOOL, school } from '../support/schools.ts';
import * as story from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const { COUNTY, GARDEN, deciding, garden, inventedChild, opening, otherDeciding, otherGarden } = story;
const mother: ViewerSpec = { account: 'guardian-mother', role: 'GUARDIAN' };
const father: ViewerSpec = { account: 'guardian-father', role: 'GUARDIAN' };
const stranger: ViewerSpec = { account: 'guardian-of-another', role: 'GUARDIAN' };

const ACCESSES = `{ guardedChildren { id
  accesses(first: 40) { nodes { at role areaLevel areaCode action fields purpose } }
  recordAccesses(first: 40) { nodes { role areaLevel areaCode action fields purpose } }
  takeOverAccesses(first: 40) { nodes { role areaLevel areaCode action fields purpose } } } }`;

interface Access {
  readonly role: string;
  readonly areaLevel: string;
  readonly areaCode: string;
  readonly action: string;
  readonly fields: string[] | null;
  readonly purpose: string | null;
}
interface Guarded {
  readonly guardedChildren: {
    readonly id: string;
    readonly accesses: { readonly nodes: Access[] };
    readonly recordAccesses: { readonly nodes: Access[] };
    readonly takeOverAccesses: { readonly nodes: Access[] };
  }[];
}

eachDatabase('A guardian', (databases) => {
  let world: World;
  let childId: string;
  let otherChildId: string;
  let recordId: string;
  let number: string;
  let keys = 0;

  beforeAll(async () => {
    world = await startWorld({
      databases,
      wiring: 'in one process',
      now: () => new Date('2026-11-23T02:00:00Z'),
    });
    const acts = story.acts(world, await story.openGardens(world));
    const registered = await acts.register(garden, [inventedChild(1), inventedChild(2)]);
    [childId, otherChildId] = registered.results.map(({ child }) => child!.id) as [string, string];
    const submitted = await acts.submit(garden, [childId, otherChildId]);
    const { results } = await acts.approve(
      deciding,
      submitted.results.map(({ application }) => application!.id),
    );
    recordId = results[0]!.record!.id;
    number = results[0]!.record!.number!;
    await openSchools(world);
  });
  afterAll(() => world.close());

  const act = async (as: ViewerSpec, name: 'bindGuardian' | 'unbindGuardian', input: object) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const answer = await world.data<{
      act: { child: { id: string } | null; userErrors: { code: string; field: string[] }[] };
    }>(
      as,
      `mutation($input: ${type}!) { act: ${name}(input: $input) { child { id } userErrors { code field } } }`,
      {
        input: { idempotencyKey: `g-${++keys}`, ...input },
      },
    );
    return answer.act;
  };
  const bind = (as: ViewerSpec, account: string, changes: object = {}) =>
    act(as, 'bindGuardian', { childId, account, proof: 'HOUSEHOLD_REGISTER', ...changes });
  const seen = async (as: ViewerSpec) => (await world.data<Guarded>(as, ACCESSES)).guardedChildren;

  it('sees nothing before somebody who has the child has seen a paper', async () => {
    expect(await seen(mother)).toEqual([]);
    expect(await bind(otherGarden, mother.account)).toMatchObject({
      child: null,
      userErrors: [{ code: 'CHILD_UNKNOWN', field: ['childId'] }],
    });
    for (const account of ['19912345678', ' x', '190101202210150017'])
      expect((await bind(garden, account)).userErrors).toMatchObject([{ code: 'ACCOUNT_NAME_FORM' }]);
    expect((await bind(garden, mother.account)).userErrors).toEqual([]);
    // Bound twice is bound once, and a county may do it as well.
    expect((await bind(garden, mother.account)).userErrors).toEqual([]);
    expect((await bind(deciding, father.account)).userErrors).toEqual([]);
    const { child } = await world.data<{ child: object }>(
      garden,
      'query($id: ID!) { child(id: $id) { guardianAccounts { account proof boundBy } } }',
      { id: childId },
    );
    expect(child).toEqual({
      guardianAccounts: [
        { account: mother.account, proof: 'HOUSEHOLD_REGISTER', boundBy: garden.account },
        { account: father.account, proof: 'HOUSEHOLD_REGISTER', boundBy: deciding.account },
      ],
    });
  });

  it('sees which authority looked at which fields and why, and never which person', async () => {
    await world.data(
      { ...otherDeciding, purpose: 'VERIFICATION' },
      'query($id: ID!) { record(id: $id) { number child { name documents { number } } } }',
      { id: recordId },
    );
    const bornOn = inventedChild(1).bornOn;
    // One that is told that there is a record, one that is shown its number, and one that says why when it is too late.
    await world.data(school, `{ resolveNumber(number: "${number}", bornOn: "${bornOn}") { outcome } }`);
    await world.data(school, `{ resolveNumber(number: "${number}", bornOn: "${bornOn}") { currentNumber } }`);
    const silent: ViewerSpec = { account: school.account, role: 'PRIMARY_SCHOOL', institution: SCHOOL };
    await world.ask(silent, `{ resolveNumber(number: "${number}", bornOn: "${bornOn}") { currentNumber } }`);
    const exports = exporting(world);
    await exports.ready(opening, deciding, {
      ...{ profile: 'IDENTIFIED', ground: 'LAW', fields: ['CHILD_NAME', 'SEX'] },
    });
    const [child, ...others] = await seen(mother);
    expect([child!.id, others]).toEqual([childId, []]);
    const county = { role: 'COUNTY', areaLevel: 'COUNTY', areaCode: COUNTY };
    const kindergarten = { role: 'KINDERGARTEN', areaLevel: 'INSTITUTION', areaCode: GARDEN };
    const nothing = { fields: null, purpose: null };
    // The two fields were opened in the same moment.
    const nodes = [...child!.accesses.nodes].sort((a, b) => String(a.fields).localeCompare(String(b.fields)));
    expect(nodes).toMatchObject([
      { ...county, action: 'READ', fields: ['CHILD_NAME'], purpose: 'VERIFICATION' },
      { ...county, action: 'READ', fields: ['DOCUMENT_NUMBER'], purpose: 'VERIFICATION' },
      { ...kindergarten, action: 'registerChild' },
      { ...kindergarten, action: 'bindGuardian' },
      { ...county, action: 'bindGuardian' },
    ]);
    expect(child!.recordAccesses.nodes).toEqual([
      { ...kindergarten, action: 'submitEnrolment', ...nothing },
      { ...county, action: 'approveApplication', ...nothing },
      { ...county, action: 'READ', fields: ['RECORD_NUMBER'], purpose: 'CASE_HANDLING' },
      { ...county, action: 'READ', fields: ['RECORD_NUMBER'], purpose: 'VERIFICATION' },
      // Given outside, on the word of the county.
      { ...county, action: 'EXPORT', fields: ['CHILD_NAME', 'SEX'], purpose: null },
    ]);
    const primarySchool = { role: 'PRIMARY_SCHOOL', areaLevel: 'INSTITUTION', areaCode: SCHOOL };
    expect(child!.takeOverAccesses.nodes).toEqual([
      { ...primarySchool, action: 'READ', fields: ['RECORD_NUMBER'], purpose: 'ADMISSION' },
    ]);
    const text = JSON.stringify(child);
    for (const person of [deciding, otherDeciding, garden, school])
      expect(text).not.toContain(person.account);
  });

  it('of one child sees nothing of another, through no door', async () => {
    await bind(garden, stranger.account, { childId: otherChildId });
    expect((await seen(stranger)).map(({ id }) => id)).toEqual([otherChildId]);
    // As a subgraph would be asked by a gateway that had been talked into it.
    const FIELDS = {
      children: 'accesses',
      records: 'recordAccesses',
      'primary-link': 'takeOverAccesses',
    } as const;
    for (const name of ['children', 'records', 'primary-link'] as const) {
      const field = FIELDS[name];
      const subgraph = world.subgraphs.find((one) => one.name === name)!;
      const asked = async (as: ViewerSpec) => {
        const query = `query($r: [_Any!]!) { _entities(representations: $r) { ... on GuardedChild { id ${field} { nodes { action } } } } }`;
        const variables = { r: [{ __typename: 'GuardedChild', id: childId }] };
        const answer = await executeSubgraph(
          subgraph,
          { query, variables },
          { viewer: viewerOf(as), requestId: 'r' },
        );
        return (answer.data as { _entities: object[] })['_entities'];
      };
      expect([name, await asked(stranger)]).toEqual([name, [null]]);
      expect([name, await asked(mother)]).toMatchObject([name, [{ id: childId }]]);
    }
  });

  it('is let into nothing else that is about children', () => {
    const schema = buildSchema(readFileSync(projectFile('schema', 'supergraph.graphql'), 'utf8'), {
      assumeValid: true,
    });
    const open: string[] = [];
    for (const root of [schema.getQueryType()!, schema.getMutationType()!])
      for (const { name, astNode } of Object.values(root.getFields()))
        if (rolesIn(astNode!).includes('GUARDIAN')) open.push(`${root.name}.${name}`);
    // What everybody with an account may ask: regions, institutions, schools, who one is; and their own.
    expect(open.sort()).toEqual([
      'Query.guardedChildren',
      'Query.institution',
      'Query.institutions',
      'Query.primarySchool',
      'Query.primarySchools',
      'Query.region',
      'Query.regions',
      'Query.viewer',
    ]);
  });

  it('no more once the guardians are stated anew, the child has gone on, or somebody takes it away', async () => {
    await world.data(
      garden,
      'mutation($input: UpdateChildInput!) { updateChild(input: $input) { userErrors { code } } }',
      {
        input: {
          ...{ idempotencyKey: 'new-guardians', childId },
          guardians: [{ relation: 'FATHER', name: '戊己', phone: '19900000001' }],
        },
      },
    );
    expect([await seen(mother), await seen(father)]).toEqual([[], []]);
    expect((await bind(garden, father.account)).userErrors).toEqual([]);
    expect(await seen(father)).toHaveLength(1);
    const { child } = await world.data<{ child: { guardianAccounts: { id: string }[] } }>(
      garden,
      'query($id: ID!) { child(id: $id) { guardianAccounts { id } } }',
      { id: childId },
    );
    const bindingId = child.guardianAccounts[0]!.id;
    expect((await act(otherGarden, 'unbindGuardian', { bindingId })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect((await act(garden, 'unbindGuardian', { bindingId })).userErrors).toEqual([]);
    expect(await seen(father)).toEqual([]);
    // The other child moves on: its new kindergarten knows nobody yet.
    const acts = story.acts(world, new Map());
    const classId = await classOf(otherGarden);
    await acts.register(otherGarden, [inventedChild(2)]);
    const requested = await acts.act(otherGarden, 'requestTransfer', {
      ...{
        childId: otherChildId,
        classId,
        institutionCode: otherGarden.institution,
        enteredOn: '2026-11-23',
      },
      evidence: [{ kind: 'GUARDIAN_APPLICATION', reference: 'ZY-1', digest: 'ab'.repeat(32) }],
    });
    expect(requested.userErrors).toEqual([]);
    const applicationId = requested.application!.id;
    await acts.act(garden, 'agreeToTransfer', { applicationId });
    expect(await seen(stranger)).toHaveLength(1);
    await acts.approve(deciding, [applicationId]);
    await world.subgraphs.find(({ name }) => name === 'records')!.tick!();
    expect(await seen(stranger)).toEqual([]);
  });

  async function classOf(as: ViewerSpec): Promise<string> {
    const { institution } = await world.data<{ institution: { classes: { id: string }[] } }>(
      as,
      'query($code: String!) { institution(code: $code) { classes { id } } }',
      { code: as.institution },
    );
    return institution.classes[0]!.id;
  }
});

/** The roles its `@access` names. */
function rolesIn({ directives }: FieldDefinitionNode): string[] {
  const access = directives?.find(({ name }) => name.value === 'access');
  return access ? (valueFromASTUntyped(access.arguments![0]!.value) as string[]) : [];
}
