/** How large an operation may be. */
import type { DocumentNode } from 'graphql';
import { heightsOf } from './height.ts';
import { FragmentCycle, measureOperations, type Measure } from './measure.ts';
import { Refusal } from './refusal.ts';

export const MAX_TOKENS = 4_000;

/** Greatest allowed number of each, and what it is called. */
export const LIMITS = {
  depth: { most: 12, zh: '嵌套层数', en: 'levels of depth' },
  aliases: { most: 30, zh: '别名', en: 'aliases' },
  roots: { most: 20, zh: '根字段', en: 'root fields' },
  directives: { most: 10, zh: '指令', en: 'directives' },
  selections: { most: 500, zh: '字段总数（展开片段后）', en: 'fields with fragments spread out' },
  // Brackets of any kind, so that nothing nests out of sight of `depth`: fragments, values, types.
  nesting: { most: 40, zh: '括号嵌套层数', en: 'levels of brackets' },
} as const satisfies Record<keyof Measure, { most: number; zh: string; en: string }>;

/** Different fields, each counted once in its place however often it is written there. */
export const HEIGHT = { most: 250, zh: '不同字段数', en: 'different fields' } as const;

/** Why the document is refused: the first limit it passes, or fragments that never end. */
export function overLimit(document: DocumentNode): Refusal | undefined {
  try {
    return firstOver(measureOperations(document)) ?? overHeight(document);
  } catch (error) {
    if (!(error instanceof FragmentCycle)) throw error;
    return new Refusal(
      400,
      'GRAPHQL_VALIDATION_FAILED',
      '片段不能直接或间接包含自身。A fragment must not spread itself, nor through others.',
    );
  }
}

function firstOver(measures: readonly Measure[]): Refusal | undefined {
  for (const measure of measures) {
    for (const [name, { most, zh, en }] of Object.entries(LIMITS)) {
      const came = measure[name as keyof Measure];
      if (came > most) return tooMuch(most, came, zh, en);
    }
  }
  return undefined;
}

/** After the others, since it goes through fragments as often as they are spread. */
function overHeight(document: DocumentNode): Refusal | undefined {
  const { most, zh, en } = HEIGHT;
  const came = heightsOf(document).find((height) => height > most);
  return came === undefined ? undefined : tooMuch(most, came, zh, en);
}

export function tooMuch(most: number, came: number | string, zh: string, en: string): Refusal {
  return new Refusal(
    400,
    'QUERY_LIMIT_EXCEEDED',
    `${zh}最多 ${most}，收到 ${came}。At most ${most} ${en} are allowed, ${came} came.`,
  );
}
