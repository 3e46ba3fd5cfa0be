import type { CodeSet, ValueOf } from './code-set.ts';

/** The statistical urban-rural class of a place, three digits (统计用城乡分类代码). */
export const URBAN_RURAL_CLASS = {
  '111': { code: '111', zh: '主城区', en: 'main urban area' },
  '112': { code: '112', zh: '城乡结合区', en: 'urban fringe' },
  '121': { code: '121', zh: '镇中心区', en: 'town centre' },
  '122': { code: '122', zh: '镇乡结合区', en: 'town fringe' },
  '123': { code: '123', zh: '特殊区域', en: 'special area' },
  '210': { code: '210', zh: '乡中心区', en: 'township centre' },
  '220': { code: '220', zh: '村庄', en: 'village' },
} as const satisfies CodeSet;

export type UrbanRuralClass = ValueOf<typeof URBAN_RURAL_CLASS>;

/** The three groups the classes fall into. */
export const URBAN_RURAL = {
  URBAN: { code: '110', zh: '城区', en: 'urban' },
  TOWN: { code: '120', zh: '镇区', en: 'town' },
  RURAL: { code: '200', zh: '乡村', en: 'rural' },
} as const satisfies CodeSet;

export type UrbanRural = ValueOf<typeof URBAN_RURAL>;
