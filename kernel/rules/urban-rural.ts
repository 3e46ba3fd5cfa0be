import type { UrbanRural, UrbanRuralClass } from './code-sets/urban-rural.ts';

const GROUP_OF_CLASS: Readonly<Record<UrbanRuralClass, UrbanRural>> = {
  '111': 'URBAN',
  '112': 'URBAN',
  '121': 'TOWN',
  '122': 'TOWN',
  '123': 'TOWN',
  '210': 'RURAL',
  '220': 'RURAL',
};

export function urbanRuralOf(urbanRuralClass: UrbanRuralClass): UrbanRural {
  return GROUP_OF_CLASS[urbanRuralClass];
}
