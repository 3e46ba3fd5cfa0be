import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import { normalise } from '../../../kernel/rules/identity-document.ts';
import { comparedName } from '../../../kernel/rules/person-name.ts';
import { columnOf, type ColumnKey } from './columns.ts';
import { fault, type Fault } from './faults.ts';
import type { RowValues } from './row-values.ts';

/**
 * Finds a child that stands twice in one file: the same document, or, for children without one, the same
 * name, sex, birth date and guardian. The first row stands, every later one is the duplicate.
 */
export class DuplicateFinder {
  private readonly rowOf = new Map<string, number>();

  check({ row, of }: RowValues): Fault[] {
    const identity = identityOf(of);
    if (identity === null) return [];
    const first = this.rowOf.get(identity.key);
    if (first === undefined) {
      this.rowOf.set(identity.key, row);
      return [];
    }
    return [fault('DUPLICATE_IN_FILE', { row, column: columnOf(identity.column).header }, { row: first })];
  }
}

function identityOf(of: RowValues['of']): { key: string; column: ColumnKey } | null {
  const { documentKind, documentNumber, name, sex, bornOn, guardianName } = of;
  if (documentKind === undefined) return null;
  const number = normalise(documentKind as DocumentKind, documentNumber);
  if (number !== null) return { key: `${documentKind} ${number}`, column: 'documentNumber' };
  const known = [name, sex, bornOn, guardianName];
  if (documentKind !== 'NONE' || known.includes(undefined)) return null;
  const key = [comparedName(name ?? ''), sex, bornOn, comparedName(guardianName ?? '')].join(' ');
  return { key, column: 'name' };
}
