import type { Day } from '../domain/ledger/edtf.js';
import type { RecordKind } from '../domain/state/records.js';
import { columnsOf, type Table } from './table.js';

const TEXT = { type: 'text' } as const;
const NULLABLE_TEXT = { type: 'text', isNullable: true } as const;
const INTEGER = { type: 'integer' } as const;
const POSITION = { type: 'position' } as const;

/** A stored record of the fold: one row per subject, plus one row per 32 earlier items of its histories. */
export interface SubjectRow {
  readonly stream: string;
  readonly kind: RecordKind;
  /** The subject within its stream and kind, such as `NO` for a market. */
  readonly key: string;
  /** 0 is the record with the newest items of its histories. */
  readonly part: number;
  /** JSON: see `record-parts.ts`. */
  readonly doc: string;
}

/** The columns of the primary key. */
export const RECORD_KEY = ['stream', 'kind', 'key', 'part'] as const;

/** Identifies a row of a record. */
export type RecordRowName = Pick<SubjectRow, (typeof RECORD_KEY)[number]>;

export const RECORDS: Table<SubjectRow> = {
  name: 'records',
  columns: { stream: TEXT, kind: TEXT, key: TEXT, part: INTEGER, doc: TEXT },
  key: RECORD_KEY,
  indexes: [{ name: 'records_by_kind', columns: ['kind', 'key'] }],
};

/** The current standing of a recorded event: as recorded, corrected, or void. */
export type EventStatus = 'stands' | 'corrected' | 'retracted' | 'moved';

/** An event in the timeline: what is needed to find, filter and order it, and its content. */
export interface TimelineRow {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** For a correction, retraction or added evidence: the event that it is about. */
  readonly about: string | null;
  /** The current subject of the event, as `kind/key`. */
  readonly subject: string;
  /** The markets that the event names, as `,NO,SE,`; empty if there are none. */
  readonly markets: string;
  /** The day by which the event had certainly occurred. For amendments, the day of recording. */
  readonly day: string;
  /**
   * The first day by which some of its evidence had certainly been published; null if no evidence is dated.
   * Empty if the event is always public: registrations, corrections and retractions.
   */
  readonly published: Day | null;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly standing: EventStatus;
  /**
   * The recorded event as JSON, without its place in the ledger. With it, a page needs no read of the ledger.
   */
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

/** The columns that a later event may change. */
export const MOVED_COLUMNS = ['position', 'subject', 'markets', 'day', 'published', 'standing'] as const;

/** How far the views have come. A single row. */
export interface CheckpointRow {
  readonly id: number;
  /** Position of the last event in the views. */
  readonly position: number;
  /** When that event was recorded; empty before the first one. */
  readonly recordedAt: string;
  /** Counts transactions. Each names its predecessor, so one of two concurrent projectors is refused. */
  readonly version: number;
}

export const CHECKPOINT: Table<CheckpointRow> = {
  name: 'checkpoint',
  columns: { id: INTEGER, position: POSITION, recordedAt: TEXT, version: POSITION },
  key: ['id'],
  indexes: [],
};

/** A stream that the views no longer follow, because one of its events could not be applied. */
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

/** What lists show of an automaker, derived from its records: see `queries/automakers/outline.ts`. */
export interface OutlineRow {
  readonly stream: string;
  /** JSON. */
  readonly doc: string;
  /** The progress that a list shows, as JSON; null if the automaker has no target. */
  readonly shown: string | null;
  /** The day of that progress. */
  readonly shownOn: Day;
  /** All texts to find its names by, one per line: if a word is missing, `names` need not be read. */
  readonly searched: string;
  /** What can be found by name, as JSON. */
  readonly names: string;
}

export const OUTLINES: Table<OutlineRow> = {
  name: 'outlines',
  columns: { stream: TEXT, doc: TEXT, shown: NULLABLE_TEXT, shownOn: TEXT, searched: TEXT, names: TEXT },
  key: ['stream'],
  indexes: [],
};

/** What lists as of past days show of an automaker, day by day: see `queries/automakers/past-outline.ts`. */
export interface PastRow {
  readonly stream: string;
  /** It holds for the days before this one: something was recorded of a later day since. Empty if it holds for none. */
  readonly until: Day;
  /** JSON; `null` if working it out takes too long, or if nothing is registered. */
  readonly doc: string;
}

export const PASTS: Table<PastRow> = {
  name: 'pasts',
  columns: { stream: TEXT, until: TEXT, doc: TEXT },
  key: ['stream'],
  indexes: [],
};

/** The state that the outlines reflect. One row, or none if there are no outlines. */
export interface OutlinesReachedRow {
  readonly id: number;
  /** Outlines may be outdated if they, or a relative, have events after this position. */
  readonly position: number;
  /** The version of the outlines' format. Outlines of another version are made anew. */
  readonly made: number;
  /** Counts the transactions, like the checkpoint's version. */
  readonly version: number;
}

export const OUTLINES_REACHED: Table<OutlinesReachedRow> = {
  name: 'outlines_reached',
  columns: { id: INTEGER, position: POSITION, made: INTEGER, version: POSITION },
  key: ['id'],
  indexes: [],
};

export const TABLES = [
  RECORDS,
  TIMELINE,
  CHECKPOINT,
  PARKED_STREAMS,
  OUTLINES,
  PASTS,
  OUTLINES_REACHED,
] as const;

export const RECORD_COLUMNS = columnsOf(RECORDS);
export const TIMELINE_COLUMNS = columnsOf(TIMELINE);
export const PARKED_COLUMNS = columnsOf(PARKED_STREAMS);
export const OUTLINE_COLUMNS = columnsOf(OUTLINES);
export const PAST_COLUMNS = columnsOf(PASTS);
