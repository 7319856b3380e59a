import type { DataSource, EntityManager } from 'typeorm';
import type { ReadModelCheckpoint, RowChanges } from './changes.js';
import type { SubjectRow } from './rows.js';
import type { ReadModelTables } from './tables.js';

/** What names a record in all of the views. */
export const recordName = ({ stream, kind, key }: Pick<SubjectRow, 'stream' | 'kind' | 'key'>): string =>
  `${stream}\u0000${kind}\u0000${key}`;

/** Names rows of the views. */
export interface WrittenRows {
  readonly records: ReadonlyMap<string, Pick<SubjectRow, 'stream' | 'kind' | 'key'>>;
  readonly positions: ReadonlySet<number>;
}

/** Views that remember which of their rows were written since they were asked to. */
export class ChangeTrackingTables implements ReadModelTables {
  private records: Map<string, Pick<SubjectRow, 'stream' | 'kind' | 'key'>> | undefined;
  private readonly positions = new Set<number>();

  constructor(private readonly views: ReadModelTables) {}

  get rows(): DataSource {
    return this.views.rows;
  }

  /** Rows that are written from now on are remembered. */
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
    for (const { stream, kind, key } of [...changes.records, ...changes.gone])
      this.records.set(recordName({ stream, kind, key }), { stream, kind, key });
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
