import type { AnyEventType, Refusal } from './event-type.js';
import { definitionOf, isLedgerAct } from './events/catalogue.js';
import { daysOf } from './occurred-on.js';
import type { AnyRecord, AutomakerRecord, EffectiveEvent, RecordKind } from './records.js';

/** An event that cannot have happened as told; the fold passes over it. */
export interface Contradiction extends Refusal {
  readonly event: string;
}

/** A market, target, site … of a stream: its events in the order in which they happened, and what they amount to. */
export interface Subject {
  readonly events: readonly EffectiveEvent[];
  readonly record: AnyRecord | undefined;
  readonly contradictions: readonly Contradiction[];
}

export const EMPTY: Subject = { events: [], record: undefined, contradictions: [] };

/** Names a subject within its stream. */
export type SubjectName = `${RecordKind}/${string}`;

/** Where an event belongs: a subject of its stream. */
export interface Place {
  readonly kind: RecordKind;
  readonly key: string;
  readonly name: SubjectName;
}

export function placeAt(kind: RecordKind, key: string): Place {
  return { kind, key, name: `${kind}/${key}` };
}

/** A subject with one more event, which comes after those that it has. */
export function withNext(
  subject: Subject,
  event: EffectiveEvent,
  automaker: AutomakerRecord | undefined,
  stream: string,
): Subject {
  const events = [...subject.events, event];
  const refusal = refusalOf(subject.record, event, automaker, stream);
  return refusal
    ? { ...subject, events, contradictions: [...subject.contradictions, { event: event.id, ...refusal }] }
    : { ...subject, events, record: worldEvent(event.type).effect(subject.record, event) };
}

function refusalOf(
  record: AnyRecord | undefined,
  event: EffectiveEvent,
  automaker: AutomakerRecord | undefined,
  stream: string,
): Refusal | undefined {
  const definition = worldEvent(event.type);
  return definition.stream === 'automaker' && definition.kind !== 'automaker' && !automaker
    ? { rule: 'not-registered', message: `${stream} is not registered; record AutomakerRegistered first` }
    : definition.rule?.(record, event, { automaker });
}

/** A subject of these events, in the order in which they happened. */
export function subjectOf(
  events: readonly EffectiveEvent[],
  automaker: AutomakerRecord | undefined,
  stream: string,
): Subject {
  let record: AnyRecord | undefined;
  const contradictions: Contradiction[] = [];
  for (const event of events) {
    const refusal = refusalOf(record, event, automaker, stream);
    if (refusal) contradictions.push({ event: event.id, ...refusal });
    else record = worldEvent(event.type).effect(record, event);
  }
  return { events, record, contradictions };
}

/** The order in which events happened: by the day by which they have surely occurred, the first day that their date can mean, and recording. */
export function inOrder(a: EffectiveEvent, b: EffectiveEvent): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  const [firstOfA, firstOfB] = [daysOf(a.occurredOn).first, daysOf(b.occurredOn).first];
  if (firstOfA !== firstOfB) return firstOfA < firstOfB ? -1 : 1;
  return a.revision - b.revision;
}

export function without(events: readonly EffectiveEvent[], id: string): EffectiveEvent[] {
  return events.filter((event) => event.id !== id);
}

/** Two events with overlapping dates are the same one where this is equal. */
export function likeness(type: string, data: object): string {
  const { kind, subject, sameness } = worldEvent(type);
  return `${type}/${kind}/${subject(data)}/${sameness?.(data) ?? ''}`;
}

/** The definition of a type that is not about another event. Throws for one that is. */
export function worldEvent(type: string): AnyEventType {
  const definition = definitionOf(type);
  if (isLedgerAct(definition)) throw new Error(`${type} folds into no record of its own`);
  return definition;
}
