import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { mod11Check } from '../../kernel/rules/identity-document.ts';
import type { World } from './world.ts';

/** Whoever can be asked: the graph in this process, or a deployment of five. */
export type Asks = Pick<World, 'data'>;

export const COUNTY = '330110';
export const GARDEN = '1133990001';
export const OTHER_GARDEN = '1133990002';

/** Clerks at work with the children of the story: they say what for, and so read names and numbers. */
export const opening: ViewerSpec = {
  account: 'county-clerk-1',
  role: 'COUNTY',
  purpose: 'CASE_HANDLING',
  region: COUNTY,
};
export const deciding: ViewerSpec = {
  account: 'county-clerk-2',
  role: 'COUNTY',
  purpose: 'CASE_HANDLING',
  region: COUNTY,
};
export const otherDeciding: ViewerSpec = {
  account: 'county-clerk-3',
  role: 'COUNTY',
  purpose: 'CASE_HANDLING',
  region: COUNTY,
};
export const otherCounty: ViewerSpec = {
  account: 'other-county-1',
  role: 'COUNTY',
  purpose: 'CASE_HANDLING',
  region: '330106',
};
export const garden: ViewerSpec = {
  account: 'garden-entry',
  role: 'KINDERGARTEN',
  purpose: 'CASE_HANDLING',
  institution: GARDEN,
};
export const otherGarden: ViewerSpec = {
  account: 'other-garden-entry',
  role: 'KINDERGARTEN',
  purpose: 'CASE_HANDLING',
  institution: OTHER_GARDEN,
};
export const school: ViewerSpec = {
  account: 'school-1',
  role: 'PRIMARY_SCHOOL',
  purpose: 'ADMISSION',
  institution: '2133000001',
};
export const analyst: ViewerSpec = { account: 'analyst-1', role: 'MINISTRY_ANALYST' };

/** An invented resident ID: no province has the prefix 19. */
export function inventedId(bornOn: string, serial: number): string {
  const first17 = `190101${bornOn.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return first17 + mod11Check(first17);
}

export interface Child {
  readonly name: string;
  readonly sex: 'MALE' | 'FEMALE';
  readonly bornOn: string;
  readonly documentKind: string;
  readonly documentNumber: string | null;
  readonly guardians: readonly { relation: string; name: string; phone: string }[];
}

/** A child nobody is, told apart by its serial; an odd serial is a boy's. */
export function inventedChild(serial: number, changes: Partial<Child> = {}): Child {
  const bornOn = changes.bornOn ?? '2022-10-15';
  return {
    name: '甲乙',
    sex: serial % 2 === 1 ? 'MALE' : 'FEMALE',
    bornOn,
    documentKind: 'RESIDENT_ID',
    documentNumber: inventedId(bornOn, serial),
    guardians: [{ relation: 'MOTHER', name: '丙丁', phone: '19900000000' }],
    ...changes,
  };
}

interface Opened {
  readonly results: readonly {
    readonly institution?: { id: string };
    readonly class?: { id: string };
    readonly userErrors: readonly unknown[];
  }[];
}

/** Opens two kindergartens with a first-year class each; answers the class ids by institution code. */
export async function openGardens(world: Asks): Promise<Map<string, string>> {
  const institutions = [GARDEN, OTHER_GARDEN].map((code, i) => ({
    code, name: `示例幼儿园${i + 1}`, kind: 'KINDERGARTEN', founder: i === 0 ? 'COUNTY_EDUCATION' : 'PRIVATE',
    urbanRuralClass: i === 0 ? '111' : '220', region: COUNTY, openedOn: '2020-09-01',
  })); // prettier-ignore
  await world.data(
    opening,
    `mutation($input: OpenInstitutionsInput!) { openInstitutions(input: $input) { results { institution { id } userErrors { code } } } }`,
    {
      input: { idempotencyKey: 'open-gardens', items: institutions },
    },
  );
  const classes = [GARDEN, OTHER_GARDEN].map((institutionCode) => ({
    institutionCode,
    name: '小一班',
    level: 'SMALL',
    schoolYear: 2026,
  }));
  const { openClasses } = await world.data<{ openClasses: Opened }>(
    opening,
    `mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } userErrors { code } } } }`,
    { input: { idempotencyKey: 'open-classes', items: classes } },
  );
  return new Map([GARDEN, OTHER_GARDEN].map((code, i) => [code, openClasses.results[i]!.class!.id]));
}

export const REGISTER = `mutation($input: RegisterChildrenInput!) { registerChildren(input: $input) {
  results { child { id } created warnings { code } userErrors { code field } } userErrors { code } } }`;
export const SUBMIT = `mutation($input: SubmitEnrolmentsInput!) { submitEnrolments(input: $input) {
  results { application { id state } record { id status } warnings { code } userErrors { code field } } userErrors { code } } }`;
export const APPROVE = `mutation($input: ApproveApplicationsInput!) { approveApplications(input: $input) {
  results { application { id state decidedBy } record { id status number } userErrors { code field } } userErrors { code } } }`;

interface Coded {
  readonly code: string;
  readonly field?: readonly string[];
}
interface Registered {
  readonly registerChildren: {
    readonly results: readonly {
      child: { id: string } | null;
      created: boolean;
      warnings: Coded[];
      userErrors: Coded[];
    }[];
    readonly userErrors: Coded[];
  };
}
interface Submitted {
  readonly submitEnrolments: {
    readonly results: readonly {
      application: { id: string; state: string } | null;
      record: { id: string; status: string } | null;
      warnings: Coded[];
      userErrors: Coded[];
    }[];
    readonly userErrors: Coded[];
  };
}
export interface Approved {
  readonly approveApplications: {
    readonly results: readonly {
      application: { id: string; state: string; decidedBy: string } | null;
      record: { id: string; status: string; number: string | null } | null;
      userErrors: Coded[];
    }[];
    readonly userErrors: Coded[];
  };
}

/** The three acts of the main job, as their clerks perform them; each call has a key of its own. */
export function acts(world: Asks, classes: ReadonlyMap<string, string>) {
  let calls = 0;
  const key = () => `call-${++calls}`;
  return {
    async register(as: ViewerSpec, items: readonly Child[], idempotencyKey = key()) {
      const { registerChildren } = await world.data<Registered>(as, REGISTER, {
        input: { idempotencyKey, items },
      });
      return registerChildren;
    },
    async submit(
      as: ViewerSpec,
      childIds: readonly string[],
      changes: { enteredOn?: string; classId?: string } = {},
      idempotencyKey = key(),
    ) {
      const institutionCode = as.institution!;
      const items = childIds.map((childId) => ({
        childId,
        institutionCode,
        classId: classes.get(institutionCode),
        enteredOn: '2026-10-08',
        ...changes,
      }));
      const { submitEnrolments } = await world.data<Submitted>(as, SUBMIT, {
        input: { idempotencyKey, items },
      });
      return submitEnrolments;
    },
    async approve(as: ViewerSpec, applicationIds: readonly string[], idempotencyKey = key()) {
      const { approveApplications } = await world.data<Approved>(as, APPROVE, {
        input: { idempotencyKey, applicationIds },
      });
      return approveApplications;
    },
    /** Registers and submits; answers the application ids. */
    async enrol(as: ViewerSpec, items: readonly Child[]): Promise<string[]> {
      const registered = await this.register(as, items);
      const submitted = await this.submit(
        as,
        registered.results.map(({ child }) => child!.id),
      );
      return submitted.results.map(({ application }) => application!.id);
    },
    async act(as: ViewerSpec, name: string, input: object) {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation($input: ${type}!) { act: ${name}(input: $input) { application { id state reason } record { id status number } warnings { code } userErrors { code field message messageEn } } }`;
      const answer = await world.data<{
        act: {
          application: { id: string; state: string } | null;
          record: { id: string; status: string; number: string | null } | null;
          warnings: Coded[];
          userErrors: (Coded & { messageEn: string })[];
        };
      }>(as, query, {
        input: { idempotencyKey: key(), ...input },
      });
      return answer.act;
    },
  };
}
