import { Injectable } from '@nestjs/common';
import { isNow, type Clocks } from '../domain/ledger/clocks.js';
import { automakerStream, ownerOf } from '../domain/ledger/streams.js';
import { ReadModel } from '../read-model/read-model.js';
import { SubjectRow, TimelineRow } from '../read-model/rows.js';

/** After all streams of automakers, and before those of anything else. */
const BEYOND_AUTOMAKERS = 'automaker.';

/** Which automakers there are, some at a time, in the order of their ids. */
@Injectable()
export class AutomakerIds {
  constructor(private readonly views: ReadModel) {}

  /** So many after one of them: those that are registered now, or with a clock all that may have been then. */
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

  /** So many after one of them of which anything was ever recorded, even what was retracted since. */
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

  /** Whether anything was ever recorded of an automaker. */
  async hasEver(id: string): Promise<boolean> {
    return this.views.rows.getRepository(TimelineRow).existsBy({ stream: automakerStream(id) });
  }

  /** Those of which something was recorded after a position. */
  async withNewsSince(position: number): Promise<string[]> {
    const found: { stream: string }[] = await this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select('DISTINCT t.stream', 'stream')
      .where('t.position > :position', { position })
      .getRawMany();
    return idsOf(found);
  }
}

const idsOf = (rows: readonly { readonly stream: string }[]): string[] =>
  rows.flatMap(({ stream }) => {
    const owner = ownerOf(stream);
    return owner?.owner === 'automaker' ? [owner.automaker] : [];
  });
