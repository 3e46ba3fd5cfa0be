/** One log line and the metrics of each request: who in what role and province, what it cost, how it ended. */
import { parseInstitutionCode } from '../kernel/rules/institution-code.ts';
import type { Viewer } from '../kernel/rules/viewer.ts';
import { errorsByCode, requestCost, requestSeconds } from '../kernel/serve/metrics.ts';
import type { Log } from '../kernel/serve/log.ts';
import type { Answered } from './graphql-route.ts';

export function reporter(log: Log, level: 'info' | 'debug' = 'info'): (facts: Answered) => void {
  return ({ requestId, tally, status, ms }) => {
    const { name, kind, cost, viewer, codes } = tally;
    const outcome = codes[0] ?? (status < 400 ? 'ok' : String(status));
    requestSeconds.observe({ operation: name ?? 'other', kind: kind ?? 'none', outcome }, ms / 1000);
    if (cost !== undefined) requestCost.observe({ role: viewer?.role ?? 'NOBODY' }, cost);
    for (const code of codes) errorsByCode.inc({ code });
    log[level](
      {
        requestId,
        // An unfiled operation's name, like its text, is whatever the caller wrote.
        operation: name,
        kind,
        role: viewer?.role,
        province: viewer && provinceOf(viewer),
        durationMs: Math.round(ms),
        cost,
        status,
        outcome,
        ...(tally.unfiled && { unfiled: true }),
      },
      'request',
    );
  };
}

/** Two digits of every code are its province's, in an institution's those after its category; the nation's are 00. */
export const provinceOf = ({ area }: Pick<Viewer, 'area'>): string =>
  `${parseInstitutionCode(area.code)?.province ?? area.code.slice(0, 2)}0000`;
