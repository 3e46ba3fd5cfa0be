import { readFileSync } from 'node:fs';
import { buildSchemaSync, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { SUBGRAPHS } from '../../embedded/graph.ts';
import { Access, accessRules, fieldRules, waysAround } from '../../kernel/graph/access.ts';
import { openTo } from '../../kernel/rules/access-matrix.ts';
import { ROLES } from '../../kernel/rules/viewer.ts';
import { buildGraph } from '../../kernel/graph/build.ts';
import { projectFile } from '../../kernel/paths.ts';
import { accessMatrix } from '../../kernel/access-matrix.ts';
import { accessPage } from '../../schema/access-page.ts';

const supergraph = readFileSync(projectFile('schema', 'supergraph.graphql'), 'utf8');
const rolesOf = (type: string, field: string) =>
  accessMatrix(supergraph).find((row) => row.type === type && row.field === field)?.roles;

@Access('COUNTY')
@ObjectType('Secret')
class Secret {
  @Field(() => String)
  word!: string;
}

@Resolver()
class Open {
  @Access('COUNTY', 'CITY')
  @Query(() => [Secret])
  secrets(): Secret[] {
    return [];
  }
}

@Resolver()
class Unruled {
  @Query(() => String)
  word(): string {
    return '';
  }
}

describe('The printed access rules', () => {
  it('stand on every field of the supergraph, also on those between subgraphs', () => {
    const matrix = accessMatrix(supergraph);
    expect(matrix.length).toBeGreaterThan(500);
    expect(matrix.filter(({ roles }) => roles.length === 0)).toEqual([]);
    expect(rolesOf('Query', 'childByDocument')).toEqual(['KINDERGARTEN', 'COUNTY']);
    expect(rolesOf('Child', 'residentIdForNumber')).toEqual(['SERVICE']);
    expect(rolesOf('Query', 'resolveNumber')).toEqual(['PRIMARY_SCHOOL']);
  });

  it('are those the subgraphs enforce', () => {
    const enforced = Object.values(SUBGRAPHS).flatMap(({ graph }) => accessMatrix(graph().sdl));
    const printed = new Map(
      accessMatrix(supergraph).map(({ type, field, roles }) => [`${type}.${field}`, roles]),
    );
    for (const { type, field, roles } of enforced) expect(printed.get(`${type}.${field}`)).toEqual(roles);
    expect(new Set(enforced.map(({ type, field }) => `${type}.${field}`)).size).toBe(printed.size);
  });

  it('make the page docs/access.md', () => {
    expect(readFileSync(projectFile('docs', 'access.md'), 'utf8')).toBe(accessPage(supergraph));
  });
});

describe("A role's part of the matrix", () => {
  it('is every field the graph opens to it, and nothing that stands between subgraphs', () => {
    const matrix = accessMatrix(supergraph);
    for (const role of ROLES) {
      const open = openTo(matrix, role);
      const all = matrix.filter((row) => !row.inaccessible && row.roles.includes(role));
      expect(open.flatMap(({ type, fields }) => fields.map((field) => `${type}.${field}`)).sort()).toEqual(
        all.map(({ type, field }) => `${type}.${field}`).sort(),
      );
    }
    const ofSchool = openTo(matrix, 'PRIMARY_SCHOOL').find(({ type }) => type === 'Query')!;
    expect(ofSchool.fields).toContain('resolveNumber');
    expect(ofSchool.fields).not.toContain('children');
    expect(JSON.stringify(openTo(matrix, 'SERVICE'))).not.toContain('residentIdForNumber');
  });
});

describe('A rule', () => {
  it('is missed where a field has none', () => {
    const build = () => buildGraph({ resolvers: [Unruled], entities: [], references: {} });
    expect(build).toThrow('Query.word has no access rule; add @Access(...).');
  });

  it('may not be walked around by a field that lets in more than the type it answers with', () => {
    const schema = buildSchemaSync({ resolvers: [Open], skipCheck: true, validate: false });
    expect(waysAround(schema, accessRules(schema))).toEqual(['Query.secrets']);
    expect(fieldRules(schema)).toContainEqual({ type: 'Secret', field: 'word', roles: ['COUNTY'] });
    const build = () => buildGraph({ resolvers: [Open], entities: [], references: {} });
    expect(build).toThrow('Wider than the type behind it: Query.secrets.');
  });
});
