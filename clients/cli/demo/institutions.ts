import type { Founder } from '../../../kernel/rules/code-sets/founder.ts';
import type { UrbanRuralClass } from '../../../kernel/rules/code-sets/urban-rural.ts';
import { creditCodeCheck } from '../../../kernel/rules/credit-code.ts';
import { INSTITUTION_CATEGORY } from '../../../kernel/rules/institution-code.ts';
import { apportion, heavyTailed } from './apportion.ts';
import type { DemoInstitution } from './model.ts';
import { randomOf, type Random, type Weights } from './random.ts';
import type { NationalFigures } from './statistics.ts';

/** Of the private kindergartens; the national share of inclusive ones among all was 86 % in 2023. */
const INCLUSIVE_PRIVATE = 0.7;
/** How unequal sizes are: public ones range wider, their largest passes 600 children. */
const SPREAD = { public: 0.75, private: 0.6 };

const PUBLIC_FOUNDERS: Weights<Founder> = [
  ['COUNTY_EDUCATION', 28],
  ['COLLECTIVE', 5],
  ['PUBLIC_INSTITUTION', 2],
  ['COUNTY_OTHER', 2],
  ['LOCAL_ENTERPRISE', 1],
  ['MILITARY', 1],
];

const TOWNS = '良渚 瓶窑 径山 仓前 闲林 五常 中泰 仁和 黄湖 鸬鸟 百丈 未来'.split(' ');
const FIRST = [...'星晨童阳蓝彩青春金小新启'];
const SECOND = [...'禾露乐光虹苗橙鹿苑明桥树'];

export interface PlannedInstitution {
  readonly institution: DemoInstitution;
  readonly children: number;
}

export interface InstitutionPlan {
  readonly seed: string;
  readonly region: string;
  readonly schoolYear: number;
  readonly kindergartens: number;
  readonly children: number;
  readonly figures: NationalFigures;
}

type Draft = Pick<DemoInstitution, 'founder' | 'inclusive'> & { readonly children: number };

/** The institutions with the number of children each has; both totals are exact. */
export function planInstitutions(plan: InstitutionPlan): PlannedInstitution[] {
  const random = randomOf(`${plan.seed}/institutions`);
  return random.shuffled(drafts(plan, random)).map(({ children, ...draft }, at) => {
    const own = randomOf(`${plan.seed}/institution/${at}`);
    const institution: DemoInstitution = {
      ...draft,
      code: institutionCode(plan.region, at),
      name: nameOf(at, own),
      creditCode: creditCodeOf(at, draft, own),
      kind: 'KINDERGARTEN',
      urbanRuralClass: own.weighted(surroundings(children)),
      region: plan.region,
      openedOn: `${own.between(1985, plan.schoolYear - 5)}-09-01`,
    };
    return { institution, children };
  });
}

function drafts({ kindergartens, children, figures }: InstitutionPlan, random: Random): Draft[] {
  const privates = Math.round(kindergartens * figures.privateKindergartens);
  const publics = kindergartens - privates;
  const inPrivate = Math.round(children * figures.privateChildren);
  const weights = PUBLIC_FOUNDERS.map(([, weight]) => weight);
  const founders = apportion(publics, weights).flatMap((many, at) =>
    Array.from({ length: many }, () => PUBLIC_FOUNDERS[at]![0]),
  );
  const inclusive = random.shuffled(
    Array.from({ length: privates }, (_, at) => at < Math.round(privates * INCLUSIVE_PRIVATE)),
  );
  return [
    ...heavyTailed(publics, children - inPrivate, SPREAD.public).map((size, at): Draft => ({
      founder: founders[at]!,
      inclusive: false,
      children: size,
    })),
    ...heavyTailed(privates, inPrivate, SPREAD.private).map((size, at): Draft => ({
      founder: 'PRIVATE',
      inclusive: inclusive[at]!,
      children: size,
    })),
  ];
}

/** Says in the name itself that this kindergarten does not exist. */
function nameOf(at: number, random: Random): string {
  const word = FIRST[at % FIRST.length]! + SECOND[(at + Math.floor(at / FIRST.length)) % SECOND.length]!;
  return `余杭区${random.pick(TOWNS)}${word}幼儿园（演示）`;
}

/** The larger, the more urban: this county is a district that still has villages. */
function surroundings(children: number): Weights<UrbanRuralClass> {
  if (children >= 150) return [['111', 60], ['112', 25], ['121', 15]]; // prettier-ignore
  if (children >= 60) return [['111', 35], ['112', 25], ['121', 20], ['122', 15], ['220', 5]]; // prettier-ignore
  return [['112', 15], ['121', 15], ['122', 25], ['210', 15], ['220', 30]]; // prettier-ignore
}

/** Region 190110 as in the children's numbers: no body can be registered in a province that does not exist. */
function creditCodeOf(at: number, draft: Omit<Draft, 'children'>, random: Random): string | null {
  const prefix = registryOf(draft, random);
  if (prefix === null) return null;
  const body = `MJ99${String(at + 1).padStart(4, '0')}`;
  const first17 = `${prefix}190110${body}${organisationCheck(body)}`;
  return first17 + creditCodeCheck(first17);
}

/** 12 public institution, 52 non-profit private body, 91 company. The armed forces have no such code. */
function registryOf({ founder, inclusive }: Omit<Draft, 'children'>, random: Random): string | null {
  if (founder === 'MILITARY') return null;
  if (founder === 'PRIVATE') return !inclusive && random.chance(0.6) ? '91' : '52';
  return founder === 'COLLECTIVE' || founder === 'LOCAL_ENTERPRISE' ? '52' : '12';
}

/** The ninth character of an organisation code, GB 11714. */
function organisationCheck(body: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((total, character, at) => total + parseInt(character, 36) * weights[at]!, 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** The codes of a demonstration are of a range no authority gives out. */
export function institutionCode(region: string, at: number): string {
  return `${INSTITUTION_CATEGORY.KINDERGARTEN}${region.slice(0, 2)}${990_001 + at}`;
}
