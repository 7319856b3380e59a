import { Injectable } from '@nestjs/common';
import { Turns } from '../../api/in-turns.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import { ReadModel } from '../../read-model/read-model.js';
import { PastRow } from '../../read-model/row-entities.js';
import { misfitOf, type FieldsOf } from '../../read-model/shape.js';
import { storedJson } from '../../read-model/stored-record.js';
import { idOf } from './kept-outlines.js';
import { OUTLINE_VERSION } from './outline.js';
import type { PastOutline } from './past-days.js';

/** A past that holds for all days: it sorts after each of them. */
export const ALL_DAYS = '~';

/** The number of pasts read per statement. */
const AT_ONCE = 200;

const misfitOfPast = misfitOf({
  headlines: ['object'],
  standings: ['list'],
  presence: ['list'],
} as const satisfies FieldsOf<PastOutline>);

/** What is stored of the pasts of automakers, less what events of today have changed. */
@Injectable()
export class KeptPasts {
  /** The first day that something recorded since has changed, as long as rows do not say it. */
  private ended = new Map<string, Day>();
  /** How often something was recorded of an automaker: a past may have been worked out before. */
  private readonly news = new Map<string, number>();

  constructor(private readonly views: ReadModel) {}

  /**
   * The stored pasts that hold on a day, by automaker, ordered by id. The outlines have to be up to date, since what they
   * are made anew for ends pasts as well.
   */
  async on(trueOn: Day): Promise<ReadonlyMap<string, PastOutline>> {
    const found = new Map<string, PastOutline>();
    // Taken before reading: it is dropped as soon as rows say it.
    const ended = this.unkept;
    const turns = new Turns();
    for (let after = ''; ;) {
      const some = await this.views.rows
        .getRepository(PastRow)
        .createQueryBuilder('p')
        .select(['p.stream AS stream', 'p.doc AS doc'])
        .innerJoin('outlines_reached', 'r', 'r.made = :made', { made: OUTLINE_VERSION })
        .where('p.stream > :after AND p.until > :trueOn', { after, trueOn })
        .orderBy('p.stream')
        .limit(AT_ONCE)
        .getRawMany<Pick<PastRow, 'stream' | 'doc'>>();
      for (const { stream, doc } of some) {
        const id = idOf(stream);
        const holds = [ended, this.ended].every((each) => (each.get(id) ?? ALL_DAYS) > trueOn);
        if (holds && doc !== NONE)
          found.set(id, storedJson(doc, `the past of ${stream}`, misfitOfPast) as PastOutline);
        await turns.next();
      }
      const last = some.at(-1);
      if (!last || some.length < AT_ONCE) return found;
      after = last.stream;
    }
  }

  /** Notes what was recorded of some automakers, by the first day that it changes. */
  end(changed: ReadonlyMap<string, Day>): void {
    for (const [id, from] of changed) {
      const known = this.ended.get(id) ?? ALL_DAYS;
      this.ended.set(id, from < known ? from : known);
      this.news.set(id, this.newsOf(id) + 1);
    }
  }

  get unkept(): ReadonlyMap<string, Day> {
    return new Map(this.ended);
  }

  /** Notes that rows say now where pasts end. */
  isKept(ended: ReadonlyMap<string, Day>): void {
    for (const [id, from] of ended) if (this.ended.get(id) === from) this.ended.delete(id);
  }

  /** Changes whenever something is recorded of an automaker. */
  newsOf(id: string): number {
    return this.news.get(id) ?? 0;
  }

  /** Until which day the stored past of each automaker holds. */
  async stored(): Promise<ReadonlyMap<string, Day>> {
    const ended = this.unkept;
    const rows = await this.views.rows
      .getRepository(PastRow)
      .createQueryBuilder('p')
      .select(['p.stream AS stream', 'p.until AS until'])
      .getRawMany<Pick<PastRow, 'stream' | 'until'>>();
    return new Map(
      rows.map(({ stream, until }) => {
        const id = idOf(stream);
        const end = ended.get(id) ?? ALL_DAYS;
        return [id, end < until ? end : until];
      }),
    );
  }
}

/** Whether a question is about a past day, and rests on everything recorded by now, as pasts do. */
export const areAllRecorded = (clocks: Clocks): clocks is { readonly trueOn: Day } =>
  clocks.trueOn !== undefined && clocks.knownOn === undefined && clocks.publicOn === undefined;

const NONE = JSON.stringify(null);

/** The row of a past, worked out from everything recorded by now. */
export const pastRowOf = (id: string, past: PastOutline | undefined): PastRow => ({
  stream: automakerStream(id),
  until: ALL_DAYS,
  doc: JSON.stringify(past ?? null),
});
