/** `token`: prints a development token, and nothing else, on standard output. */
import { Command, Option } from 'commander';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { readRegionTree } from '../../kernel/region-data.ts';
import { regionsOf, type RegionNode } from '../../kernel/rules/regions.ts';
import {
  AREA_LEVEL_OF_ROLE,
  INNER_ROLES,
  NATION,
  ROLES,
  type Area,
  type AreaLevel,
  type Role,
  type Viewer,
} from '../../kernel/rules/viewer.ts';
import { ConfigError } from '../../kernel/serve/config.ts';
import { EXIT } from './ending.ts';
import { account, institutionCode, regionCode, whole } from './typed.ts';

export interface TokenOptions {
  readonly role: Role;
  readonly region?: string | undefined;
  readonly institution?: string | undefined;
  readonly account?: string | undefined;
}

const CALLER_ROLES = ROLES.filter((role) => !INNER_ROLES.some((inner) => inner === role));

export function tokenCommand(): Command {
  return new Command('token')
    .description('打印一个开发令牌 / print a development token')
    .addOption(new Option('--role <role>', '角色 / role').choices(CALLER_ROLES).makeOptionMandatory())
    .option('--region <code>', '6 位行政区划代码 / region code, for PROVINCE, CITY and COUNTY', regionCode)
    .option(
      '--institution <code>',
      '10 位机构代码 / institution code, for KINDERGARTEN and PRIMARY_SCHOOL',
      institutionCode,
    )
    .option('--account <name>', '账号 / the account that acts', account)
    .option('--days <n>', '有效天数 / days it is valid', whole(1, 366), 30)
    .action(async (options: TokenOptions & { days: number }, command: Command) => {
      const viewer = viewerOf(options);
      if (typeof viewer === 'string') return command.error(viewer, { exitCode: EXIT.stopped });
      process.stdout.write(`${await minted(viewer, options.days, command)}\n`);
    });
}

/** The viewer the options describe, or what is missing. */
export function viewerOf({ role, region, institution, account }: TokenOptions): Viewer | string {
  const area = areaOf(role, region, institution);
  if (typeof area === 'string') return area;
  return { account: account ?? accountOf(role, area.code), role, area };
}

/** Of a kindergarten the account that reviews, which may do everything the one that enters may. */
const accountOf = (role: Role, code: string) =>
  `${role.toLowerCase().replaceAll('_', '-')}-${code}-${role === 'KINDERGARTEN' ? 'review' : '1'}`;

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
  const found = level === 'INSTITUTION' ? null : regionsOf(readRegionTree()).find(given);
  // A code the lists do not know may be of a region made since, by a reorganisation.
  if (found && !isSeatOf(level, found))
    return `${given} 是${found.fullName}（${found.level}），角色 ${role} 应带 ${level} 级的代码。${given} is of level ${found.level}; ${role} takes a code of level ${level}.`;
  return { level, code: given };
}

/** Is there an authority of this level? A city without counties is its own county. */
const isSeatOf = (level: AreaLevel, { level: own, hasCountyAuthority, originOnly }: RegionNode): boolean =>
  !originOnly && (own === level || (level === 'COUNTY' && hasCountyAuthority));

async function minted(viewer: Viewer, days: number, command: Command): Promise<string> {
  try {
    const issuer = await openDevIssuer(process.env['DATA_DIR'] ?? './var');
    return await issuer.mint(viewer, days);
  } catch (error) {
    if (error instanceof ConfigError) return command.error(error.message, { exitCode: EXIT.stopped });
    throw error;
  }
}
