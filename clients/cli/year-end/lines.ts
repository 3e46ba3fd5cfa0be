/** How the end of a school year is printed: ids and codes, never what is known of a child. */
import type { Language } from '../roster/report.ts';
import type { PreviewNode, Run } from './operations.ts';
import type { ClassPlan } from './plan.ts';
import type { Told } from './run.ts';

export const runLine = (run: Run | null) =>
  run === null
    ? 'nobody to graduate'
    : `graduation ${run.id} ${run.state}: listed ${run.listed}, left out ${run.excluded}, graduated ${run.graduated}, undone ${run.undone}`;

export function classLine({
  class: { name, level },
  graduating,
  goingOn,
  staying,
  next,
  nextId,
}: ClassPlan): string {
  const onward = next
    ? `${goingOn.length} -> ${next.name} ${next.level}${nextId ? '' : ' (to be opened)'}`
    : '0';
  return [name, level, `graduate ${graduating.length}`, `go on ${onward}`, `stay ${staying.length}`].join(
    '\t',
  );
}

export const briefly = ({ class: of, graduating, goingOn, staying, next, nextId }: ClassPlan) => ({
  class: of,
  next: next && { ...next, id: nextId },
  graduating: graduating.map(({ record }) => record.id),
  goingOn: goingOn.map(({ record }) => record.id),
  staying: staying.map(({ record, reasons }) => ({ recordId: record.id, reasons })),
});

export const childLines = ({ record, reasons }: PreviewNode, lang: Language) =>
  reasons.map((refusal) => `\t${toldLine({ of: record.id, refusal }, lang)}`);

export function toldLine({ of, refusal: { code, message, messageEn } }: Told, lang: Language): string {
  const words = { zh: message, en: messageEn, both: `${message} ${messageEn}` };
  return [of, code, words[lang]].join('\t');
}
