/** The operations of one supergraph that have been asked, each planned and compiled once, in bounds. */
import { Kind, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { Lru, type LruBounds } from '../../kernel/serve/lru.ts';
import { conditionsOf, settled, type Asked } from './conditions.ts';
import { NotCompiled, type FallbackReason } from './fallback.ts';
import { planned, type Graph, type Planned } from './plan.ts';
import { shaperOf, type Shaper } from './shape.ts';
import type { Step } from './steps.ts';
import { readerOf, type Reader, type Understood } from './variables.ts';

/** Characters of plans and programs; in memory some ten times as much. */
export const OPERATION_BOUNDS: LruBounds = { entries: 1_000, weight: 4 * 1024 * 1024 };

/** Sets of values for @skip and @include that are kept for one operation; a page has a handful of boxes to tick. */
const MOST_VARIANTS = 16;
/** What an entry weighs beside its variants: its part of the parsed text. */
const BARE_WEIGHT = 500;

interface Entry {
  readonly asked: Asked;
  readonly planned: Planned;
  /** The variables that decide what is asked. */
  readonly conditions: readonly string[];
  /** By the values of the conditions. */
  readonly shapers: Map<string, Shaper | FallbackReason>;
}

/** Cannot be compiled, whatever its variables are. */
interface Refused {
  readonly reason: FallbackReason;
}

/** Everything an execution needs. */
export interface Compiled {
  readonly asked: Asked;
  readonly fetch: Step;
  readonly shape: Shaper;
}

export interface Question {
  /** What tells operations apart: the text's hash and the operation's name. */
  readonly key: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Variables with defaults filled in. */
  readonly values: Readonly<Record<string, unknown>>;
}

export class Operations {
  private readonly entries: Lru<Entry | Refused>;
  private readonly readers = new WeakMap<OperationDefinitionNode, Reader>();

  constructor(
    readonly graph: Graph,
    bounds: LruBounds = OPERATION_BOUNDS,
  ) {
    this.entries = new Lru(bounds);
  }

  understand(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): Understood {
    let reader = this.readers.get(operation);
    if (!reader) this.readers.set(operation, (reader = readerOf(this.graph.schema, operation)));
    return reader(variables);
  }

  /** Has it been planned already? */
  knows({ key }: Question): boolean {
    return this.entries.get(key) !== undefined;
  }

  /** What has been compiled and hangs on no variable; undefined of everything else. */
  ready(key: string): Compiled | undefined {
    const entry = this.entries.get(key);
    if (!entry || 'reason' in entry || entry.conditions.length > 0) return undefined;
    const shape = entry.shapers.get('');
    return typeof shape === 'function'
      ? { asked: entry.asked, fetch: entry.planned.fetch, shape }
      : undefined;
  }

  /** Planned and compiled, now or before; or why not, which is remembered as well. */
  compiled(question: Question): Compiled | FallbackReason {
    const { key, values } = question;
    const entry = this.entries.get(key) ?? this.keep(key, this.enter(question));
    if ('reason' in entry) return entry.reason;
    const { asked, planned, conditions, shapers } = entry;
    const variant = conditions.length === 0 ? '' : conditions.map((name) => String(values[name])).join();
    let shape = shapers.get(variant);
    if (!shape) {
      shape = orReason(() => this.shaper(settled(asked, values)));
      shapers.set(variant, shape);
      if (shapers.size > MOST_VARIANTS) shapers.delete(shapers.keys().next().value!);
      this.keep(key, entry);
    }
    return typeof shape === 'string' ? shape : { asked, fetch: planned.fetch, shape };
  }

  get size(): number {
    return this.entries.size;
  }

  get weight(): number {
    return this.entries.weight;
  }

  private keep<T extends Entry | Refused>(key: string, entry: T): T {
    this.entries.set(key, entry, weightOf(entry));
    return entry;
  }

  private enter({ document, operation }: Question): Entry | Refused {
    const fragments = document.definitions.flatMap((node): [string, FragmentDefinitionNode][] =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    );
    const asked: Asked = { operation, fragments: new Map(fragments) };
    const entry = orReason((): Entry => {
      const conditions = conditionsOf(asked);
      return { asked, conditions, planned: planned(this.graph, asked), shapers: new Map() };
    });
    return typeof entry === 'string' ? { reason: entry } : entry;
  }

  private shaper({ operation, fragments }: Asked): Shaper {
    const { schema } = this.graph;
    return shaperOf(schema.getRootType(operation.operation)!, operation.selectionSet, { schema, fragments });
  }
}

function orReason<T>(make: () => T): T | FallbackReason {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotCompiled) return error.reason;
    throw error;
  }
}

function weightOf(entry: Entry | Refused): number {
  if ('reason' in entry) return BARE_WEIGHT;
  const shapers = [...entry.shapers.values()].map((shaper) =>
    typeof shaper === 'string' ? 0 : shaper.weight,
  );
  return shapers.reduce((sum, weight) => sum + weight, BARE_WEIGHT + entry.planned.weight);
}
