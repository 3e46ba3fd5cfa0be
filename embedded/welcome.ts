/** What a newcomer reads after `npm start`. */
import { viewerOf, type Ask, type ViewerSpec } from '../clients/cli/demo/viewer-spec.ts';
import { DECIDING_CLERK } from '../clients/cli/demo/accounts.ts';
import { DEMO_REGION } from '../clients/cli/demo/generate.ts';
import type { DevIssuer } from '../gateway/dev-issuer.ts';

const SCHOOL: ViewerSpec = {
  account: 'primary-school-2133000001-1',
  role: 'PRIMARY_SCHOOL',
  institution: '2133000001',
};
const ANALYST: ViewerSpec = { account: 'ministry-analyst-000000-1', role: 'MINISTRY_ANALYST' };

const A_NUMBER = `query { records(filter: { status: ENROLLED }, first: 1) { nodes { number child { bornOn } } } }`;
interface ANumber {
  readonly records: {
    readonly nodes: readonly {
      readonly number: string;
      readonly child: { readonly bornOn: string } | null;
    }[];
  } | null;
}

export async function welcome(origin: string, issuer: DevIssuer, ask: Ask): Promise<string> {
  const token = (spec: ViewerSpec) => issuer.mint(viewerOf(spec), 30);
  const found = (await ask<ANumber>({ ...DECIDING_CLERK, purpose: 'VERIFICATION' }, A_NUMBER, {})).records
    ?.nodes[0];
  const [number, bornOn] = [found?.number ?? 'G…', found?.child?.bornOn ?? '2022-01-01'];
  return `
学籍 Xueji 已就绪 / is ready

  GraphQL   ${origin}/graphql      (浏览器打开即 Apollo Sandbox / in a browser: Apollo Sandbox)
  Explorer  ${origin}/explorer     (离线可用 / works offline, samples inside)

三个开发令牌，30 天有效 / three development tokens, valid for 30 days:

  县级管理员 / county clerk ${DEMO_REGION}
    ${await token(DECIDING_CLERK)}

  小学系统 / primary school
    ${await token(SCHOOL)}

  部级分析员 / ministry analyst
    ${await token(ANALYST)}

三个操作 / three operations to try (header: Authorization: Bearer <token>):

  县级待办 / the county's queue
    { applications(filter: { state: SUBMITTED }, first: 5) { totalCount nodes { id dueOn institution { name } record { child { name } } } } }

  小学核对学籍号 / a primary school resolves a number (header: x-xueji-purpose: ADMISSION)
    { resolveNumber(number: "${number}", bornOn: "${bornOn}") { outcome currentNumber status institution { name } } }

  全国在园统计 / the nation's counts
    { enrolmentCounts(by: [PROVINCE, AGE]) { region { name } age count } }

更多令牌 / more tokens:  npm run --silent token -- --role COUNTY --region ${DEMO_REGION}
停止 / stop:  Ctrl+C
`;
}
