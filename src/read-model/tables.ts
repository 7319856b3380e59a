import type { DataSource, EntityManager } from 'typeorm';
import { BEFORE_THE_FIRST, type ReadModelCheckpoint, type RowChanges } from './changes.js';
import type { RecordKind } from '../domain/state/records.js';
import type { OutlineChanges } from './outline-changes.js';
import type { StreamRecords } from './stream-records.js';
import {
  CheckpointRow,
  ParkedStreamRow,
  RECORD_COLUMNS,
  SubjectRow,
  TIMELINE_COLUMNS,
  TimelineRow,
} from './rows.js';

/** One set of view tables. What differs between SQLite and PostgreSQL is behind this, and nothing else. */
export interface ReadModelTables {
  /** For questions. */
  readonly rows: DataSource;

  /** The records of some streams, of all kinds or of some; of a stream that has none, an empty set. Throws DamagedFile where they cannot be read. */
  recordsOf(
    streams: readonly string[],
    kinds?: readonly RecordKind[],
  ): Promise<ReadonlyMap<string, StreamRecords>>;

  /**
   * Writes changes and checkpoint in one transaction: what is killed half-way did not happen. Throws TablesMovedOn,
   * and changes nothing, where the views do not stand at the checkpoint that the changes follow.
   */
  write(changes: RowChanges): Promise<void>;

  /**
   * Writes outlines of automakers that were worked out of the records, in one transaction. False, and nothing is written, where
   * somebody else wrote outlines since the ones that these follow, or where those are out of date altogether.
   */
  keepOutlines(changes: OutlineChanges): Promise<boolean>;

  /** Runs work while nobody, in whichever process, writes to these views. Reading goes on. */
  withWriteLock<T>(work: (at: ReadModelCheckpoint) => Promise<T>): Promise<T>;

  /** Runs questions that all see the same moment, whatever is written meanwhile. */
  inSnapshot<T>(ask: (rows: EntityManager) => Promise<T>): Promise<T>;

  /** Makes the indexes, which views that are being built go without. */
  index(): Promise<void>;

  close(): Promise<void>;
}

/** Somebody else wrote to the views: another node projects, or a stream was unparked. The work has to be taken up anew. */
export class TablesMovedOn extends Error {
  override readonly name = 'TablesMovedOn';
  constructor() {
    super('somebody else wrote to the views meanwhile');
  }
}

/** Somebody else may write just between reading and writing, but hardly so many times. */
const MOST_TRIES = 20;

/** Does work that stands on the views' checkpoint again where somebody else moved them on meanwhile. */
export async function whoeverElseWrites<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TablesMovedOn) || tries === MOST_TRIES) throw error;
    }
  }
}

export async function checkpointOf(rows: EntityManager): Promise<ReadModelCheckpoint> {
  const row = await rows.findOneBy(CheckpointRow, { id: 1 });
  return row
    ? { position: row.position, recordedAt: row.recordedAt, version: row.version }
    : BEFORE_THE_FIRST;
}

/** The streams that the views do not follow any more. */
export async function parkedStreams(rows: EntityManager): Promise<string[]> {
  const parked = await rows.find(ParkedStreamRow, { order: { stream: 'ASC' } });
  return parked.map(({ stream }) => stream);
}

const PAGE = 2000;

/** The records in the order of their key, page by page, for comparing two sets of views. */
export async function* recordPages(rows: EntityManager): AsyncGenerator<SubjectRow[]> {
  let after = { stream: '', kind: '', key: '', part: 0 };
  for (;;) {
    // Raw: making entities of them would cost more than reading them.
    const page = await rows
      .createQueryBuilder(SubjectRow, 'r')
      .select(RECORD_COLUMNS.map((name) => `r.${name} AS ${name}`))
      .where('(r.stream, r.kind, r.key, r.part) > (:stream, :kind, :key, :part)', after)
      .orderBy('r.stream')
      .addOrderBy('r.kind')
      .addOrderBy('r.key')
      .addOrderBy('r.part')
      .limit(PAGE)
      .getRawMany<SubjectRow>();
    yield page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last;
  }
}

/** The timeline by position, page by page, for comparing two sets of views. */
export async function* timelinePages(rows: EntityManager): AsyncGenerator<TimelineRow[]> {
  for (let after = 0; ;) {
    const page = await rows
      .createQueryBuilder(TimelineRow, 't')
      .select(TIMELINE_COLUMNS.map((name) => `t.${name} AS "${name}"`))
      .where('t.position > :after', { after })
      .orderBy('t.position')
      .limit(PAGE)
      .getRawMany<TimelineRow>();
    yield page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.position;
  }
}
