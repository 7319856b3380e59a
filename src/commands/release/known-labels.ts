import type { DataSource, Repository } from 'typeorm';
import { ReleaseLabels } from '../../access/release-labels.js';
import type { Meaning } from '../../domain/release/label-meaning.js';

/** Maximum number of labels remembered per automaker. */
const MOST_LABELS = 1000;

/**
 * The meanings that analysts gave to labels in an automaker's releases. They apply to its later releases too.
 */
export class KnownLabels {
  private readonly rows: Repository<ReleaseLabels>;

  constructor(database: DataSource) {
    this.rows = database.getRepository(ReleaseLabels);
  }

  async of(automaker: string): Promise<Readonly<Record<string, Meaning>>> {
    const row = await this.rows.findOneBy({ automaker });
    return row ? (JSON.parse(row.labels) as Record<string, Meaning>) : {};
  }

  /** Remembers labels. Beyond the maximum, the oldest are dropped. */
  async remember(automaker: string, labels: Readonly<Record<string, Meaning>>): Promise<void> {
    if (Object.keys(labels).length === 0) return;
    const all = Object.entries({ ...(await this.of(automaker)), ...labels }).slice(-MOST_LABELS);
    await this.rows.save({ automaker, labels: JSON.stringify(Object.fromEntries(all)) });
  }
}
