/**
 * `npm start`: the whole graph with a demonstration county, in one process on embedded databases. Where there are workers, they
 * are gateways and open no database: this program is theirs too.
 */
import { primary } from '../kernel/serve/workers/primary.ts';

await (primary ? import('./worker.ts') : import('./start.ts'));
