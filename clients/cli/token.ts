/** `token`: prints a development token, and nothing else, on standard output. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import {
  AREA_LEVEL_OF_ROLE,
  NATION,
  ROLES,
  type Area,
  type Role,
  type Viewer,
} from '../../kernel/rules/viewer.ts';
import { ConfigError } from '../../kernel/serve/config.ts';

export interface TokenOptions {
  readonly role: Role;
  readonly region?: string | undefined;
  readonly institution?: string | undefined;
  readonly account?: string | undefined;
}

const CALLER_ROLES = ROLES.filter((role) => role !== 'SERVICE');

export function tokenCommand(): Command {
  return new Command('token')
    .description('打印一个开发令牌 / print a development token')
    .addOption(new Option('--role <role>', '角色 / role').choices(CALLER_ROLES).makeOptionMandatory())
    .option(
      '--region <code>',
      '6 位行政区划代码 / region code, for PROVINCE, CITY and COUNTY',
      code(/^\d{6}$/),
    )
    .option(
      '--institution <code>',
      '10 位机构代码 / institution code, for KINDERGARTEN and PRIMARY_SCHOOL',
      code(/^\d{10}$/),
    )
    .option('--account <name>', '账号 / the account that acts')
    .option('--days <n>', '有效天数 / days it is valid', days, 30)
    .action(async (options: TokenOptions & { days: number }, command: Command) => {
      const viewer = viewerOf(options);
      if (typeof viewer === 'string') return command.error(viewer, { exitCode: 2 });
      process.stdout.write(`${await minted(viewer, options.days, command)}\n`);
    });
}

/** The viewer the options describe, or what is missing. */
export function viewerOf({ role, region, institution, account }: TokenOptions): Viewer | string {
  const area = areaOf(role, region, institution);
  if (typeof area === 'string') return area;
  return { account: account ?? `${role.toLowerCase().replaceAll('_', '-')}-${area.code}-1`, role, area };
}

function areaOf(role: Role, region?: string, institution?: string): Area | string {
  const level = AREA_LEVEL_OF_ROLE[role];
  if (level === 'NATION') {
    if (region || institution)
      return `角色 ${role} 面向全国，不带 --region 或 --institution。${role} takes neither --region nor --institution.`;
    return NATION;
  }
  const [option, given, other] =
    level === 'INSTITUTION' ? ['--institution', institution, region] : ['--region', region, institution];
  if (!given || other) return `角色 ${role} 应带且只带 ${option}。${role} takes ${option}, and only that.`;
  return { level, code: given };
}

async function minted(viewer: Viewer, days: number, command: Command): Promise<string> {
  try {
    const issuer = await openDevIssuer(process.env['DATA_DIR'] ?? './var');
    return await issuer.mint(viewer, days);
  } catch (error) {
    if (error instanceof ConfigError) return command.error(error.message, { exitCode: 2 });
    throw error;
  }
}

const code = (form: RegExp) => (text: string) => {
  if (!form.test(text)) throw new InvalidArgumentError(`应为 ${form.source}。Expected ${form.source}.`);
  return text;
};

function days(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 366)
    throw new InvalidArgumentError('应为 1 至 366。Expected 1 to 366.');
  return n;
}
