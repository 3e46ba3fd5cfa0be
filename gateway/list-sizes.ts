/**
 * How many items a list without pages is taken to have, for the cost of an operation. Guesses on the high
 * side of what the graph holds; a connection is counted by its `first` instead.
 */
export type PlainArguments = Readonly<Record<string, unknown>>;

/** `given`: the longest list among the arguments. */
type Size = (args: PlainArguments, given: number | undefined) => number;

const UNKNOWN = 50;
const CHILDREN = 60;
const PROVINCES = 40;
const REGIONS = 3_000;

const asGiven: Size = (_, given) => given ?? UNKNOWN;

/** By type and field, or by field alone. */
const SIZES: Readonly<Record<string, number | Size>> = {
  'Query.regions': ({ level, parent }) => {
    if (typeof parent === 'string') return CHILDREN;
    return level === 'PROVINCE' || level === 'NATION' ? PROVINCES : REGIONS;
  },
  'Query.enrolmentCounts': 3_000,
  'Query.applicationQueues': 20,
  'Query.resolveNumbers': asGiven,
  'Query.settings': ({ history }) => (history === true ? 300 : 20),
  'SettingValue.windows': 12,
  'Region.children': CHILDREN,
  'Region.successors': 5,
  'Region.predecessors': 5,
  'Institution.classes': 40,
  'Institution.history': 10,
  'InstitutionVersion.path': 3,
  'ReorganiseRegionsPayload.regions': CHILDREN,
  'Record.transferOffers': 5,
  'Record.placements': 10,
  'Record.events': 10,
  'Record.numbers': 3,
  'Record.applications': 10,
  'Application.steps': 8,
  'Record.availableActions': 10,
  'AvailableAction.reasons': 3,
  'GraduationCandidate.reasons': 2,
  'GraduationRow.reasons': 2,
  'PromoteClassesPayload.results': asGiven,
  'ClassPromotion.stayed': 5,
  'Child.documents': 3,
  'Child.guardians': 4,
  'Child.history': 5,
  'Child.changes': 10,
  'ChildVersion.changed': 4,
  'ChildChange.changed': 4,
  'ChildChange.guardians': 4,
  userErrors: 3,
  warnings: 3,
};

export function listSize(
  type: string,
  field: string,
  args: PlainArguments,
  given: number | undefined,
): number {
  const size = SIZES[`${type}.${field}`] ?? SIZES[field] ?? UNKNOWN;
  return typeof size === 'function' ? size(args, given) : size;
}
