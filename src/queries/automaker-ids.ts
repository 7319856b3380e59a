import { Injectable } from '@nestjs/common';
import { isNow, type Clocks } from '../domain/ledger/clocks.js';
import type { Day } from '../domain/ledger/edtf.js';
import { automakerStream, ownerOf } from '../domain/ledger/streams.js';
import { ReadModel } from '../read-model/read-model.js';
import { SubjectRow, TimelineRow } from '../read-model/row-entities.js';

/** Sorts after all streams of automakers, and before those of anything else. */
const BEYOND_AUTOMAKERS = 'automaker.';

/** Lists the automakers page by page, ordered by id. */
@Injectable()
export class AutomakerIds {
  constructor(private readonly views: ReadModel) {}

  /** The next ids after one: of automakers registered now or, with a clock, possibly then. */
  async after(id: string, clocks: Clocks, limit: number): Promise<string[]> {
    if (!isNow(clocks)) return this.everAfter(id, limit);
    const found: { stream: string }[] = await this.views.rows
      .getRepository(SubjectRow)
      .createQueryBuilder('r')
      .select('r.stream', 'stream')
      .where('r.kind = :kind AND r.stream > :after', { kind: 'automaker', after: automakerStream(id) })
      .orderBy('r.stream')
      .limit(limit)
      .getRawMany();
    return idsOf(found);
  }

  /** The next ids of automakers about which anything was ever recorded, even if retracted since. */
  async everAfter(id: string, limit: number): Promise<string[]> {
    const found: { stream: string }[] = await this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select('DISTINCT t.stream', 'stream')
      .where('t.stream > :after AND t.stream < :end', { after: automakerStream(id), end: BEYOND_AUTOMAKERS })
      .orderBy('t.stream')
      .limit(limit)
      .getRawMany();
    return idsOf(found);
  }

  /** Whether anything was ever recorded about an automaker. */
  async hasEver(id: string): Promise<boolean> {
    return this.views.rows.getRepository(TimelineRow).existsBy({ stream: automakerStream(id) });
  }

  /**
   * The automakers about which something was recorded after a position, with the first day on which what was recorded changes anything: empty for all days, as what is recorded of
   * other events does, or a registration, which counts on every day.
   */
  async newsSince(position: number): Promise<Map<string, Day>> {
    const found = await this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select('t.stream', 'stream')
      .addSelect(
        `MIN(CASE WHEN t.about IS NOT NULL OR t.type = 'AutomakerRegistered' THEN '' ELSE t.day END)`,
        'from',
      )
      .where('t.position > :position', { position })
      .groupBy('t.stream')
      .getRawMany<{ stream: string; from: Day }>();
    return new Map(found.flatMap((row) => idsOf([row]).map((id) => [id, row.from])));
  }
}

const idsOf = (rows: readonly { readonly stream: string }[]): string[] =>
  rows.flatMap(({ stream }) => {
    const owner = ownerOf(stream);
    return owner?.owner === 'automaker' ? [owner.automaker] : [];
  });
