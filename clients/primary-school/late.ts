/** A preschool record that turns up after the school has made one of its own: both histories are joined. */
import { act, resume } from './acts.ts';
import type { LateLine } from './list.ts';
import type { Pupil } from './model.ts';
import type { School } from './sync.ts';

/** Links those who have no preschool record so far; answers them as they stand then. Others stay as they are. */
export async function linkLate(school: School, lines: readonly LateLine[]): Promise<Pupil[]> {
  const { pupils, admittedOn, batch } = school;
  await resume(school);
  for (let i = 0; i < lines.length; i += batch)
    await act(school, 'link', () =>
      lines
        .slice(i, i + batch)
        .filter(({ ref }) => pupils.isIdle(ref, 'NO_RECORD'))
        .map(({ ref, number, bornOn, schoolNumber }) => ({
          ref,
          input: { number, bornOn, schoolNumber, admittedOn },
        })),
    );
  return lines.flatMap(({ ref }) => pupils.byRef(ref) ?? []);
}
