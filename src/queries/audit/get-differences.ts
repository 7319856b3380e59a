import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { differencesInSteps, type Differences, type Point } from '../../domain/audit/differences.js';
import { toldDifferences, type ToldDifference } from '../../domain/audit/difference-words.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { inSlices } from '../../event-store/in-slices.js';
import { NotFound } from '../../problems/not-found.js';
import { AutomakerIds } from '../automaker-ids.js';
import { Turns } from '../../api/in-turns.js';
import type { PageOf } from '../../api/paging.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { EventsBetween } from './events-between.js';

/** The differences of one automaker, and those worth reporting to a reader. */
export interface AutomakerDifferences extends Differences {
  readonly automaker: string;
  /** The verdicts and values of goals that differ, one sentence each. */
  readonly told: readonly ToldDifference[];
}

export interface DifferencesAnswer {
  readonly from: AsOf;
  readonly to: AsOf;
  /**
   * One entry for each automaker with differences, ordered by id. If all automakers are asked for, only those
   * with an event between the two points are compared; changes caused by time alone are shown only for an
   * automaker asked for by name.
   */
  readonly automakers: readonly AutomakerDifferences[];
  /**
   * The cursor of the next page; absent on the last page. A page ends early, and may even be empty, once it has
   * compared many events.
   */
  readonly next?: string;
}

/** What differs between two points, and why: for one automaker, or all with events in between. */
export class GetDifferences extends Query<DifferencesAnswer> {
  constructor(
    readonly automaker: string | undefined,
    readonly from: Point,
    readonly to: Point,
    /** For all automakers: the page. Without it, everything is compared. */
    readonly page?: PageOf,
  ) {
    super();
  }
}

/** The number of ids examined per step. */
const IDS_AT_ONCE = 100;
/**
 * A page ends before the next automaker once those compared have this many events, because an automaker is read and
 * compared as a whole. So a page takes a bounded time, and always contains the same automakers.
 */
const MOST_EVENTS_A_PAGE = 4000;

@QueryHandler(GetDifferences)
export class GetDifferencesHandler implements IQueryHandler<GetDifferences> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly ids: AutomakerIds,
    private readonly eventsBetween: EventsBetween,
  ) {}

  async execute({ automaker, from, to, page }: GetDifferences): Promise<DifferencesAnswer> {
    const points = { from: await this.states.asOf(from), to: await this.states.asOf(to) };
    if (automaker !== undefined) {
      if (!(await this.ids.hasEver(automaker)))
        throw new NotFound({ detail: `There is no automaker ${automaker}. ${await this.states.known({})}` });
      const state = await this.states.state(automakerStream(automaker), {});
      return { ...points, automakers: await this.compared(automaker, state, from, to) };
    }
    const automakers: AutomakerDifferences[] = [];
    const turns = new Turns();
    const between = await this.eventsBetween.of(points.from, points.to);
    const limit = page?.limit ?? Number.MAX_SAFE_INTEGER;
    const mostEvents = page ? MOST_EVENTS_A_PAGE : Number.MAX_SAFE_INTEGER;
    let examined = page?.after ?? '';
    let events = 0;
    for (let ids = await this.ids.everAfter(examined, IDS_AT_ONCE); ids.length > 0;) {
      for (const id of await between.among(ids)) {
        if (events >= mostEvents) return { ...points, automakers, next: examined };
        const state = await this.states.state(automakerStream(id), {});
        const found = await this.compared(id, state, from, to);
        if (found.length > 0 && automakers.length === limit) return { ...points, automakers, next: examined };
        automakers.push(...found);
        events += state.log.size;
        examined = id;
        await turns.next();
      }
      ids = await this.ids.everAfter(ids.at(-1) ?? '', IDS_AT_ONCE);
    }
    return { ...points, automakers };
  }

  private async compared(
    id: string,
    state: StreamState,
    from: Point,
    to: Point,
  ): Promise<AutomakerDifferences[]> {
    const differences = await inSlices(differencesInSteps(state, from, to));
    const { events, records, numbers } = differences;
    if (events.length + records.length + numbers.length === 0) return [];
    return [{ automaker: id, ...differences, told: toldDifferences(differences, from, to) }];
  }
}
