import type { DataSource, EntityManager } from 'typeorm';
import { DamagedFile } from '../event-store/damage.js';
import { BEFORE_THE_FIRST, type ReadModelCheckpoint, type RowChanges } from './changes.js';
import type { RecordKind } from '../domain/state/records.js';
import type { OutlineChanges } from './outline-changes.js';
import type { StreamRecords } from './stream-records.js';
import { RECORD_COLUMNS, TIMELINE_COLUMNS } from './rows.js';
import { CheckpointRow, ParkedStreamRow, SubjectRow, TimelineRow } from './row-entities.js';
import { TablesMovedOn } from './tables-moved-on.js';

/** One set of view tables. All differences between SQLite and PostgreSQL are behind this interface. */
export interface ReadModelTables {
  /** For queries. */
  readonly rows: DataSource;

  /**
   * The records of some streams, of the given kinds or of all. A stream without records gets an empty set.
   * Throws DamagedFile if they cannot be read.
   */
  recordsOf(
    streams: readonly string[],
    kinds?: readonly RecordKind[],
  ): Promise<ReadonlyMap<string, StreamRecords>>;

  /**
   * Writes changes and checkpoint in one transaction: an interrupted write has no effect. Throws
   * TablesMovedOn, and changes nothing, if the views are not at the checkpoint that the changes follow.
   */
  write(changes: RowChanges): Promise<void>;

  /**
   * Writes outlines of automakers, derived from the records, in one transaction. Returns false, and writes
   * nothing, if other outlines were written since, or if the previous ones have an outdated format.
   */
  keepOutlines(changes: OutlineChanges): Promise<boolean>;

  /** Runs work while nobody, in any process, writes to these views. Reading continues. */
  withWriteLock<T>(work: (at: ReadModelCheckpoint) => Promise<T>): Promise<T>;

  /** Runs queries that all see the same moment, whatever is written meanwhile. */
  inSnapshot<T>(ask: (rows: EntityManager) => Promise<T>): Promise<T>;

  /** Creates the indexes that were left out for a build. */
  index(): Promise<void>;

  close(): Promise<void>;
}

/** Somebody may write between reading and writing, but hardly this many times in a row. */
const MOST_TRIES = 20;

/** Repeats work that depends on the views' checkpoint if somebody moved it meanwhile. */
export async function whoeverElseWrites<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TablesMovedOn) || tries === MOST_TRIES) throw error;
    }
  }
}

/** Whether a number can be a position or a version. SQLite keeps whatever another program writes into a column. */
export const canBePlace = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

export async function checkpointOf(rows: EntityManager): Promise<ReadModelCheckpoint> {
  const row = await rows.findOneBy(CheckpointRow, { id: 1 });
  if (!row) return BEFORE_THE_FIRST;
  const { position, recordedAt, version } = row;
  if (![position, version].every(canBePlace))
    throw new DamagedFile(
      'views',
      `they stand at position ${String(position)} of version ${String(version)}, which there is not`,
    );
  return { position, recordedAt, version };
}

/** The streams that the views no longer follow. */
export async function parkedStreams(rows: EntityManager): Promise<string[]> {
  const parked = await rows.find(ParkedStreamRow, { order: { stream: 'ASC' } });
  return parked.map(({ stream }) => stream);
}

const PAGE = 2000;

/** The records ordered by key, page by page, for comparing two sets of views. */
export async function* recordPages(rows: EntityManager): AsyncGenerator<SubjectRow[]> {
  let after = { stream: '', kind: '', key: '', part: 0 };
  for (;;) {
    // Raw rows: creating entities would cost more than reading them.
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

/** The timeline ordered by position, page by page, for comparing two sets of views. */
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
