import { setMaxListeners } from 'node:events';
import { START, streamNameFilter, type KurrentDBClient } from '@kurrent/kurrentdb-client';
import { LedgerReplaced, EventStoreClosed, StoreUnreachable, StreamDeleted } from '../event-store.js';
import type { KurrentConnection } from './connection.js';
import { AwaitedPositions } from './awaited-positions.js';
import { EndOfLedger } from './end-of-ledger.js';
import { COUNTED_AT_ONCE, UncountedPages } from './uncounted-pages.js';
import { lostTheServer, toStoreError } from './errors.js';
import { refuseOtherLog } from './other-log.js';
import { EventLeftOut, LeftOutEvents } from './left-out-events.js';
import { foundEvent, STREAM_DELETED, type FoundEvent, type KurrentReads } from './reads.js';
import type { StreamNames } from './stream-names.js';
import { isAfter, type KurrentPositionIndex, type LogPosition } from './position-index.js';
import { TailCache } from '../tail-cache.js';
import { recordedFrom } from '../event-row.js';
import { backOff, pause, unlessAborted, within } from '../waiting.js';

/** Events that come one right after the other gather for so long. */
const GATHER_MS = 15;
/** How many events of others the server looks through before it says how far it is. */
const SEARCH_WINDOW = 1000;
/** An event that the server has and that does not come for so long, while none comes at all: the subscription hangs. */
const STALLED_MS = 2000;

/** How often a reader looks at the index of another process. */
const LOOK_MS = 200;

type Arrival = FoundEvent & { readonly log: LogPosition };

/**
 * Follows the log, from where the index ends, in one subscription for the whole process, and counts. It comes back by
 * itself after any failure, from the last event that was counted: positions that the client reports ahead of
 * its events (checkpoints, caught up) are of no use for that and are not listened to.
 */
export class KurrentSubscription {
  readonly recent = new TailCache();
  readonly end: EndOfLedger;
  readonly uncounted: UncountedPages;
  private readonly stopping = new AbortController();
  private following: Promise<void> | undefined;
  /** What has come and is not counted yet, and the heads of its streams. */
  private arrived: Arrival[] = [];
  private readonly arrivedHeads = new Map<string, number>();
  private counting: NodeJS.Immediate | undefined;
  private lastArrival = Date.now();
  /** Ends the subscription of now. */
  private drop: (() => void) | undefined;
  /** The event before which another one seemed to be left out. */
  private doubtful: string | undefined;
  private replaced: LedgerReplaced | undefined;
  /** Whether the log was found to be the one that was counted since the last outage. */
  private isSure = true;
  private waitingForSure = new Set<() => void>();
  private sleepers = new Set<() => void>();
  private readonly awaited = new AwaitedPositions();
  private readonly leftOut: LeftOutEvents;
  /** Another process has the index of this folder open for writing. */
  private isBesideWriter = false;

  constructor(
    private readonly connection: KurrentConnection,
    private readonly index: KurrentPositionIndex,
    private readonly reads: KurrentReads,
    private readonly names: StreamNames,
    private readonly onError: (error: Error) => void,
  ) {
    this.end = new EndOfLedger(reads, index);
    this.uncounted = new UncountedPages(reads, index, this.end);
    this.leftOut = new LeftOutEvents(reads, index, onError);
    // Everybody who waits listens to it.
    setMaxListeners(0, this.stopping.signal);
  }

  start(): void {
    this.following = this.follow(this.stopping.signal);
  }

  /** Looks at what the process that has the index open for writing adds to it, instead of following the log. */
  startBesideWriter(): void {
    this.isBesideWriter = true;
    this.following = this.watchIndex(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.drop?.();
    this.wake();
    await this.following;
  }

  /** Resolves when something may have been counted since the call, the signal aborts, or the follower stops. */
  async news(signal: AbortSignal): Promise<void> {
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
      this.sleepers.add(resolve);
    });
    await unlessAborted(AbortSignal.any([signal, this.stopping.signal]), woken);
    this.sleepers.delete(wake);
  }

  /** The position of an event that the server has. Throws StoreUnreachable where it does not come in time. */
  async position(stream: string, revision: number, withinMs: number): Promise<number> {
    const known = this.index.positionOf(stream, revision);
    if (known !== undefined) return known;
    const looking = setInterval(() => void this.look(stream, revision), STALLED_MS);
    try {
      return await this.awaited.during(stream, revision, (position) =>
        this.arrival(`event ${revision} of ${stream}`, withinMs, position),
      );
    } finally {
      clearInterval(looking);
    }
  }

  /** Waits until the event at a place in the log is counted. */
  async reached(log: LogPosition, withinMs: number): Promise<void> {
    const isCounted = () => this.index.last !== undefined && !isAfter(log, this.index.last.log);
    if (isCounted()) return;
    const over = new AbortController();
    const counted = (async () => {
      while (!isCounted() && !over.signal.aborted) {
        this.throwIfReplaced();
        await this.news(over.signal);
      }
    })();
    try {
      await this.arrival('the end of the ledger', withinMs, counted);
    } finally {
      over.abort();
    }
  }

  /** Throws where the log is not the one any more that was counted. */
  throwIfReplaced(): void {
    if (this.replaced) throw this.replaced;
  }

  /**
   * Resolves where the log is the one that was counted: at once, or after an outage, which may have put the server back to
   * an older state, once that was looked at. Throws LedgerReplaced where it is another one, StoreUnreachable where it does
   * not come out in time.
   */
  async sure(withinMs: number): Promise<void> {
    this.throwIfReplaced();
    if (this.isSure) return;
    const sure = new Promise<void>((resolve) => this.waitingForSure.add(resolve));
    await within(withinMs, 'the server', unlessAborted(this.stopping.signal, sure));
    if (this.stopping.signal.aborted) throw new EventStoreClosed();
    this.throwIfReplaced();
  }

  private endDoubt(): void {
    this.isSure = this.replaced === undefined;
    for (const resolve of this.waitingForSure) resolve();
    this.waitingForSure.clear();
  }

  /** Waits for what the server surely has; a subscription that brings nothing meanwhile is taken anew. */
  private async arrival<T>(what: string, withinMs: number, arrival: Promise<T>): Promise<T> {
    this.throwIfReplaced();
    const since = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - Math.max(since, this.lastArrival) >= STALLED_MS) {
        this.lastArrival = Date.now();
        this.drop?.();
      }
    }, STALLED_MS / 4);
    try {
      const arrived = await within(
        withinMs,
        what,
        unlessAborted(
          this.stopping.signal,
          arrival.then((value) => ({ value })),
        ),
      );
      if (!arrived) throw new EventStoreClosed();
      return arrived.value;
    } finally {
      clearInterval(watch);
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    let failures = 0;
    // The start has looked already.
    let isFirst = true;
    while (!signal.aborted && !this.replaced) {
      const before = this.index.position;
      let client: KurrentDBClient | undefined;
      try {
        // Whatever ended the last one may have put the server back to an older state.
        if (!isFirst) await this.verify();
        isFirst = false;
        this.endDoubt();
        await this.countPages();
        // Nobody drops a subscription that begins after the stop.
        if (this.stopping.signal.aborted) return;
        client = this.connection.client;
        await this.subscribe(client);
      } catch (error) {
        this.isSure = false;
        // What ends at the stop is no trouble.
        if (this.stopping.signal.aborted) return;
        this.onError(toStoreError(error));
        if (error instanceof LedgerReplaced) {
          this.stopAt(error);
          return;
        }
        if (
          error instanceof EventLeftOut &&
          !(await this.look(error.stream, error.expected, error.revision - 1))
        )
          this.doubtful = undefined;
        if (client && lostTheServer(error)) this.connection.replace(client);
      }
      failures = this.index.position > before ? 0 : failures + 1;
      await backOff(failures, signal);
    }
  }

  private async watchIndex(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const before = this.index.position;
      this.index.refresh();
      if (this.index.position > before) {
        this.awaited.lookUp(this.index);
        this.wake();
      }
      await unlessAborted(signal, pause(LOOK_MS));
    }
  }

  /** Throws LedgerReplaced where the log is another one than the one that was counted. */
  verify(): Promise<void> {
    return refuseOtherLog(this.index, this.reads);
  }

  /** Looks for what should have come and was perhaps left out. Answers whether that came out; never rejects. */
  private async look(stream: string, from: number, to = from): Promise<boolean> {
    if (this.isBesideWriter || this.replaced) return false;
    const found = await this.leftOut.look(stream, from, to);
    if (!(found instanceof LedgerReplaced)) return found === undefined;
    this.recent.clear();
    this.onError(found);
    this.stopAt(found);
    return true;
  }

  /** Counts no more, and tells all who wait why. */
  private stopAt(replaced: LedgerReplaced): void {
    this.replaced = replaced;
    this.endDoubt();
    this.awaited.fail(replaced);
    this.wake();
    this.drop?.();
  }

  /** Counts what there is before the subscription begins. */
  private async countPages(): Promise<void> {
    for await (const events of this.uncounted.pages()) {
      for (const event of events) this.take(event);
      this.count();
      if (this.stopping.signal.aborted) return;
    }
  }

  /** One subscription, until it fails, is dropped, or ends. */
  private async subscribe(client: KurrentDBClient): Promise<void> {
    const { last } = this.index;
    const subscription = client.subscribeToAll({
      fromPosition: last ? { commit: BigInt(last.log.commit), prepare: BigInt(last.log.prepare) } : START,
      filter: streamNameFilter({ prefixes: this.names.prefixes, maxSearchWindow: SEARCH_WINDOW }),
    });
    // It may report an error again after its first, when nobody iterates any more.
    subscription.on('error', () => undefined);
    this.lastArrival = Date.now();
    this.drop = () => subscription.destroy(new StoreUnreachable('the subscription brought nothing'));
    const stopListening = this.connection.onReplaced(() => this.drop?.());
    try {
      for await (const { event } of subscription) if (event) this.take(foundEvent(this.names, event));
      throw new StoreUnreachable('the server ended the subscription');
    } finally {
      stopListening();
      this.drop = undefined;
      this.count();
      // Leaving the loop does not end the call.
      void subscription.unsubscribe().catch(() => undefined);
    }
  }

  private take(event: FoundEvent): void {
    const { stream, revision, log } = event;
    if (event.type === STREAM_DELETED) {
      // A fact about one stream, and no event of the ledger.
      this.index.noteDeleted(stream);
      this.onError(new StreamDeleted(stream));
      return;
    }
    if (!log) throw new Error('the server did not say where in its log an event stands');
    this.lastArrival = Date.now();
    const last = this.arrived.at(-1)?.log ?? this.index.last?.log;
    // Delivered again.
    if (last && !isAfter(log, last)) return;
    const expected = (this.arrivedHeads.get(stream) ?? this.index.headOf(stream)) + 1;
    if (revision !== expected) {
      const doubt = `${stream} ${revision}`;
      if (this.doubtful !== doubt) {
        this.doubtful = doubt;
        throw new EventLeftOut(stream, expected, revision, '; looking again');
      }
      // The log itself has it so: somebody deleted and scavenged there.
      const deleted = ', also when looked at again: events were deleted on the server';
      this.onError(new EventLeftOut(stream, expected, revision, deleted));
    }
    this.arrived.push({ ...event, log });
    this.arrivedHeads.set(stream, revision);
    if (this.arrived.length >= COUNTED_AT_ONCE) this.count();
    else this.counting ??= this.nextTurn(0, Date.now() + GATHER_MS);
  }

  /** Counts once a turn of the event loop has brought nothing more, or the time is over. */
  private nextTurn(seen: number, until: number): NodeJS.Immediate {
    return setImmediate(() => {
      if (this.arrived.length > seen && Date.now() < until)
        this.counting = this.nextTurn(this.arrived.length, until);
      else this.countOrDrop();
    });
  }

  private countOrDrop(): void {
    try {
      this.count();
    } catch (error) {
      this.onError(toStoreError(error));
      this.drop?.();
    }
  }

  /** Gives what has arrived its positions. */
  private count(): void {
    clearImmediate(this.counting);
    this.counting = undefined;
    const events = this.arrived;
    this.arrived = [];
    this.arrivedHeads.clear();
    this.throwIfReplaced();
    if (events.length === 0) return;
    const before = this.index.position;
    this.index.append(events);
    for (const [index, event] of events.entries()) {
      const position = before + index + 1;
      this.recent.add(position, JSON.stringify(event.body).length, () =>
        recordedFrom({ ...event, position }, event.body),
      );
      this.awaited.counted(event.stream, event.revision, position);
    }
    this.wake();
  }

  private wake(): void {
    const { sleepers } = this;
    this.sleepers = new Set();
    for (const wake of sleepers) wake();
  }
}
