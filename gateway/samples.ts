/**
 * The sample operations under schema/operations/<user group>/<NN-name>.graphql, each with a first line
 * `# 中文说明 / English`, where it reads personal data a second one `# x-xueji-purpose: <purpose>`, and where it has
 * variables a <NN-name>.variables.json beside it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../kernel/paths.ts';
import { isPurpose, type Purpose } from '../kernel/rules/purposes.ts';
import type { Role } from '../kernel/rules/viewer.ts';

/** Who the samples are for, in the order they are shown, and the role that asks them. */
export const USER_GROUPS = {
  'clerks-kindergarten': { zh: '幼儿园', en: 'Kindergarten clerks', role: 'KINDERGARTEN' },
  'clerks-county': { zh: '县级', en: 'County clerks', role: 'COUNTY' },
  province: { zh: '省级', en: 'Province clerks', role: 'PROVINCE' },
  ministry: { zh: '教育部', en: 'Ministry clerks', role: 'MINISTRY' },
  'primary-schools': { zh: '小学', en: 'Primary schools', role: 'PRIMARY_SCHOOL' },
  analysts: { zh: '统计', en: 'Analysts', role: 'MINISTRY_ANALYST' },
  guardians: { zh: '监护人', en: 'Guardians', role: 'GUARDIAN' },
  developers: { zh: '开发', en: 'Developers', role: 'COUNTY' },
} as const satisfies Record<string, { zh: string; en: string; role: Role }>;
export type UserGroup = keyof typeof USER_GROUPS;

/** A ready token for each group, in development only. */
export type SampleTokens = Readonly<Partial<Record<UserGroup, string>>>;

/** What the pages show: the samples, and tokens to run them with. */
export interface ShownSamples {
  readonly samples: readonly Sample[];
  readonly tokens: SampleTokens;
}

/**
 * Asked at each page, since a demonstration may still be seeding when the gateway starts. Answers the same
 * until something should be renewed: other samples or tokens open the explorer's windows afresh.
 */
export type SampleSource = () => ShownSamples;

export interface Sample {
  readonly group: UserGroup;
  /** File name without its ending, for instance `01-work-queue`. */
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** What it states personal data is asked for, in the header of that name. */
  readonly purpose: Purpose | undefined;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** All samples, by group and name. A missing folder has none; a sample without its first line throws. */
export function readSamples(directory: string = projectFile('schema', 'operations')): Sample[] {
  return (Object.keys(USER_GROUPS) as UserGroup[]).flatMap((group) => {
    const folder = join(directory, group);
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
    return files.sort().map((file) => readSample(group, folder, file.slice(0, -'.graphql'.length)));
  });
}

function readSample(group: UserGroup, folder: string, name: string): Sample {
  const query = readFileSync(join(folder, `${name}.graphql`), 'utf8');
  const title = /^# *(.+?) \/ (.+)$/m.exec(query.split('\n', 1)[0] ?? '');
  if (!title?.[1] || !title[2])
    throw new Error(`${group}/${name}: the first line must be "# 中文说明 / English".`);
  const file = join(folder, `${name}.variables.json`);
  const purpose = /^# *x-xueji-purpose: *(.*)$/m.exec(query)?.[1];
  if (purpose !== undefined && !isPurpose(purpose)) throw new Error(`${group}/${name}: no such purpose.`);
  const variables = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Sample['variables']) : {};
  return { group, name, zh: title[1], en: title[2].trim(), purpose, query, variables };
}
