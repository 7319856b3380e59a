import type { RecordedEvent, StreamEvent } from '../domain/event.js';
import { definitionOf, isLedgerAct } from '../domain/events/catalogue.js';
import type { Fold } from '../domain/fold.js';
import { placeAt, type Place } from '../domain/subject.js';
import { effective, occurredBy, type LoggedEvent } from '../domain/logged-event.js';
import { dayOf } from '../domain/occurred-on.js';
import type { AnyRecord } from '../domain/records.js';
import type { CheckpointRow, ParkedStreamRow, RecordRow, Standing, TimelineRow } from './view-rows.js';

/** What some events change in the views, to be written in one transaction. */
export interface ViewChanges {
  /** Streams whose rows all go before the new ones come: they are told anew, and followed again where they were parked. */
  readonly cleared: readonly string[];
  readonly records: readonly RecordRow[];
  /** Records that are no more. */
  readonly gone: readonly Pick<RecordRow, 'stream' | 'kind' | 'key'>[];
  readonly timeline: readonly TimelineRow[];
  /** Earlier events whose place in the timeline changed: they were corrected or retracted. */
  readonly moved: readonly MovedEvent[];
  readonly parked: readonly ParkedStreamRow[];
  /** Where the views stand with these changes. Its version is one more than that of the checkpoint that they follow. */
  readonly checkpoint: Checkpoint;
}

/** How far views have come: the last event in them, and the count of transactions that brought them there. */
export type Checkpoint = Omit<CheckpointRow, 'id'>;

export const BEFORE_THE_FIRST: Checkpoint = { position: 0, recordedAt: '', version: 0 };

export type MovedEvent = Pick<TimelineRow, 'position' | 'subject' | 'markets' | 'day' | 'standing'>;

/** The rows of some subjects of a stream, as the fold has them. */
export function recordRows(fold: Fold, places: Iterable<Place>): Pick<ViewChanges, 'records' | 'gone'> {
  const records: RecordRow[] = [];
  const gone: Pick<RecordRow, 'stream' | 'kind' | 'key'>[] = [];
  for (const { kind, key } of places) {
    const record = fold.record(kind, key);
    if (record) records.push({ stream: fold.stream, kind, key, doc: JSON.stringify(record) });
    else gone.push({ stream: fold.stream, kind, key });
  }
  return { records, gone };
}

/**
 * The place of an event in the timeline, when the fold has just applied it and nothing was recorded about it yet. `touched`
 * is what the fold said that it touched, which spares finding its subject once more.
 */
export function timelineRow(fold: Fold, event: RecordedEvent, touched: readonly Place[] = []): TimelineRow {
  const { position, id, stream, revision, type, recordedAt, recordedBy } = event;
  const definition = definitionOf(type);
  if (!isLedgerAct(definition)) {
    const [only, ...others] = touched;
    const place =
      only && others.length === 0 ? only : placeAt(definition.kind, definition.subject(event.data));
    return {
      position,
      id,
      stream,
      revision,
      type,
      about: null,
      subject: place.name,
      markets: marketsOf(event.data, fold.record(place.kind, place.key)),
      day: occurredBy(event.occurredOn, recordedAt),
      recordedAt,
      recordedBy,
      standing: 'stands',
    };
  }
  const act = fold.act(id);
  const about = act && fold.logged(act.about);
  if (!about) throw new Error(`event ${id} was not applied to the fold of ${stream}`);
  const { subject, markets } = placeOf(fold, about);
  const told = { subject, markets, day: dayOf(recordedAt), standing: 'stands' as const };
  return { position, id, stream, revision, type, recordedAt, recordedBy, about: act.about, ...told };
}

/** The earlier events whose place in the timeline an act changed: what it is about, and the act that it voids. */
export function movedBy(fold: Fold, event: RecordedEvent): MovedEvent[] {
  const about = fold.act(event.id)?.about;
  const entry = about === undefined ? undefined : fold.logged(about);
  if (!entry) return [];
  const place = placeOf(fold, entry);
  const voided = event.type === 'EventRetracted' ? fold.act(event.data.event)?.recorded : undefined;
  return [
    { position: positionOf(entry.recorded), ...place },
    ...(voided
      ? [
          {
            ...place,
            position: positionOf(voided),
            day: dayOf(voided.recordedAt),
            standing: 'retracted' as const,
          },
        ]
      : []),
  ];
}

/** Of an event that a fold was given from the ledger. */
function positionOf(event: StreamEvent): number {
  if ('position' in event && typeof event.position === 'number') return event.position;
  throw new Error(`event ${event.id} was not read from the ledger`);
}

function placeOf(fold: Fold, entry: LoggedEvent): Omit<MovedEvent, 'position'> {
  const now = effective(entry) ?? effective(withoutRetraction(entry));
  if (!now) throw new Error(`event ${entry.recorded.id} says nothing`);
  const definition = definitionOf(now.type);
  if (isLedgerAct(definition)) throw new Error(`${now.type} has no place of its own`);
  const key = definition.subject(now.data);
  return {
    subject: `${definition.kind}/${key}`,
    markets: marketsOf(now.data, fold.record(definition.kind, key)),
    day: now.day,
    standing: standingOf(entry),
  };
}

function withoutRetraction({ retraction: _retraction, ...entry }: LoggedEvent): LoggedEvent {
  return entry;
}

function standingOf({ retraction, corrections, voided }: LoggedEvent): Standing {
  if (retraction) return 'retracted';
  return corrections.some(({ id }) => !voided.has(id)) ? 'corrected' : 'stands';
}

/** The markets that an event names, or that its subject is about. */
function marketsOf(data: object, record: AnyRecord | undefined): string {
  return marketsNamed(data) || (record ? marketsNamed(record) : '');
}

function marketsNamed(source: object): string {
  if ('market' in source && typeof source.market === 'string') return `,${source.market},`;
  const several: readonly unknown[] =
    'markets' in source && Array.isArray(source.markets) ? source.markets : [];
  return several.length > 0 ? `,${several.join(',')},` : '';
}

/** The record of an event that could not be applied. */
export function parkedStream(event: RecordedEvent, error: unknown, parkedAt: string): ParkedStreamRow {
  return {
    stream: event.stream,
    position: event.position,
    event: event.id,
    // PostgreSQL keeps no NUL in a text.
    error: (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replaceAll(
      '\0',
      '\ufffd',
    ),
    parkedAt,
  };
}
