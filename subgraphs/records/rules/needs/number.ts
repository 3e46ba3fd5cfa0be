import { userError } from '../../../../kernel/rules/user-errors.ts';
import type { NeedRow } from '../needs.ts';

/** What changing a number asks: the K-12 rules that preschool numbers continue into. */
export const NUMBER_NEEDS = {
  NUMBER_CONVERTIBLE: {
    zh: 'L 号；身份证件已核实的，J 号亦可。G 号不因身份证号变化而变更',
    en: 'an L number, or a J number once the ID is proven; a G number never changes with the ID',
    unmet: ({ number, nextNumber }) =>
      nextNumber === null ? userError('NUMBER_FORMAL', [], { type: number?.slice(0, 1) ?? '–' }) : null,
  },
  DUPLICATES_CLEARED: {
    zh: '编 J 号须查重通过',
    en: 'for a J number, no other child of the same name, sex and birth date',
    unmet: ({ nextNumber, child }) =>
      nextNumber === 'J' && child && child.likeChildren > 0
        ? userError('DUPLICATES_SUSPECTED', [], { count: child.likeChildren })
        : null,
  },
  NUMBER_NEVER_DELETED: {
    zh: '删除过的学籍号不再编发',
    en: 'a deleted number is not issued again',
    unmet: ({ numberDeleted }) => (numberDeleted ? userError('NUMBER_NOT_REISSUED') : null),
  },
  NUMBER_IS_G: {
    zh: '现学籍号为 G 号',
    en: 'the current number is a G number',
    unmet: ({ number }) =>
      number === undefined || number?.startsWith('G')
        ? null
        : userError('NUMBER_NOT_G', [], { type: number?.slice(0, 1) ?? '–' }),
  },
  EVIDENCE_GIVEN: {
    zh: '至少一份佐证',
    en: 'at least one paper',
    unmet: ({ evidence }) =>
      evidence?.length === 0 ? userError('EVIDENCE_MISSING', ['evidence'], { expected: '≥ 1' }) : null,
  },
} satisfies Record<string, NeedRow>;
