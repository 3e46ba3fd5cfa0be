/** `npm run schema`: prints the subgraphs, composes them, and writes what is generated; `--check` only compares. */
import { describeSubgraphs } from '../embedded/graph.ts';
import { compose } from './write.ts';

process.exitCode = compose(describeSubgraphs(), process.argv.slice(2));
