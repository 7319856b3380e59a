import type { DataSource, EntityManager } from 'typeorm';
import type { Checkpoint, ViewChanges } from './changes.js';
import type { RecordRow } from './rows.js';
import type { Views } from './tables.js';

/** What names a record in all of the views. */
export const recordName = ({ stream, kind, key }: Pick<RecordRow, 'stream' | 'kind' | 'key'>): string =>
  `${stream}\u0000${kind}\u0000${key}`;

/** Names rows of the views. */
export interface WrittenRows {
  readonly records: ReadonlyMap<string, Pick<RecordRow, 'stream' | 'kind' | 'key'>>;
  readonly positions: ReadonlySet<number>;
}

/** Views that remember which of their rows were written since they were asked to. */
export class NotingViews implements Views {
  private records: Map<string, Pick<RecordRow, 'stream' | 'kind' | 'key'>> | undefined;
  private readonly positions = new Set<number>();

  constructor(private readonly views: Views) {}

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

  async write(changes: ViewChanges): Promise<void> {
    await this.views.write(changes);
    if (!this.records) return;
    for (const { stream, kind, key } of [...changes.records, ...changes.gone])
      this.records.set(recordName({ stream, kind, key }), { stream, kind, key });
    for (const { position } of [...changes.timeline, ...changes.moved]) this.positions.add(position);
  }

  standStill<T>(work: (at: Checkpoint) => Promise<T>): Promise<T> {
    return this.views.standStill(work);
  }

  asOfOneMoment<T>(ask: (rows: EntityManager) => Promise<T>): Promise<T> {
    return this.views.asOfOneMoment(ask);
  }

  index(): Promise<void> {
    return this.views.index();
  }

  close(): Promise<void> {
    return this.views.close();
  }
}
