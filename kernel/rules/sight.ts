/** What a viewer's eyes reach: its area, and children opened to it wherever they are. */
import type { Area, Viewer } from './viewer.ts';

export interface Sight extends Area {
  /** Ids of children opened by break-glass; they are looked up, never listed or counted. */
  readonly opened?: readonly string[];
}

export const sightOf = ({ area, opened = [] }: Viewer): Sight => ({
  ...area,
  opened: opened.map(({ childId }) => childId),
});

/**
 * May it see children under a protection order? Only whose account was given that right by name; and a neighbour that does
 * not ask for somebody who may not (kernel/serve/peer-transport.ts). Whoever else comes without rights has not got this one.
 */
export const seesSealed = ({ role, rights }: Viewer): boolean =>
  rights === undefined ? role === 'SERVICE' : rights.includes('seeSealedChildren');
