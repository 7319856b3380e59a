import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../domain/ledger/edtf.js';
import type { RecordKind } from '../domain/state/records.js';

/** A record of the fold, as stored: a row a subject, and one for each 32 earlier items of its histories. */
@Entity('records')
export class SubjectRow {
  @PrimaryColumn('text')
  stream!: string;

  @PrimaryColumn('text')
  kind!: RecordKind;

  /** The subject within its stream and kind, such as `NO` of a market. */
  @PrimaryColumn('text')
  key!: string;

  /** 0 is the record, with the last items of its histories. */
  @PrimaryColumn('integer')
  part!: number;

  /** JSON: see `record-parts.ts`. */
  @Column('text')
  doc!: string;
}

/** Names a row of a record. */
export type RecordRowName = Pick<SubjectRow, 'stream' | 'kind' | 'key' | 'part'>;

/** What became of a recorded event: it stands as recorded, was corrected, or is void. */
export type EventStatus = 'stands' | 'corrected' | 'retracted' | 'moved';

/** An event in the timeline: where it stands, enough to find, filter and order it, and what it says. */
@Entity('timeline')
export class TimelineRow {
  @PrimaryColumn('integer')
  position!: number;

  @Column('text')
  id!: string;

  @Column('text')
  stream!: string;

  @Column('integer')
  revision!: number;

  @Column('text')
  type!: string;

  /** Of a correction, retraction or added evidence: the event that it is about. */
  @Column('text', { nullable: true })
  about!: string | null;

  /** The subject of the event, `kind/key`, as it stands now. */
  @Column('text')
  subject!: string;

  /** The markets that the event names, as `,NO,SE,`; empty where it names none. */
  @Column('text')
  markets!: string;

  /** The day by which it has surely occurred; of acts, the day of recording. */
  @Column('text')
  day!: string;

  /**
   * The first day by which some of its evidence had surely been published; null where none is dated. Empty for what counts
   * as always public: registrations, corrections and retractions.
   */
  @Column('text', { nullable: true })
  published!: Day | null;

  @Column('text')
  recordedAt!: string;

  @Column('text')
  recordedBy!: string;

  @Column('text')
  standing!: EventStatus;

  /** What was recorded, as JSON: all of the event but its place, as it was written. A page costs no read of the ledger. */
  @Column('text')
  body!: string;
}

/** How far the views have come. One row. */
@Entity('checkpoint')
export class CheckpointRow {
  @PrimaryColumn('integer')
  id!: number;

  /** Position of the last event that is in the views. */
  @Column('integer')
  position!: number;

  /** When that event was recorded; empty before the first one. */
  @Column('text')
  recordedAt!: string;

  /** Counts the transactions: each names the one that it follows, so that of two projectors one is refused. */
  @Column('integer')
  version!: number;
}

/** A stream that the views stopped following, because an event of it could not be applied. */
@Entity('parked_streams')
export class ParkedStreamRow {
  @PrimaryColumn('text')
  stream!: string;

  /** Position of the event that could not be applied. */
  @Column('integer')
  position!: number;

  @Column('text')
  event!: string;

  @Column('text')
  error!: string;

  @Column('text')
  parkedAt!: string;
}

export const ROWS = [SubjectRow, TimelineRow, CheckpointRow, ParkedStreamRow];
