import { today } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { said } from '../rules/needs/text.ts';
import { askFor, type Item } from './ask-for.ts';
import type { Deps } from './deps.ts';
import { pastOf, reinstatementFacts, undoing } from './reinstatement-facts.ts';

/** What the kindergarten says where the child was last. */
export interface NewReinstatement extends Item {
  readonly reason: string;
}

/** Asks the county to undo the end of a record that was a mistake (practice 2.4). */
export function requestReinstatement(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  item: NewReinstatement,
) {
  const day = today(deps.now());
  const reason = said(item.reason) ?? '';
  return askFor(deps, viewer, idempotencyKey, item, {
    action: 'requestReinstatement',
    kind: 'REINSTATEMENT',
    gather: ({ record }) => pastOf(deps, [record]),
    facts: ({ record }, past) => ({ ...reinstatementFacts(record, past, day), reason }),
    said: ({ record }, past) => ({
      enteredOn: undoing(record, past, day).ending!.effectiveOn,
      details: { statement: reason },
    }),
    about: () => ({ reason }),
  });
}
