import type { DataSource, EntityManager } from 'typeorm';
import type { ReadModelCheckpoint, RowChanges } from './changes.js';
import type { RecordKind } from '../domain/state/records.js';
import type { OutlineChanges } from './outline-changes.js';
import type { RecordRowName } from './rows.js';
import type { StreamRecords } from './stream-records.js';
import type { ReadModelTables } from './tables.js';

/** Identifies a row of a record within the views. The names sort in the order of the rows. */
export const recordName = ({ stream, kind, key, part }: RecordRowName): string =>
  [stream, kind, key, ...(part > 0 ? [String(part).padStart(9, '0')] : [])].join('\u0000');

/** Identifies rows of the views. */
export interface WrittenRows {
  readonly records: ReadonlyMap<string, RecordRowName>;
  readonly positions: ReadonlySet<number>;
}

/** Views that track which of their rows are written after `startNoting`. */
export class ChangeTrackingTables implements ReadModelTables {
  private records: Map<string, RecordRowName> | undefined;
  private readonly positions = new Set<number>();

  constructor(private readonly views: ReadModelTables) {}

  get rows(): DataSource {
    return this.views.rows;
  }

  recordsOf(
    streams: readonly string[],
    kinds?: readonly RecordKind[],
  ): Promise<ReadonlyMap<string, StreamRecords>> {
    return this.views.recordsOf(streams, kinds);
  }

  keepOutlines(changes: OutlineChanges): Promise<boolean> {
    return this.views.keepOutlines(changes);
  }

  /** From now on, written rows are tracked. */
  startNoting(): void {
    this.records = new Map();
    this.positions.clear();
  }

  get written(): WrittenRows {
    return { records: this.records ?? new Map(), positions: this.positions };
  }

  async write(changes: RowChanges): Promise<void> {
    await this.views.write(changes);
    if (!this.records) return;
    for (const { stream, kind, key, part } of [...changes.records, ...changes.gone]) {
      const name = { stream, kind, key, part };
      this.records.set(recordName(name), name);
    }
    for (const { position } of [...changes.timeline, ...changes.moved]) this.positions.add(position);
  }

  withWriteLock<T>(work: (at: ReadModelCheckpoint) => Promise<T>): Promise<T> {
    return this.views.withWriteLock(work);
  }

  inSnapshot<T>(ask: (rows: EntityManager) => Promise<T>): Promise<T> {
    return this.views.inSnapshot(ask);
  }

  index(): Promise<void> {
    return this.views.index();
  }

  close(): Promise<void> {
    return this.views.close();
  }
}
