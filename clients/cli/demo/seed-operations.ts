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

type ActAnswer = (Item & { application: Thing | null }) | null;

export const REQUEST_TRANSFER = `
  mutation DemoRequestTransfer($input: RequestTransferInput!) {
    requestTransfer(input: $input) { application { id } ${REFUSALS} }
  }`;
export interface RequestTransferAnswer {
  readonly requestTransfer: ActAnswer;
}

export const AGREE_TO_TRANSFER = `
  mutation DemoAgreeToTransfer($input: AgreeToTransferInput!) {
    agreeToTransfer(input: $input) { application { id } ${REFUSALS} }
  }`;
export interface AgreeToTransferAnswer {
  readonly agreeToTransfer: ActAnswer;
}

export const OBJECT_TO_TRANSFER = `
  mutation DemoObjectToTransfer($input: ObjectToTransferInput!) {
    objectToTransfer(input: $input) { application { id } ${REFUSALS} }
  }`;
export interface ObjectToTransferAnswer {
  readonly objectToTransfer: ActAnswer;
}

export const COUNT_ENROLLED = `
  query DemoCountEnrolled($region: String!) {
    enrolmentCounts(by: [COUNTY], filter: { region: $region }) { count }
  }`;
export interface CountEnrolledAnswer {
  readonly enrolmentCounts: readonly { readonly count: number }[] | null;
}
