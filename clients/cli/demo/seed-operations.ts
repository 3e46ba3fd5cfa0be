/** What seeding asks of the graph, and the shapes of the answers. */
export interface Refusal {
  readonly code: string;
  readonly field: readonly string[];
}

export interface Payload<Result> {
  readonly results: readonly Result[];
  readonly userErrors: readonly Refusal[];
}

interface Item {
  readonly userErrors: readonly Refusal[];
}

interface Thing {
  readonly id: string;
}

const REFUSALS = 'userErrors { code field }';

export const OPEN_INSTITUTIONS = `
  mutation DemoOpenInstitutions($input: OpenInstitutionsInput!) {
    openInstitutions(input: $input) { results { institution { id } ${REFUSALS} } ${REFUSALS} }
  }`;
export interface OpenInstitutionsAnswer {
  readonly openInstitutions: Payload<Item & { institution: Thing | null }> | null;
}

export const OPEN_CLASSES = `
  mutation DemoOpenClasses($input: OpenClassesInput!) {
    openClasses(input: $input) { results { class { id name } ${REFUSALS} } ${REFUSALS} }
  }`;
export interface OpenClassesAnswer {
  readonly openClasses: Payload<Item & { class: (Thing & { name: string }) | null }> | null;
}

export const REGISTER_CHILDREN = `
  mutation DemoRegisterChildren($input: RegisterChildrenInput!) {
    registerChildren(input: $input) { results { child { id } ${REFUSALS} } ${REFUSALS} }
  }`;
export interface RegisterChildrenAnswer {
  readonly registerChildren: Payload<Item & { child: Thing | null }> | null;
}

export const SUBMIT_ENROLMENTS = `
  mutation DemoSubmitEnrolments($input: SubmitEnrolmentsInput!) {
    submitEnrolments(input: $input) { results { application { id } ${REFUSALS} } ${REFUSALS} }
  }`;
export interface SubmitEnrolmentsAnswer {
  readonly submitEnrolments: Payload<Item & { application: Thing | null }> | null;
}

export const APPROVE_APPLICATIONS = `
  mutation DemoApproveApplications($input: ApproveApplicationsInput!) {
    approveApplications(input: $input) { results { application { id } ${REFUSALS} } ${REFUSALS} }
  }`;
export interface ApproveApplicationsAnswer {
  readonly approveApplications: Payload<Item & { application: Thing | null }> | null;
}

export const RETURN_APPLICATION = `
  mutation DemoReturnApplication($input: ReturnApplicationInput!) {
    returnApplication(input: $input) { application { id } ${REFUSALS} }
  }`;
export interface ReturnApplicationAnswer {
  readonly returnApplication: (Item & { application: Thing | null }) | null;
}

export const COUNT_ENROLLED = `
  query DemoCountEnrolled($region: String!) {
    enrolmentCounts(by: [COUNTY], filter: { region: $region }) { count }
  }`;
export interface CountEnrolledAnswer {
  readonly enrolmentCounts: readonly { readonly count: number }[] | null;
}
