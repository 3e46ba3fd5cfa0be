/** Who tries an act: mostly whoever it belongs to. */
import type { Area, Viewer } from '../../../kernel/rules/viewer.ts';
import type { Act, Who } from './steps.ts';
import type { Corner } from './system.ts';
import type { Clerk, Turn } from './turns.ts';

export function clerkOf(step: Act, { reference, gardens }: Corner): Clerk {
  const life = reference.lives[step.child]!;
  const back = 'back' in step ? step.back : 0;
  const application = life.applications.at(-1 - back);
  const garden = (i: number, account = `entry-${gardens[i]!.code}`): Clerk => ({
    account,
    role: 'KINDERGARTEN',
    gardens: [i],
  });
  const office = (i: number, account = `county-${i}`): Clerk => ({ account, role: 'COUNTY', gardens: [i] });
  const above = (role: 'CITY' | 'PROVINCE'): Clerk => ({ account: role, role, gardens: [0, 1] });
  const home = Math.max(0, life.garden);
  const applicant = application?.garden ?? home;
  const own = (account?: string): Clerk => {
    switch (step.act) {
      case 'submitEnrolment':
      case 'requestTransfer':
        return garden(step.garden);
      case 'moveClass':
      case 'leave':
        return garden(home);
      case 'agreeToTransfer':
      case 'objectToTransfer':
        return garden(application?.from ?? home, account);
      case 'resubmitApplication':
      case 'withdrawApplication':
        return garden(applicant);
      default: {
        const role = application?.turn?.role;
        const place = application?.turn?.garden ?? applicant;
        return role === 'CITY' || role === 'PROVINCE' ? above(role) : office(place, account);
      }
    }
  };
  const clerks: Readonly<Record<Who, () => Clerk>> = {
    own: () => own(),
    garden0: () => garden(0),
    garden1: () => garden(1),
    county0: () => office(0),
    county1: () => office(1),
    city: () => above('CITY'),
    province: () => above('PROVINCE'),
    submitter: () => own(application?.by ?? 'nobody'),
  };
  return clerks[step.who]();
}

/** The area of an office or kindergarten by its role and one of the kindergartens within. */
export function areaOf({ role, garden }: Pick<Turn, 'role' | 'garden'>, { gardens }: Corner): Area {
  const { code, provinceCode, cityCode, countyCode } = gardens[garden]!;
  const areas: Readonly<Record<Clerk['role'], Area>> = {
    KINDERGARTEN: { level: 'INSTITUTION', code },
    COUNTY: { level: 'COUNTY', code: countyCode },
    CITY: { level: 'CITY', code: cityCode },
    PROVINCE: { level: 'PROVINCE', code: provinceCode },
  };
  return areas[role];
}

export const viewerOf = ({ account, role, gardens: [first] }: Clerk, here: Corner): Viewer => ({
  account,
  role,
  area: areaOf({ role, garden: first! }, here),
});
