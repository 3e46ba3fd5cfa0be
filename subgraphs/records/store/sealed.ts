import { unsealed, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { raw, type Sql } from '../../../kernel/store/sql.ts';

/** `unsealed` for rows that name a record and not its child. */
export const unsealedRecord = (eyes: Eyes, recordId: string): Sql =>
  eyes.seeSealed
    ? raw('TRUE')
    : raw(`NOT EXISTS (SELECT 1 FROM record shielded JOIN sealed_child ON sealed_child.child_id = shielded.child_id
        WHERE shielded.id = ${recordId} AND sealed_child.sealed = 1)`);

/** The same for steps, of which a period has very many and sealed children have few: those are found once. */
export const unsealedStep = ({ seeSealed }: Eyes): Sql =>
  seeSealed
    ? raw('TRUE')
    : raw(`application_id NOT IN (SELECT a.id FROM sealed_child s JOIN record r ON r.child_id = s.child_id
        JOIN application a ON a.record_id = r.id WHERE s.sealed = 1)`);

export { unsealed };
