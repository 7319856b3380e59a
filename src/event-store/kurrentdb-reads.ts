import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  STREAM_NAME,
  StreamDeletedError,
  StreamNotFoundError,
  type KurrentDBClient,
  type RecordedEvent as KurrentEvent,
  type ResolvedEvent,
} from '@kurrent/kurrentdb-client';
import { automakerStream, marketStream } from '../domain/streams.js';
import { StoreUnreachable } from './event-store.js';
import { isPassing, told } from './kurrentdb-errors.js';
import type { LogPosition } from './ledger-index.js';
import { backOff, within } from './waiting.js';

/** An event as the server keeps it. */
export interface FoundEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** The rest of the event, as it was given. */
  readonly body: object;
  /** Its place in the log. Reads of a stream do not bring it: servers up to 24.10 answer 2^64 − 1 there. */
  readonly log: LogPosition | undefined;
}

/** The names of our streams on the server. A ledger that shares a server with others has a prefix of its own. */
export class StreamNames {
  /** What the names of all streams of the ledger begin with. */
  readonly prefixes: string[];

  constructor(private readonly prefix: string) {
    this.prefixes = [automakerStream(''), marketStream('')].map((each) => prefix + each);
  }

  onServer(stream: string): string {
    const name = this.prefix + stream;
    // What the filter leaves out would be written and never be seen again.
    if (!this.prefixes.some((prefix) => name.startsWith(prefix)))
      throw new RangeError(`${stream} is not the name of a stream of the ledger`);
    return name;
  }

  ofServer(name: string): string {
    return name.slice(this.prefix.length);
  }
}

/** Events that were read together. */
export interface Page {
  readonly events: readonly FoundEvent[];
  /** Nothing came after them. */
  readonly isLast: boolean;
}

const NOTHING: Page = { events: [], isLast: true };

/** Log positions that mean "none". */
const NO_POSITION = 0xffff_ffff_ffff_ffffn;

/** Reads the client's form of an event. Throws where it is not one of a ledger. */
export function foundEvent(names: StreamNames, event: KurrentEvent): FoundEvent {
  const { streamId, revision, id, type, data, position } = event;
  // The client hands over malformed JSON as a string, and an event that is no JSON as bytes.
  if (!event.isJson || typeof data !== 'object' || Array.isArray(data))
    throw new Error(`event ${String(revision)} of stream ${streamId} is not one of a ledger`);
  const log =
    position && position.commit !== NO_POSITION
      ? { commit: Number(position.commit), prepare: Number(position.prepare) }
      : undefined;
  return { stream: names.ofServer(streamId), revision: Number(revision), id, type, body: data, log };
}

/** A page ends early once it holds so many characters of JSON. */
const PAGE_CHARACTERS = 16 * 1024 * 1024;
const ATTEMPTS = 5;

/**
 * Reads in pages, each with a timeout of ours (the client has none for reads) and tried again where the failure passes:
 * a connection that broke, a node that is no longer the leader.
 */
export class KurrentReads {
  constructor(
    private readonly client: KurrentDBClient,
    private readonly names: StreamNames,
    private readonly options: {
      readonly timeoutMs: number;
      /** The native reader takes those of the connection string as they stand there, percent-encoded. */
      readonly credentials: { readonly username: string; readonly password: string } | undefined;
      readonly closing: AbortSignal;
    },
  ) {}

  /** Events of a stream from a revision, at most `limit`; none where it does not exist or was deleted. */
  stream(stream: string, from: number, limit: number): Promise<Page> {
    const name = this.names.onServer(stream);
    return this.ofStream(`the events of ${stream}`, limit, () =>
      this.client.readStream(name, {
        direction: FORWARDS,
        fromRevision: BigInt(from),
        maxCount: limit,
        ...this.terms(),
      }),
    );
  }

  /** Revision of the last event of a stream, -1 where it does not exist or was deleted. */
  async headOf(stream: string): Promise<number> {
    const name = this.names.onServer(stream);
    const { events } = await this.ofStream(`the end of ${stream}`, 1, () =>
      this.client.readStream(name, {
        direction: BACKWARDS,
        fromRevision: END,
        maxCount: 1,
        ...this.terms(),
      }),
    );
    return events[0]?.revision ?? -1;
  }

  /** Events of the ledger from a place in the log, with the one that stands there, at most `limit`. */
  log(from: LogPosition | undefined, limit: number): Promise<Page> {
    const fromPosition = from ? { commit: BigInt(from.commit), prepare: BigInt(from.prepare) } : START;
    return this.page('the events of the ledger', limit, () =>
      this.client.readAll({
        direction: FORWARDS,
        fromPosition,
        maxCount: limit,
        filter: this.filter(),
        ...this.terms(),
      }),
    );
  }

  /** The last event of the ledger. */
  async last(): Promise<FoundEvent | undefined> {
    const { events } = await this.page('the end of the ledger', 1, () =>
      this.client.readAll({
        direction: BACKWARDS,
        fromPosition: END,
        maxCount: 1,
        filter: this.filter(),
        ...this.terms(),
      }),
    );
    return events[0];
  }

  /** What every read has: the leader knows best what there is. */
  private terms() {
    const { credentials } = this.options;
    return { requiresLeader: true, ...(credentials && { credentials }) };
  }

  private filter() {
    return { filterOn: STREAM_NAME, prefixes: this.names.prefixes, checkpointInterval: 1 } as const;
  }

  private async ofStream(
    what: string,
    limit: number,
    read: () => AsyncIterable<ResolvedEvent>,
  ): Promise<Page> {
    try {
      return await this.page(what, limit, read);
    } catch (error) {
      if (error instanceof StreamNotFoundError || error instanceof StreamDeletedError) return NOTHING;
      throw error;
    }
  }

  private async page(what: string, limit: number, read: () => AsyncIterable<ResolvedEvent>): Promise<Page> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.collected(what, limit, read());
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (attempt === ATTEMPTS || this.options.closing.aborted)
          throw new StoreUnreachable(`${what} could not be read: ${told(error).message}`, { cause: error });
        await backOff(attempt, this.options.closing);
      }
    }
  }

  private async collected(what: string, limit: number, read: AsyncIterable<ResolvedEvent>): Promise<Page> {
    const iterator = read[Symbol.asyncIterator]();
    const events: FoundEvent[] = [];
    let characters = 0;
    const deadline = Date.now() + this.options.timeoutMs;
    try {
      while (characters < PAGE_CHARACTERS) {
        const next = await within(Math.max(1, deadline - Date.now()), what, iterator.next());
        if (next.done) return { events, isLast: events.length < limit };
        const { event } = next.value;
        if (!event) continue;
        const found = foundEvent(this.names, event);
        events.push(found);
        characters += JSON.stringify(found.body).length;
      }
      return { events, isLast: false };
    } finally {
      // Not waited for: behind a read that hangs it would hang as well.
      void iterator.return?.().catch(() => undefined);
    }
  }
}
