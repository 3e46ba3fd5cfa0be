import { ask, type GraphClientOptions } from './graph-client.ts';
import { CLASSES_OF_INSTITUTION, type ClassesAnswer } from './operations.ts';

/** Class ids by the class's name. */
export type Classes = ReadonlyMap<string, string>;

/** The classes of each institution in one school year, asked once per import. */
export class ClassBook {
  private readonly asked = new Map<string, Promise<Classes | null>>();

  constructor(
    private readonly graph: GraphClientOptions,
    private readonly schoolYear: number,
  ) {}

  /** Null where there is no such institution within the viewer's area. */
  find(institution: string): Promise<Classes | null> {
    const known = this.asked.get(institution);
    if (known) return known;
    const asked = this.ask(institution);
    this.asked.set(institution, asked);
    return asked;
  }

  private async ask(code: string): Promise<Classes | null> {
    const variables = { code, schoolYear: this.schoolYear };
    const { institution } = await ask<ClassesAnswer>(this.graph, CLASSES_OF_INSTITUTION, variables);
    return institution && new Map(institution.classes.map(({ name, id }) => [name.trim(), id]));
  }
}
