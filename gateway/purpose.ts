/** What the caller says it looks at personal data for: the header `x-xueji-purpose`, or nothing. */
import {
  isPurpose,
  PURPOSE_HEADER,
  PURPOSE_NAMES,
  PURPOSES,
  purposesOf,
  type Purpose,
} from '../kernel/rules/purposes.ts';
import type { Viewer } from '../kernel/rules/viewer.ts';
import { Refusal } from './refusal.ts';

/** Throws Refusal for a purpose nobody knows, and for one the viewer's role may not state. */
export function purposeIn(header: string | undefined, viewer: Viewer | undefined): Purpose | undefined {
  if (header === undefined || viewer === undefined) return undefined;
  if (!isPurpose(header)) throw refused('BAD_USER_INPUT', PURPOSE_NAMES);
  const own = purposesOf(viewer.role);
  if (!own.includes(header)) throw refused('FORBIDDEN', own);
  return header;
}

/** What came is not repeated: a header may hold anything. */
function refused(code: 'BAD_USER_INPUT' | 'FORBIDDEN', expected: readonly Purpose[]): Refusal {
  const zh = expected.map((purpose) => `${purpose}（${PURPOSES[purpose].zh}）`).join('、') || '无';
  const en = expected.join(', ') || 'none';
  return new Refusal(
    code === 'FORBIDDEN' ? 403 : 400,
    code,
    `${PURPOSE_HEADER} 应为以下之一：${zh}。${PURPOSE_HEADER} must be one of: ${en}.`,
  );
}
