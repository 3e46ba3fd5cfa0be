/**
 * Makes the client's answer of the merged data: its fields, in its order, under its names. The shape is known
 * when the operation is compiled, so it becomes a program of object literals, the fastest thing V8 builds.
 * Whatever breaks the schema (null where none may be, a value that does not fit) makes the program give up,
 * and stock-shape.ts says what follows: nulls travel up there, and errors are worded there.
 *
 * Only names of GraphQL go into the program's text, and each is checked.
 */
import {
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';
import { NotCompiled } from './fallback.ts';
import { fieldsOf, type Typed } from './fields.ts';

export type Data = Record<string, unknown>;

/** The answer, or undefined where the data breaks the schema. */
export interface Shaper {
  (data: Data): Data | undefined;
  /** Characters of program. */
  readonly weight: number;
}

const MOST_CODE = 512 * 1024;
const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;
const GAVE_UP = Symbol('gave up');

export function shaperOf(root: GraphQLObjectType, set: SelectionSetNode, typed: Typed): Shaper {
  const program = new Program(typed);
  const main = program.object(root, [set]);
  const code = `'use strict';${program.text}return ${main};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is made of checked names (see above)
  const make = new Function('giveUp', 'enums', code) as (
    giveUp: () => never,
    enums: readonly ReadonlySet<string>[],
  ) => (data: Data) => Data;
  const shape = make(giveUp, program.enums);
  return Object.assign((data: Data) => attempt(shape, data), { weight: code.length });
}

function giveUp(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- caught below; an Error would collect a stack
  throw GAVE_UP;
}

function attempt(shape: (data: Data) => Data, data: Data): Data | undefined {
  try {
    return shape(data);
  } catch (thrown) {
    if (thrown === GAVE_UP) return undefined;
    throw thrown;
  }
}

class Program {
  text = '';
  readonly enums: ReadonlySet<string>[] = [];
  private count = 0;

  constructor(private readonly typed: Typed) {}

  /** Writes a function from an object of the type to its answer; its name. */
  object(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): string {
    const reads: string[] = [];
    const entries: string[] = [];
    for (const [name, nodes] of fieldsOf(sets, type, this.typed)) {
      if (nodes[0]!.name.value === '__typename') {
        entries.push(`${quoted(name)}:${quoted(type.name)}`);
        continue;
      }
      const local = `f${reads.length}`;
      const field = type.getFields()[nodes[0]!.name.value]!;
      reads.push(`let ${local}=v[${quoted(name)}];${this.checked(local, field.type, setsOf(nodes))}`);
      entries.push(`${quoted(name)}:${local}`);
    }
    return this.function(
      `if(typeof v!=='object'||(v.__typename!==undefined&&v.__typename!==${quoted(type.name)}))giveUp();` +
        `${reads.join('')}return{${entries.join()}};`,
    );
  }

  /** Statements that leave in `local` what the answer has, or give up. */
  private checked(local: string, type: GraphQLOutputType, sets: readonly SelectionSetNode[]): string {
    if (isNonNullType(type)) return `if(${local}==null)giveUp();${this.present(local, type.ofType, sets)}`;
    return `if(${local}==null)${local}=null;else{${this.present(local, type, sets)}}`;
  }

  private present(local: string, type: GraphQLOutputType, sets: readonly SelectionSetNode[]): string {
    if (isListType(type)) return `${local}=${this.list(type.ofType as GraphQLOutputType, sets)}(${local});`;
    if (isCompositeType(type)) return `${local}=${this.composite(type, sets)}(${local});`;
    const fits = this.fits(local, type);
    return fits === null ? '' : `if(!(${fits}))giveUp();`;
  }

  private list(item: GraphQLOutputType, sets: readonly SelectionSetNode[]): string {
    return this.function(
      `if(!Array.isArray(v))giveUp();const n=v.length,o=new Array(n);` +
        `for(let i=0;i<n;i++){let e=v[i];${this.checked('e', item, sets)}o[i]=e;}return o;`,
    );
  }

  /** Of an interface or a union, what it is says which function. */
  private composite(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): string {
    if (isObjectType(type)) return this.object(type, sets);
    const cases = this.typed.schema
      .getPossibleTypes(type)
      .map((one) => `case ${quoted(one.name)}:return ${this.object(one, sets)}(v);`);
    return this.function(`switch(v.__typename){${cases.join('')}default:giveUp();}`);
  }

  /** As isValidLeafValue of federation-internals has it; null where anything fits. */
  private fits(local: string, type: GraphQLOutputType): string | null {
    if (isEnumType(type)) {
      this.enums.push(new Set(type.getValues().map(({ name }) => name)));
      return `enums[${this.enums.length - 1}].has(${local})`;
    }
    return isScalarType(type) ? (FITS[type.name]?.(local) ?? null) : null;
  }

  private function(body: string): string {
    const name = `s${this.count++}`;
    this.text += `function ${name}(v){${body}}`;
    if (this.text.length > MOST_CODE) throw new NotCompiled('size');
    return name;
  }
}

/** A number for an ID is rare enough to be left to the stock shaper. */
const FITS: Readonly<Record<string, (local: string) => string>> = {
  String: (local) => `typeof ${local}==='string'`,
  ID: (local) => `typeof ${local}==='string'`,
  Boolean: (local) => `typeof ${local}==='boolean'`,
  Int: (local) => `Number.isSafeInteger(${local})`,
  Float: (local) => `Number.isFinite(${local})`,
};

const setsOf = (nodes: readonly FieldNode[]) => nodes.flatMap(({ selectionSet }) => selectionSet ?? []);

function quoted(name: string): string {
  if (!NAME.test(name)) throw new TypeError('A name of GraphQL was expected.');
  return JSON.stringify(name);
}
