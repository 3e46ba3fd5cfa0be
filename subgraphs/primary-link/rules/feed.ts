import type { Area, Place } from '../../../kernel/rules/viewer.ts';
import type { FeedFacts, TakeOver, TakeOverSides } from '../model.ts';
import { schoolPlace } from './take-over.ts';

/** A stream is read in so many parts at once; all changes of one record lie in one of them. */
export const FEED_PARTS = 4;

export const partOf = (recordId: string): number => parseInt(recordId.slice(-1), 16) % FEED_PARTS;

/** Whoever has an area reads its stream; the nation is read province by province. */
export const streamOf = ({ level, code }: Area): string => `${level} ${code}`;

export function streamsAt({ provinceCode, cityCode, countyCode }: Place): string[] {
  return [
    streamOf({ level: 'COUNTY', code: countyCode }),
    ...(cityCode === null ? [] : [streamOf({ level: 'CITY', code: cityCode })]),
    streamOf({ level: 'PROVINCE', code: provinceCode }),
  ];
}

/** Whom a take-over concerns: both sides and those above them. */
export function streamsOf(takeOver: TakeOverSides): string[] {
  const school = schoolPlace(takeOver);
  return [
    streamOf({ level: 'INSTITUTION', code: takeOver.schoolCode }),
    ...streamsAt(school),
    ...streamsAt(takeOver),
  ];
}

export const takeOverFacts = (takeOver: TakeOver, effectiveOn: string): FeedFacts => ({
  ...{ kinds: ['TAKE_OVER'], statusFrom: null, statusTo: null },
  ...{ effectiveOn, takeOverId: takeOver.id, takeOverState: takeOver.state },
});
