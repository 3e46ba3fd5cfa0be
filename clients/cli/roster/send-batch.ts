import { idempotencyKey, type Batch } from './batches.ts';
import type { Candidate } from './candidate.ts';
import type { ClassBook, Classes } from './class-book.ts';
import { columnOf } from './columns.ts';
import { fault, type Fault } from './faults.ts';
import { ask, GraphFault, type GraphClientOptions } from './graph-client.ts';
import {
  REGISTER_CHILDREN,
  SUBMIT_ENROLMENTS,
  type EnrolAnswer,
  type EnrolInput,
  type Payload,
  type RegisterAnswer,
  type RegisterInput,
  type Result,
} from './operations.ts';
import { accepted, inRow, refused, type Outcome } from './outcome.ts';

export interface Sending {
  readonly graph: GraphClientOptions;
  readonly classes: ClassBook;
  readonly fingerprint: string;
}

interface Registered {
  readonly candidate: Candidate;
  readonly childId: string;
  readonly warnings: readonly Fault[];
}

/**
 * Registers the batch's children, then submits their enrolments; one outcome for every row. Both steps carry a
 * key, so the whole may be repeated. Throws GraphFault when the graph cannot be asked.
 */
export async function sendBatch(batch: Batch, sending: Sending): Promise<Outcome[]> {
  const { institution, candidates } = batch;
  const classes = await sending.classes.find(institution);
  if (classes === null)
    return candidates.map(({ row }) => refused(row, [institutionUnknown(row, institution)]));
  const lost = candidates.filter(({ className }) => !classes.has(className));
  const placed = candidates.filter(({ className }) => classes.has(className));
  const { registered, outcomes } = await register(institution, placed, sending);
  const enrolled = await enrol(institution, registered, classes, sending);
  return [...lost.map(({ row }) => refused(row, [classUnknown(row)])), ...outcomes, ...enrolled];
}

async function register(
  institution: string,
  candidates: readonly Candidate[],
  { graph, fingerprint }: Sending,
) {
  const registered: Registered[] = [];
  const outcomes: Outcome[] = [];
  if (candidates.length === 0) return { registered, outcomes };
  const input: RegisterInput = {
    idempotencyKey: idempotencyKey('register', fingerprint, institution, candidates.map(rowOf)),
    institutionCode: institution,
    items: candidates.map(({ child }) => child),
  };
  const answer = await ask<RegisterAnswer>(graph, REGISTER_CHILDREN, { input });
  for (const { item, result, refusals } of answered(candidates, answer.registerChildren)) {
    const childId = result?.child?.id;
    if (childId === undefined) outcomes.push(refused(item.row, inRow(item.row, refusals)));
    else registered.push({ candidate: item, childId, warnings: inRow(item.row, result?.warnings ?? []) });
  }
  return { registered, outcomes };
}

async function enrol(
  institutionCode: string,
  registered: readonly Registered[],
  classes: Classes,
  { graph, fingerprint }: Sending,
): Promise<Outcome[]> {
  if (registered.length === 0) return [];
  const rows = registered.map(({ candidate }) => candidate.row);
  const input: EnrolInput = {
    idempotencyKey: idempotencyKey('enrol', fingerprint, institutionCode, rows),
    items: registered.map(({ childId, candidate: { className, enteredOn } }) => {
      return { childId, institutionCode, classId: classes.get(className) ?? '', enteredOn };
    }),
  };
  const answer = await ask<EnrolAnswer>(graph, SUBMIT_ENROLMENTS, { input });
  return answered(registered, answer.submitEnrolments).map(({ item, result, refusals }) => {
    const { row } = item.candidate;
    const recordId = result?.record?.id;
    if (recordId === undefined) return refused(row, inRow(row, refusals));
    return accepted(row, recordId, [...item.warnings, ...inRow(row, result?.warnings ?? [])]);
  });
}

/**
 * Each item with its result, or with the refusals that stand in its place: its own, or the whole payload's.
 * An answer that leaves an item undecided is a fault, because that row would be neither accepted nor refused.
 */
function answered<Item, Thing extends object>(
  items: readonly Item[],
  { results, userErrors }: Payload<Thing>,
) {
  return items.map((item, at) => {
    const result: Result<Thing> | null = results[at] ?? null;
    const refusals = userErrors.length > 0 ? userErrors : (result?.userErrors ?? []);
    const isDecided = result !== null && Object.values(result).every((part) => part !== null);
    if (refusals.length === 0 && !isDecided) throw new GraphFault(['ANSWER_INCOMPLETE'], false);
    return { item, refusals, result: refusals.length > 0 ? null : result };
  });
}

function rowOf({ row }: Candidate): number {
  return row;
}

function institutionUnknown(row: number, code: string): Fault {
  return fault('INSTITUTION_UNKNOWN', { row, column: columnOf('institutionCode').header }, { code });
}

function classUnknown(row: number): Fault {
  return fault('CLASS_UNKNOWN', { row, column: columnOf('className').header });
}
