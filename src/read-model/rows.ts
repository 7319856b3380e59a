import type { Day } from '../domain/ledger/edtf.js';
import type { RecordKind } from '../domain/state/records.js';
import { columnsOf, entityOf, type Table } from './table.js';

const TEXT = { type: 'text' } as const;
const NULLABLE_TEXT = { type: 'text', isNullable: true } as const;
const INTEGER = { type: 'integer' } as const;
const POSITION = { type: 'position' } as const;

/** A record of the fold, as stored: a row a subject, and one for each 32 earlier items of its histories. */
export interface SubjectRow {
  readonly stream: string;
  readonly kind: RecordKind;
  /** The subject within its stream and kind, such as `NO` of a market. */
  readonly key: string;
  /** 0 is the record, with the last items of its histories. */
  readonly part: number;
  /** JSON: see `record-parts.ts`. */
  readonly doc: string;
}

/** The columns that name a row of a record. */
export const RECORD_KEY = ['stream', 'kind', 'key', 'part'] as const;

/** Names a row of a record. */
export type RecordRowName = Pick<SubjectRow, (typeof RECORD_KEY)[number]>;

export const RECORDS: Table<SubjectRow> = {
  name: 'records',
  columns: { stream: TEXT, kind: TEXT, key: TEXT, part: INTEGER, doc: TEXT },
  key: RECORD_KEY,
  indexes: [{ name: 'records_by_kind', columns: ['kind', 'key'] }],
};

/** What became of a recorded event: it stands as recorded, was corrected, or is void. */
export type EventStatus = 'stands' | 'corrected' | 'retracted' | 'moved';

/** An event in the timeline: where it stands, enough to find, filter and order it, and what it says. */
export interface TimelineRow {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** Of a correction, retraction or added evidence: the event that it is about. */
  readonly about: string | null;
  /** The subject of the event, `kind/key`, as it stands now. */
  readonly subject: string;
  /** The markets that the event names, as `,NO,SE,`; empty where it names none. */
  readonly markets: string;
  /** The day by which it has surely occurred; of acts, the day of recording. */
  readonly day: string;
  /**
   * The first day by which some of its evidence had surely been published; null where none is dated. Empty for what counts
   * as always public: registrations, corrections and retractions.
   */
  readonly published: Day | null;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly standing: EventStatus;
  /** What was recorded, as JSON: all of the event but its place, as it was written. A page costs no read of the ledger. */
  readonly body: string;
}

export const TIMELINE: Table<TimelineRow> = {
  name: 'timeline',
  columns: {
    position: POSITION,
    id: TEXT,
    stream: TEXT,
    revision: INTEGER,
    type: TEXT,
    about: NULLABLE_TEXT,
    subject: TEXT,
    markets: TEXT,
    day: TEXT,
    published: NULLABLE_TEXT,
    recordedAt: TEXT,
    recordedBy: TEXT,
    standing: TEXT,
    body: TEXT,
  },
  key: ['position'],
  indexes: [
    { name: 'timeline_by_id', columns: ['id'] },
    { name: 'timeline_by_day', columns: ['day', 'position'] },
    { name: 'timeline_by_stream', columns: ['stream', 'day', 'position'] },
    { name: 'timeline_by_about', columns: ['about'], where: { column: 'about', isNull: false } },
    { name: 'timeline_undated', columns: ['stream', 'day'], where: { column: 'published', isNull: true } },
  ],
};

/** Columns that an event of an earlier position may change. */
export const MOVED_COLUMNS = ['position', 'subject', 'markets', 'day', 'published', 'standing'] as const;

/** How far the views have come. One row. */
export interface CheckpointRow {
  readonly id: number;
  /** Position of the last event that is in the views. */
  readonly position: number;
  /** When that event was recorded; empty before the first one. */
  readonly recordedAt: string;
  /** Counts the transactions: each names the one that it follows, so that of two projectors one is refused. */
  readonly version: number;
}

export const CHECKPOINT: Table<CheckpointRow> = {
  name: 'checkpoint',
  columns: { id: INTEGER, position: POSITION, recordedAt: TEXT, version: POSITION },
  key: ['id'],
  indexes: [],
};

/** A stream that the views stopped following, because an event of it could not be applied. */
export interface ParkedStreamRow {
  readonly stream: string;
  /** Position of the event that could not be applied. */
  readonly position: number;
  readonly event: string;
  readonly error: string;
  readonly parkedAt: string;
}

export const PARKED_STREAMS: Table<ParkedStreamRow> = {
  name: 'parked_streams',
  columns: { stream: TEXT, position: POSITION, event: TEXT, error: TEXT, parkedAt: TEXT },
  key: ['stream'],
  indexes: [],
};

/** What lists show of an automaker, worked out of its records: see `queries/automakers/outline.ts`. */
export interface OutlineRow {
  readonly stream: string;
  /** JSON. */
  readonly doc: string;
  /** The progress that a list shows of it, as JSON; null where it has no target. */
  readonly shown: string | null;
  /** The day of that progress. */
  readonly shownOn: Day;
}

export const OUTLINES: Table<OutlineRow> = {
  name: 'outlines',
  columns: { stream: TEXT, doc: TEXT, shown: NULLABLE_TEXT, shownOn: TEXT },
  key: ['stream'],
  indexes: [],
};

/** What the outlines follow from. One row, or none where there are no outlines. */
export interface OutlinesReachedRow {
  readonly id: number;
  /** Of whom something was recorded after this position, or of a relative, has an outline that may be out of date. */
  readonly position: number;
  /** Of what outlines look like: others are made anew. */
  readonly made: number;
  /** Counts the transactions, as that of the checkpoint does. */
  readonly version: number;
}

const OUTLINES_REACHED: Table<OutlinesReachedRow> = {
  name: 'outlines_reached',
  columns: { id: INTEGER, position: POSITION, made: INTEGER, version: POSITION },
  key: ['id'],
  indexes: [],
};

export const TABLES = [RECORDS, TIMELINE, CHECKPOINT, PARKED_STREAMS, OUTLINES, OUTLINES_REACHED] as const;

export const RECORD_COLUMNS = columnsOf(RECORDS);
export const TIMELINE_COLUMNS = columnsOf(TIMELINE);
export const PARKED_COLUMNS = columnsOf(PARKED_STREAMS);
export const OUTLINE_COLUMNS = columnsOf(OUTLINES);

export const SubjectRow = entityOf(RECORDS);
export const TimelineRow = entityOf(TIMELINE);
export const CheckpointRow = entityOf(CHECKPOINT);
export const ParkedStreamRow = entityOf(PARKED_STREAMS);
export const OutlineRow = entityOf(OUTLINES);
export const OutlinesReachedRow = entityOf(OUTLINES_REACHED);

export const ROWS = [SubjectRow, TimelineRow, CheckpointRow, ParkedStreamRow, OutlineRow, OutlinesReachedRow];
