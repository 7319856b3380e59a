import {
  AccessDeniedError,
  BACKWARDS,
  END,
  FORWARDS,
  START,
  STREAM_NAME,
  StreamDeletedError,
  StreamNotFoundError,
  type KurrentDBClient,
  type ResolvedEvent,
} from '@kurrent/kurrentdb-client';
import { StoreUnreachable } from '../event-store.js';
import type { KurrentConnection } from './connection.js';
import { foundEvent, STREAM_DELETED, type FoundEvent } from './found-event.js';
import { accessRefused, isPassing, lostTheServer, toStoreError } from './errors.js';
import type { StreamNames } from './stream-names.js';
import type { LogPosition } from './position-index.js';
import { attemptMs, backOff, within } from '../waiting.js';

/** A page of events from one read. */
export interface EventPage {
  readonly events: readonly FoundEvent[];
  /** No events follow this page. */
  readonly isLast: boolean;
}

/** Options of a read for which the server must search its log. */
export interface Search {
  /** If set, the read waits for as long as the server searches, and calls this while the search continues. */
  readonly onGoingOn?: () => void;
}

const NOTHING: EventPage = { events: [], isLast: true };

/** A read of the last event in the log. */
const LAST_OF_ALL = { direction: BACKWARDS, fromPosition: END, maxCount: 1 } as const;

/** A page ends early when it holds this many characters of JSON. */
const PAGE_CHARACTERS = 16 * 1024 * 1024;

/**
 * Reads in pages. Each page has its own deadline, because the client offers none for reads. Temporary
 * failures are retried until the deadline: a broken connection, a node that is no longer the leader, a server
 * that does not answer.
 */
export class KurrentReads {
  constructor(
    private readonly connection: KurrentConnection,
    private readonly names: StreamNames,
    private readonly options: {
      readonly timeoutMs: number;
      /** The native reader would use the connection string's credentials without percent-decoding. */
      readonly credentials: { readonly username: string; readonly password: string } | undefined;
      readonly closing: AbortSignal;
    },
  ) {}

  /**
   * At most `limit` events of a stream from a revision; none when the stream does not exist or was deleted.
   */
  stream(stream: string, from: number, limit: number, until = this.deadline()): Promise<EventPage> {
    const name = this.names.onServer(stream);
    return this.ofStream(`the events of ${stream}`, limit, until, (client) =>
      client.readStream(name, {
        direction: FORWARDS,
        fromRevision: BigInt(from),
        maxCount: limit,
        ...this.terms(),
      }),
    );
  }

  /** Revision of the last event of a stream; -1 when it does not exist or was deleted. */
  async headOf(stream: string, until = this.deadline()): Promise<number> {
    const name = this.names.onServer(stream);
    const { events } = await this.ofStream(`the end of ${stream}`, 1, until, (client) =>
      client.readStream(name, {
        direction: BACKWARDS,
        fromRevision: END,
        maxCount: 1,
        ...this.terms(),
      }),
    );
    return events[0]?.revision ?? -1;
  }

  /** Whether a stream is permanently deleted on the server now. */
  async isDeleted(stream: string): Promise<boolean> {
    const name = this.names.onServer(stream);
    const read = (client: KurrentDBClient) => client.readStream(name, { maxCount: 1, ...this.terms() });
    try {
      await this.page(`the events of ${stream}`, 1, this.deadline(), read);
      return false;
    } catch (error) {
      if (error instanceof StreamDeletedError) return true;
      if (error instanceof StreamNotFoundError) return false;
      throw error;
    }
  }

  /**
   * At most `limit` events of the ledger from a place in the log, including the event at that place. With
   * `onGoingOn`, it waits for as long as the server searches.
   */
  log(from: LogPosition | undefined, limit: number, search: Search = {}): Promise<EventPage> {
    const fromPosition = from ? { commit: BigInt(from.commit), prepare: BigInt(from.prepare) } : START;
    const read = (client: KurrentDBClient) =>
      client.readAll({
        direction: FORWARDS,
        fromPosition,
        maxCount: limit,
        filter: this.filter(),
        ...this.terms(),
      });
    return this.page('the events of the ledger', limit, this.deadline(), read, search);
  }

  /** The place of the server's very last event, also of other programs. */
  async endOfLog(): Promise<LogPosition | undefined> {
    const read = (client: KurrentDBClient) => client.readAll({ ...LAST_OF_ALL, ...this.terms() });
    const { events } = await this.page('the end of the log', 1, this.deadline(), read);
    return events[0]?.log;
  }

  /** Like `log`, without the server's events for deleted streams. */
  async counted(from: LogPosition | undefined, limit: number): Promise<readonly FoundEvent[]> {
    for (let spare = 0; ; spare = Math.max(10, spare * 10)) {
      const { events, isLast } = await this.log(from, limit + spare);
      const counted = events.filter(({ type }) => type !== STREAM_DELETED).slice(0, limit);
      if (isLast || counted.length > (from ? 1 : 0)) return counted;
    }
  }

  /** The last event of the ledger, ignoring the server's events for deleted streams. */
  async last(): Promise<FoundEvent | undefined> {
    for (let limit = 1; ; limit *= 100) {
      const read = (client: KurrentDBClient) =>
        client.readAll({ ...LAST_OF_ALL, maxCount: limit, filter: this.filter(), ...this.terms() });
      const what = 'the end of the ledger';
      const { events, isLast } = await this.page(what, limit, this.deadline(), read, {});
      const last = events.find(({ type }) => type !== STREAM_DELETED);
      if (last || isLast) return last;
    }
  }

  /**
   * The first event of a stream between two revisions, with its place in the log; undefined when the log has
   * none. Searches the log backwards from its end, so use it rarely.
   */
  async inLog(stream: string, from: number, to: number): Promise<FoundEvent | undefined> {
    const name = this.names.onServer(stream);
    const until = this.deadline();
    for (let limit = 100; Date.now() < until; limit *= 10) {
      const filter = { filterOn: STREAM_NAME as typeof STREAM_NAME, prefixes: [name], checkpointInterval: 1 };
      const read = (client: KurrentDBClient) =>
        client.readAll({ ...LAST_OF_ALL, maxCount: limit, filter, ...this.terms() });
      const what = `event ${from} of ${stream}`;
      const { events, isLast } = await this.page(what, limit, until, read, {});
      // The filter is a prefix, so other streams may match too.
      const ofStream = events.filter((event) => event.stream === stream && event.type !== STREAM_DELETED);
      if (isLast || (ofStream.at(-1)?.revision ?? Infinity) <= from)
        return ofStream.findLast(({ revision }) => revision >= from && revision <= to);
    }
    throw new StoreUnreachable(`event ${from} of ${stream} was not found in time`);
  }

  /** Options of every read. The leader has the most recent events. */
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
    until: number,
    read: (client: KurrentDBClient) => AsyncIterable<ResolvedEvent>,
  ): Promise<EventPage> {
    try {
      return await this.page(what, limit, until, read);
    } catch (error) {
      if (error instanceof StreamNotFoundError || error instanceof StreamDeletedError) return NOTHING;
      throw error;
    }
  }

  private async page(
    what: string,
    limit: number,
    until: number,
    read: (client: KurrentDBClient) => AsyncIterable<ResolvedEvent>,
    search?: Search,
  ): Promise<EventPage> {
    const attemptUntil = (end: number) => Math.min(end, Date.now() + attemptMs(this.options.timeoutMs));
    const searchUntil = search?.onGoingOn ? Infinity : until;
    for (let attempt = 1; ; attempt++) {
      const { client } = this.connection;
      const look = { isAnswered: false };
      // A search returns nothing until it has found enough, which may be after millions of events of other
      // programs.
      const later = async (): Promise<number | undefined> => {
        look.isAnswered = !this.options.closing.aborted && (await this.answers(client));
        if (look.isAnswered) search?.onGoingOn?.();
        return look.isAnswered && Date.now() < searchUntil ? attemptUntil(searchUntil) : undefined;
      };
      try {
        return await this.collected(what, limit, attemptUntil(until), read(client), search && later);
      } catch (error) {
        if (error instanceof AccessDeniedError) throw accessRefused(`read ${what}`, error);
        if (!isPassing(error)) throw error;
        if (lostTheServer(error) && !look.isAnswered) this.connection.replace(client);
        if (Date.now() >= until || this.options.closing.aborted)
          throw new StoreUnreachable(`${what} could not be read: ${toStoreError(error).message}`, {
            cause: error,
          });
        await backOff(attempt, this.options.closing, until);
      }
    }
  }

  /** Whether the server answers a read that needs no search, over a given client's connection. */
  private async answers(client: KurrentDBClient): Promise<boolean> {
    const until = Date.now() + attemptMs(this.options.timeoutMs) / 2;
    const read = client.readAll({ ...LAST_OF_ALL, ...this.terms() });
    const [answered] = await Promise.allSettled([this.collected('the end of the log', 1, until, read)]);
    return answered.status === 'fulfilled';
  }

  private deadline(): number {
    return Date.now() + this.options.timeoutMs;
  }

  private async collected(
    what: string,
    limit: number,
    until: number,
    read: AsyncIterable<ResolvedEvent>,
    /** Called when a search brought nothing in time: the new deadline, or undefined to give up. */
    later: () => Promise<number | undefined> = () => Promise.resolve(undefined),
  ): Promise<EventPage> {
    const iterator = read[Symbol.asyncIterator]();
    const events: FoundEvent[] = [];
    let characters = 0;
    const inTime = async (coming: Promise<IteratorResult<ResolvedEvent>>) => {
      for (let end: number | undefined = until; ;)
        try {
          return await within(Math.max(1, end - Date.now()), what, coming);
        } catch (error) {
          if (!(error instanceof StoreUnreachable)) throw error;
          // A slow server gets a partial page, because it would never finish a whole one. A silent server has
          // delivered nothing.
          if (events.length > 1) return undefined;
          end = await later();
          if (end === undefined) throw error;
        }
    };
    try {
      while (characters < PAGE_CHARACTERS) {
        const next = await inTime(iterator.next());
        if (!next) break;
        if (next.done) return { events, isLast: events.length < limit };
        const { event } = next.value;
        if (!event) continue;
        const found = foundEvent(this.names, event);
        events.push(found);
        characters += JSON.stringify(found.body).length;
      }
      return { events, isLast: false };
    } finally {
      // Not awaited: it would hang behind a read that hangs.
      void iterator.return?.().catch(() => undefined);
    }
  }
}
