import type { Subgraph } from '../../kernel/graph/subgraph.ts';

/** What everybody asks of institutions every second, whatever the story; see kernel/serve/standings.ts. */
const IN_THE_BACKGROUND = 'account-standings';

/** Lets a subgraph answer so many requests more and then none; in one process nothing else can be down. */
export function switchOf(subgraph: Subgraph): (answers: number) => void {
  let left = Infinity;
  const context = subgraph.context.bind(subgraph);
  subgraph.context = (call) => {
    if (left <= 0) throw new Error(`${subgraph.name} is down.`);
    if (call.requestId !== IN_THE_BACKGROUND) left -= 1;
    return context(call);
  };
  return (answers) => (left = answers);
}
