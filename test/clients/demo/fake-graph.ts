/** As much of the graph as seeding asks: keeps what it is sent, and answers a repeated key without doing it again. */
import type { Ask, ViewerSpec } from '../../../clients/cli/demo/viewer-spec.ts';

export interface Call {
  readonly act: string;
  readonly viewer: ViewerSpec;
  readonly items: number;
}

interface Input {
  readonly idempotencyKey: string;
  readonly items?: readonly Record<string, unknown>[];
  readonly applicationIds?: readonly string[];
  readonly applicationId?: string;
}

type Refuse = (act: string, item: Record<string, unknown>) => string | null;

export class FakeGraph {
  readonly calls: Call[] = [];
  readonly approved = new Set<string>();
  readonly returned = new Set<string>();
  readonly made: Record<string, number> = {};
  private readonly answers = new Map<string, unknown>();
  /** A graduation takes the three of last year's class along. */
  private graduated = 0;
  private ids = 0;

  constructor(
    private readonly refuse: Refuse = () => null,
    private callsLeft = Infinity,
  ) {}

  /** A graph that stops answering after so many calls, and later goes on with what it has. */
  failAfter(calls: number): void {
    this.callsLeft = calls;
  }

  readonly ask: Ask = async <Data>(
    viewer: ViewerSpec,
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Data> => {
    await Promise.resolve();
    if (this.callsLeft-- <= 0) throw new Error('The graph is gone.');
    if (query.includes('enrolmentCounts'))
      return { enrolmentCounts: [{ count: this.approved.size - this.graduated }] } as Data;
    if (query.includes('records('))
      return { records: { nodes: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] } } as Data;
    if (query.includes('breakGlasses(')) return { breakGlasses: { nodes: [] } } as Data;
    const act = /^\s*(\w+)\(input/m.exec(query)![1]!;
    const input = variables['input'] as Input;
    this.calls.push({ act, viewer, items: (input.items ?? input.applicationIds ?? [1]).length });
    const known = this.answers.get(`${viewer.account} ${input.idempotencyKey}`);
    const answer = known ?? this.perform(act, input);
    this.answers.set(`${viewer.account} ${input.idempotencyKey}`, answer);
    return { [act]: answer } as Data;
  };

  private perform(act: string, input: Input): unknown {
    if (act === 'returnApplication') {
      this.returned.add(input.applicationId!);
      return { application: { id: input.applicationId }, userErrors: [] };
    }
    // Acts on one thing; nobody looks at what they do here.
    if (!input.items && act !== 'approveApplications') {
      this.made[act] = (this.made[act] ?? 0) + 1;
      if (act === 'graduate') this.graduated += 3;
      const thing = { id: `${act}-${++this.ids}` };
      return { application: thing, run: thing, problemCase: thing, dataExport: thing, userErrors: [] };
    }
    if (act === 'approveApplications') {
      for (const id of input.applicationIds!) this.approved.add(id);
      return {
        results: input.applicationIds!.map((id) => ({ application: { id }, userErrors: [] })),
        userErrors: [],
      };
    }
    this.made[act] = (this.made[act] ?? 0) + input.items!.length;
    return { results: input.items!.map((item) => this.make(act, item)), userErrors: [] };
  }

  private make(act: string, item: Record<string, unknown>): unknown {
    const code = this.refuse(act, item);
    const thing = code === null ? { id: `${act}-${++this.ids}`, name: item['name'] } : null;
    const userErrors = code === null ? [] : [{ code, field: ['items', '0', 'documentNumber'] }];
    return {
      institution: thing,
      primarySchool: thing,
      class: thing,
      child: thing,
      application: thing,
      userErrors,
    };
  }
}
