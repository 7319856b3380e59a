import { jsonEvent, NO_STREAM } from '@kurrent/kurrentdb-client';
import type { EventRow } from '../event-row.js';
import {
  AppendTooLarge,
  StoreAccessRefused,
  StoreUnreachable,
  StreamDeleted,
  WrongExpectedRevision,
} from '../event-store.js';
import type { KurrentConnection } from './connection.js';
import { appendFailure, lostTheServer } from './errors.js';
import type { KurrentReads } from './reads.js';
import type { StreamNames } from './stream-names.js';
import type { KurrentPositionIndex } from './position-index.js';
import { attemptMs, backOff, within } from '../waiting.js';

/** An append that waits for the server. */
interface WaitingAppend {
  /** Revision of the event before this append; -1 for a new stream. */
  readonly after: number;
  readonly rows: readonly EventRow[];
  readonly bytes: number;
  /** Deadline of the caller, in epoch milliseconds. */
  readonly until: number;
  readonly resolve: (revision: number) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Maximum number of appends in flight. The client sends all appends over one stream, which accepts 16
 * messages before it makes callers wait. When that stream breaks while callers wait, the client rejects
 * promises without handlers, which would end the process.
 */
const MOST_UNDER_WAY = 12;

/** The size of an append as the server counts it for its limit. */
function sizeOf(rows: readonly EventRow[]): number {
  // The server stores the type in UTF-16, two bytes per character.
  return rows.reduce((sum, { type, body }) => sum + Buffer.byteLength(body) + 2 * type.length, 0);
}

/**
 * Sends appends to the server: those of one stream in the order of the calls, those of different streams in
 * parallel. Waiting appends that directly follow each other are sent together (group commit over the
 * network). When one fails, the ones built on it fail too, even if another writer has brought the stream to
 * their revision: they were decided on events that do not exist.
 *
 * When the outcome of an append is unknown, this class first looks for the ids in the stream and only then
 * sends the append again. Every attempt uses the same ids and revision, so that the server also recognises a
 * repetition.
 */
export class KurrentAppends {
  private readonly queues = new Map<string, WaitingAppend[]>();
  private free = MOST_UNDER_WAY;
  private readonly turns: (() => void)[] = [];

  constructor(
    private readonly connection: KurrentConnection,
    private readonly reads: KurrentReads,
    private readonly names: StreamNames,
    private readonly index: KurrentPositionIndex,
    private readonly options: {
      readonly largestAppend: number;
      readonly timeoutMs: number;
      readonly closing: AbortSignal;
    },
  ) {}

  /**
   * Writes all rows or none after a revision, and resolves with the revision of the last one. Throws
   * StoreUnreachable at the latest at `until`, in epoch milliseconds.
   */
  append(stream: string, after: number, rows: readonly EventRow[], until: number): Promise<number> {
    const bytes = sizeOf(rows);
    if (bytes > this.options.largestAppend) throw this.tooLarge(rows, this.options.largestAppend);
    return new Promise((resolve, reject) => {
      const waiting = { after, rows, bytes, until, resolve, reject };
      const queue = this.queues.get(stream);
      if (queue) {
        queue.push(waiting);
        return;
      }
      this.queues.set(stream, [waiting]);
      void this.work(stream);
    });
  }

  /** Sends the appends of a stream until none is waiting. Never rejects: each append gets its own outcome. */
  private async work(stream: string): Promise<void> {
    const queue = this.queues.get(stream) ?? [];
    while (queue.length > 0) {
      await this.turn();
      const group = this.takeGroup(queue);
      try {
        await this.write(stream, group);
        for (const { after, rows, resolve } of group) resolve(after + rows.length);
      } catch (error) {
        this.fail(stream, group, queue, error);
      } finally {
        this.endTurn();
      }
    }
    this.queues.delete(stream);
  }

  /** Takes the first append and those that follow it without a gap, up to the server's size limit. */
  private takeGroup(queue: WaitingAppend[]): WaitingAppend[] {
    let count = 0;
    let bytes = 0;
    let end: number | undefined;
    for (const each of queue) {
      bytes += each.bytes;
      if (end !== undefined && (each.after !== end || bytes > this.options.largestAppend)) break;
      end = each.after + each.rows.length;
      count++;
    }
    return queue.splice(0, count);
  }

  private fail(stream: string, group: WaitingAppend[], queue: WaitingAppend[], error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    const conflict = failure instanceof WrongExpectedRevision ? failure.actual : undefined;
    const [first] = group;
    let end = first?.after ?? -1;
    for (const { after, rows, reject } of group) {
      reject(conflict === undefined ? failure : wrong(stream, after, conflict));
      end = after + rows.length;
    }
    while (queue[0]?.after === end) {
      const built = queue.shift();
      if (!built) break;
      built.reject(wrong(stream, built.after, conflict ?? revisionOf(first?.after ?? -1)));
      end = built.after + built.rows.length;
    }
  }

  private async write(stream: string, group: readonly WaitingAppend[]): Promise<void> {
    const after = group[0]?.after ?? -1;
    const rows = group.flatMap((each) => each.rows);
    const until = Math.min(...group.map((each) => each.until));
    if (Date.now() >= until)
      throw new StoreUnreachable(
        `${rows.length} events for ${stream} were not sent: those before them took too long`,
      );
    if (after < 0) await this.refuseDeleted(stream, until);
    for (let attempt = 1; ; attempt++) {
      const failure = await this.send(stream, after, rows, until);
      if (!failure) return;
      switch (failure.kind) {
        case 'too-large':
          throw this.tooLarge(rows, failure.limit ?? this.options.largestAppend);
        case 'refused':
          throw attempt === 1 ? failure.error : unknownOutcome(stream, rows, failure.error);
        case 'conflict':
          // The first attempt may have succeeded after all, before another writer added events.
          if (attempt > 1 && (await this.stands(stream, after, rows, until)) === 'written') return;
          throw wrong(stream, after, failure.actual);
        case 'unknown': {
          if (Date.now() >= until) throw unknownOutcome(stream, rows, failure.error);
          await backOff(attempt, this.options.closing, until);
          const standing = await this.stands(stream, after, rows, until);
          if (standing === 'written') return;
          if (standing !== 'open') throw wrong(stream, after, standing.actual);
        }
      }
    }
  }

  /**
   * Refuses a deleted stream: the server would accept a new stream of that name, while the ledger still has
   * the old events.
   */
  private async refuseDeleted(stream: string, until: number): Promise<void> {
    const known = this.index.headOf(stream);
    if (known >= 0 && (await this.reads.headOf(stream, until)) < 0) throw wrong(stream, -1, known);
  }

  /** Makes one attempt. Returns undefined on success. */
  private async send(stream: string, after: number, rows: readonly EventRow[], until: number) {
    const { client } = this.connection;
    try {
      const events = rows.map(({ id, type, body }) =>
        jsonEvent({ id, type, data: JSON.parse(body) as Record<string, unknown> }),
      );
      const { nextExpectedRevision } = await within(
        Math.max(1, Math.min(until - Date.now(), attemptMs(this.options.timeoutMs))),
        `the answer to an append to ${stream}`,
        client.appendToStream(this.names.onServer(stream), events, {
          streamState: after < 0 ? NO_STREAM : BigInt(after),
          requiresLeader: true,
        }),
      );
      // After a deletion, the server accepts a new stream and continues the old revision numbers.
      if (Number(nextExpectedRevision) !== after + rows.length)
        return { kind: 'refused', error: new StreamDeleted(stream) } as const;
      return undefined;
    } catch (error) {
      if (lostTheServer(error)) this.connection.replace(client);
      return appendFailure(stream, error);
    }
  }

  /** Like `standing`, after an attempt of unknown outcome: that a read is refused says nothing about it. */
  private async stands(stream: string, after: number, rows: readonly EventRow[], until: number) {
    try {
      return await this.standing(stream, after, rows, until);
    } catch (error) {
      throw error instanceof StoreAccessRefused ? unknownOutcome(stream, rows, error) : error;
    }
  }

  /** Checks what the stream holds at the target revisions: these events, other events, or nothing yet. */
  private async standing(
    stream: string,
    after: number,
    rows: readonly EventRow[],
    until: number,
  ): Promise<'written' | 'open' | { readonly actual: number }> {
    let found = 0;
    while (found < rows.length) {
      const { events } = await this.reads.stream(stream, after + 1 + found, rows.length - found, until);
      if (events.length === 0) break;
      for (const { id } of events) {
        if (id !== rows[found]?.id) return { actual: await this.reads.headOf(stream, until) };
        found++;
      }
    }
    if (found === rows.length) return 'written';
    return found === 0 ? 'open' : { actual: await this.reads.headOf(stream, until) };
  }

  private tooLarge(rows: readonly EventRow[], limit: number): AppendTooLarge {
    return new AppendTooLarge(rows[0]?.id ?? '', sizeOf(rows), limit);
  }

  private async turn(): Promise<void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.turns.push(resolve));
  }

  private endTurn(): void {
    const next = this.turns.shift();
    if (next) next();
    else this.free++;
  }
}

const revisionOf = (head: number) => (head < 0 ? 'no-stream' : head);

function unknownOutcome(stream: string, rows: readonly EventRow[], cause: Error): StoreUnreachable {
  const what = `whether ${rows.length} events were appended to ${stream} is unknown`;
  return new StoreUnreachable(`${what}: ${cause.message}`, { cause });
}

function wrong(stream: string, after: number, actual: number | 'no-stream'): WrongExpectedRevision {
  return new WrongExpectedRevision(
    stream,
    revisionOf(after),
    typeof actual === 'number' ? revisionOf(actual) : actual,
  );
}
