import type { RecordedEvent } from '../../domain/ledger/event.js';
import { recordedFrom } from '../event-row.js';
import { StoreUnreachable } from '../event-store.js';
import type { KurrentReads } from './reads.js';
import type { KurrentPositionIndex } from './position-index.js';
import type { TailCache } from '../tail-cache.js';

/** How many ranges of the log are read at once for one stream. */
const AT_ONCE = 8;
/** A read goes through at most this many other events to the next one of a stream. */
const MOST_BETWEEN = 20;
/** The longest range of one read. */
const LONGEST_RANGE = 500;

/** Consecutive positions of the ledger, both ends included. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Groups ascending positions into ranges that are worth one read each. */
function rangesOf(positions: readonly number[]): Range[] {
  const ranges: Range[] = [];
  let range: Range | undefined;
  for (const to of positions) {
    const isNear = range && to - range.to <= MOST_BETWEEN && to - range.from < LONGEST_RANGE;
    if (range && isNear) range = { from: range.from, to };
    else {
      if (range) ranges.push(range);
      range = { from: to, to };
    }
  }
  return range ? [...ranges, range] : ranges;
}

/** Reads the counted events of a ledger in KurrentDB: recent ones from memory, older ones from the log. */
export class CountedEvents {
  constructor(
    private readonly reads: KurrentReads,
    private readonly index: KurrentPositionIndex,
    private readonly recent: TailCache,
  ) {}

  /**
   * Events of a stream that stream reads no longer return, because somebody deleted or truncated the stream.
   * The log still has them until the server is scavenged.
   */
  async hiddenBefore(
    stream: string,
    from: number,
    first: number,
    end: number,
  ): Promise<readonly RecordedEvent[]> {
    const until = Math.min(first, end, this.index.headOf(stream) + 1);
    const places = until > from ? this.index.ofStream(stream, from, until - from) : [];
    const found: RecordedEvent[] = [];
    const ranges = rangesOf(places.map(({ position }) => position));
    for (let next = 0; next < ranges.length; next += AT_ONCE) {
      const pages = ranges.slice(next, next + AT_ONCE).map((range) => this.between(range));
      for (const events of await Promise.all(pages))
        found.push(...events.filter((event) => event.stream === stream));
    }
    return found;
  }

  /** The counted events from one position to another. */
  private async between({ from, to }: Range): Promise<readonly RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for (let after = from - 1; after < to;) {
      const events = await this.after(after, to - after);
      const last = events.at(-1);
      if (!last) break;
      for (const event of events) found.push(event);
      after = last.position;
    }
    return found;
  }

  /**
   * Like `after`, but a caller may await the result later or never; a failure is then no unhandled rejection.
   */
  ahead(after: number, limit: number): Promise<readonly RecordedEvent[]> {
    const events = this.after(after, limit);
    events.catch(() => undefined);
    return events;
  }

  /**
   * Counted events after a position. Recent ones come from memory, the others from their places in the log.
   */
  async after(after: number, limit: number): Promise<readonly RecordedEvent[]> {
    const recent = this.recent.after(after, limit);
    if (recent) return recent;
    const places = this.index.after(after, limit);
    const before = after === 0 ? undefined : this.index.at(after);
    if (places.length === 0 || (after > 0 && !before)) return [];
    // A page includes the event at its start position.
    const counted = await this.reads.counted(before?.log, before ? places.length + 1 : places.length);
    const found = before ? counted.slice(1) : counted;
    if (found.length === 0) throw new StoreUnreachable(`the events after position ${after} did not come`);
    return found.map((event, offset) => {
      const place = places[offset];
      if (place?.id !== event.id || place.revision !== event.revision || place.stream !== event.stream)
        throw new StoreUnreachable(`the log brought event ${event.id} in place of ${place?.id ?? 'none'}`);
      return recordedFrom({ position: place.position, ...event }, event.body);
    });
  }
}
