/** Is this process still to work, or is it about to end? Asked between two steps: what is left then, its successor does. */
export type GoesOn = () => boolean;

export const always: GoesOn = () => true;
