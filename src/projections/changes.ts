import type { RecordedEvent, StreamEvent } from '../domain/event.js';
import { definitionOf, isLedgerAct } from '../domain/events/catalogue.js';
import type { Fold } from '../domain/fold.js';
import type { SubjectKey } from '../domain/subject.js';
import { splitKey } from '../domain/subject.js';
import { effective, type LoggedEvent } from '../domain/logged-event.js';
import { dayOf } from '../domain/occurred-on.js';
import type { AnyRecord } from '../domain/records.js';
import type { ParkedStreamRow, RecordRow, Standing, TimelineRow } from './view-rows.js';

/** What a batch of events changes in the views, to be written in one transaction. */
export interface ViewChanges {
  readonly records: readonly RecordRow[];
  /** Records that are no more. */
  readonly gone: readonly Pick<RecordRow, 'stream' | 'kind' | 'key'>[];
  readonly timeline: readonly TimelineRow[];
  /** Earlier events whose place in the timeline changed: they were corrected or retracted. */
  readonly moved: readonly MovedEvent[];
  readonly parked: readonly ParkedStreamRow[];
  readonly checkpoint: { readonly position: number; readonly recordedAt: string };
}

export type MovedEvent = Pick<TimelineRow, 'id' | 'subject' | 'markets' | 'day' | 'standing'>;

/** The rows of some subjects of a stream, as the fold has them. */
export function recordRows(
  fold: Fold,
  subjects: Iterable<SubjectKey>,
): Pick<ViewChanges, 'records' | 'gone'> {
  const records: RecordRow[] = [];
  const gone: Pick<RecordRow, 'stream' | 'kind' | 'key'>[] = [];
  for (const subject of subjects) {
    const { kind, key } = splitKey(subject);
    const record = fold.record(kind, key);
    if (record) records.push({ stream: fold.stream, kind, key, doc: JSON.stringify(record) });
    else gone.push({ stream: fold.stream, kind, key });
  }
  return { records, gone };
}

/** The place of an event in the timeline, once the fold has applied it. */
export function timelineRow(fold: Fold, event: RecordedEvent): TimelineRow {
  const { position, id, stream, revision, type, recordedAt, recordedBy } = event;
  const row = { position, id, stream, revision, type, recordedAt, recordedBy };
  const act = fold.act(id);
  const about = act && fold.logged(act.about);
  if (act && about) {
    const { subject, markets } = placeOf(fold, about);
    return { ...row, about: act.about, subject, markets, day: dayOf(recordedAt), standing: 'stands' };
  }
  const entry = fold.logged(id);
  if (!entry) throw new Error(`event ${id} was not applied to the fold of ${stream}`);
  return { ...row, about: null, ...placeOf(fold, entry) };
}

/** The earlier events whose place in the timeline an act changed: what it is about, and the act that it voids. */
export function movedBy(fold: Fold, event: RecordedEvent): MovedEvent[] {
  const about = fold.act(event.id)?.about;
  const entry = about === undefined ? undefined : fold.logged(about);
  if (!entry) return [];
  const place = placeOf(fold, entry);
  const voided = event.type === 'EventRetracted' ? fold.act(event.data.event)?.recorded : undefined;
  return [
    { id: entry.recorded.id, ...place },
    ...(voided
      ? [{ ...place, id: voided.id, day: dayOf(voided.recordedAt), standing: 'retracted' as const }]
      : []),
  ];
}

function placeOf(fold: Fold, entry: LoggedEvent): Omit<MovedEvent, 'id'> {
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
  const named = [data, record ?? {}].map((source) => {
    if ('market' in source && typeof source.market === 'string') return [source.market];
    return 'markets' in source && Array.isArray(source.markets) ? source.markets.map(String) : [];
  });
  const markets = named.find((found) => found.length > 0) ?? [];
  return markets.length === 0 ? '' : `,${markets.join(',')},`;
}

/** The record of an event that could not be applied. */
export function parkedStream(
  event: StreamEvent & { position: number },
  error: unknown,
  parkedAt: string,
): ParkedStreamRow {
  return {
    stream: event.stream,
    position: event.position,
    event: event.id,
    error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    parkedAt,
  };
}
