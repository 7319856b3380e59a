import { Injectable } from '@nestjs/common';
import { automakerStream } from '../../domain/ledger/streams.js';
import { ReadModel } from '../../read-model/read-model.js';
import { TimelineRow } from '../../read-model/row-entities.js';
import type { AsOf } from '../automaker-reader.js';

/** If more events were recorded between the two points, they are not searched: any stream may have some. */
const MOST_LOOKED_THROUGH = 20_000;

/** Finds the automakers with events between two points on the three clocks. */
@Injectable()
export class EventsBetween {
  constructor(private readonly views: ReadModel) {}

  async of(from: AsOf, to: AsOf): Promise<{ among(ids: readonly string[]): Promise<string[]> }> {
    // Anything published in between may add evidence to any event.
    if (from.publicOn !== undefined || to.publicOn !== undefined)
      return { among: (ids) => Promise.resolve([...ids]) };
    const [first, second] = from.position <= to.position ? [from, to] : [to, from];
    const isAnyKnownOn = from.knownOn !== undefined || to.knownOn !== undefined;
    const recorded = isAnyKnownOn
      ? await this.recordedIn(first.position, second.position)
      : new Set<string>();
    const corrected = isAnyKnownOn ? await this.correctedAfter(first.position) : new Set<string>();
    const days = [from.trueOn, to.trueOn].sort();
    return {
      among: async (ids) => {
        const streams = ids.map(automakerStream);
        const happened = await this.happenedIn(streams, days);
        return ids.filter((id) => {
          const stream = automakerStream(id);
          return (
            !recorded || !corrected || recorded.has(stream) || corrected.has(stream) || happened.has(stream)
          );
        });
      },
    };
  }

  /** Undefined if there are too many events to search. */
  private recordedIn(after: number, until: number): Promise<Set<string> | undefined> {
    if (until - after > MOST_LOOKED_THROUGH) return Promise.resolve(undefined);
    return this.streams('t.position > :after AND t.position <= :until', { after, until });
  }

  /** A later correction may have moved an event into or out of the period. */
  private correctedAfter(after: number): Promise<Set<string> | undefined> {
    if (this.views.status.position - after > MOST_LOOKED_THROUGH) return Promise.resolve(undefined);
    return this.streams('t.position > :after AND t.about IS NOT NULL', { after });
  }

  private happenedIn(streams: readonly string[], [after, until]: readonly string[]): Promise<Set<string>> {
    if (streams.length === 0) return Promise.resolve(new Set());
    return this.streams('t.stream IN (:...streams) AND t.day > :after AND t.day <= :until', {
      streams,
      after,
      until,
    });
  }

  private async streams(where: string, values: object): Promise<Set<string>> {
    const rows: { stream: string }[] = await this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select('DISTINCT t.stream', 'stream')
      .where(where, values)
      .getRawMany();
    return new Set(rows.map(({ stream }) => stream));
  }
}
