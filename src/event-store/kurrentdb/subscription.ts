import { setMaxListeners } from 'node:events';
import { START, streamNameFilter, type KurrentDBClient } from '@kurrent/kurrentdb-client';
import {
  LedgerReplaced,
  EventStoreClosed,
  StoreAccessRefused,
  StoreUnreachable,
  StreamDeleted,
} from '../event-store.js';
import type { KurrentConnection } from './connection.js';
import { AwaitedPositions } from './awaited-positions.js';
import { EndOfLedger } from './end-of-ledger.js';
import { EventCounter, NotCounted } from './event-counter.js';
import { UncountedPages } from './uncounted-pages.js';
import { lostTheServer, toStoreError } from './errors.js';
import { verifyLog } from './other-log.js';
import { EventLeftOut, LeftOutEvents } from './left-out-events.js';
import { foundEvent, STREAM_DELETED, type FoundEvent } from './found-event.js';
import type { KurrentReads } from './reads.js';
import type { StreamNames } from './stream-names.js';
import { isAfter, type KurrentPositionIndex, type LogPosition } from './position-index.js';
import type { TailCache } from '../tail-cache.js';
import { backOff, pause, unlessAborted, within } from '../waiting.js';

/** The number of foreign events that the server searches before it reports its progress. */
const SEARCH_WINDOW = 1000;
/**
 * The subscription counts as hanging when the server has an event and nothing at all arrives for this long.
 */
const STALLED_MS = 2000;

/** How often a reader checks the index of another process. */
const LOOK_MS = 200;

/**
 * Follows the log from the end of the index and counts, with one subscription for the whole process. After
 * any failure it resumes from the last counted event. It ignores the positions that the client reports ahead
 * of its events (checkpoints, caught up), because they are useless for resuming.
 */
export class KurrentSubscription {
  readonly end: EndOfLedger;
  readonly uncounted: UncountedPages;
  private readonly stopping = new AbortController();
  private following: Promise<void> | undefined;
  private readonly counter: EventCounter;
  private lastArrival = Date.now();
  /** Ends the current subscription. */
  private drop: (() => void) | undefined;
  /** The event before which another event seems to be missing. */
  private doubtful: string | undefined;
  private replaced: LedgerReplaced | undefined;
  /** Whether the log was verified since the last outage: it is still the one that was counted. */
  private isSure = true;
  private waitingForSure = new Set<(refused: StoreAccessRefused | undefined) => void>();
  /** Set while the server refuses the user of KURRENTDB_URL to read the log. */
  private refused: StoreAccessRefused | undefined;
  private sleepers = new Set<() => void>();
  private readonly awaited = new AwaitedPositions();
  private readonly leftOut: LeftOutEvents;
  /** Another process has this folder's index open for writing. */
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
    this.counter = new EventCounter(index, {
      beforeCounting: () => this.throwIfReplaced(),
      counted: ({ stream, revision }, position) => this.awaited.counted(stream, revision, position),
      done: () => {
        const { failure } = this.counter;
        if (failure) this.awaited.fail(new NotCounted(failure));
        this.wake();
      },
      failed: (error) => {
        onError(error);
        this.drop?.();
      },
    });
    // Every waiting call adds a listener to this signal.
    setMaxListeners(0, this.stopping.signal);
  }

  /** The last events that were counted. */
  get recent(): TailCache {
    return this.counter.recent;
  }

  start(): void {
    this.following = this.follow(this.stopping.signal);
  }

  /** Watches the index that another process writes, instead of following the log. */
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

  /**
   * Resolves when something may have been counted since the call, the signal aborts, or the subscription
   * stops.
   */
  async news(signal: AbortSignal): Promise<void> {
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
      this.sleepers.add(resolve);
    });
    await unlessAborted(AbortSignal.any([signal, this.stopping.signal]), woken);
    this.sleepers.delete(wake);
  }

  /** The position of an event that the server has. Throws StoreUnreachable when it is not counted in time. */
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
    // Otherwise the wait below would reject before anybody handles it, and an unhandled rejection ends the process.
    this.throwIfStopped();
    const over = new AbortController();
    const counted = (async () => {
      while (!isCounted() && !over.signal.aborted) {
        this.throwIfStopped();
        await this.news(over.signal);
      }
    })();
    try {
      await this.arrival('the end of the ledger', withinMs, counted);
    } finally {
      over.abort();
    }
  }

  /** Throws LedgerReplaced when the log is no longer the one that was counted. */
  throwIfReplaced(): void {
    if (this.replaced) throw this.replaced;
  }

  /** Throws the reason when nothing can be counted now, such as a full disk. */
  throwIfItCannotCount(): void {
    this.throwIfReplaced();
    if (this.counter.failure) throw this.counter.failure;
  }

  /** Throws when events that the server has are not counted now. */
  private throwIfStopped(): void {
    this.throwIfReplaced();
    const reason = this.counter.failure ?? this.refused;
    if (reason) throw new NotCounted(reason);
  }

  /**
   * Resolves when the log is the one that was counted. Usually that is at once; after an outage, which may
   * have restored the server to an older state, the log is verified first. Throws LedgerReplaced when it is
   * another log, StoreAccessRefused when it may not be read, StoreUnreachable when the check does not finish
   * in time.
   */
  async sure(withinMs: number): Promise<void> {
    this.throwIfReplaced();
    if (this.isSure) return;
    const told = new Promise<StoreAccessRefused | undefined>((resolve) => this.waitingForSure.add(resolve));
    const refused =
      this.refused ?? (await within(withinMs, 'the server', unlessAborted(this.stopping.signal, told)));
    if (this.stopping.signal.aborted) throw new EventStoreClosed();
    this.throwIfReplaced();
    if (refused) throw refused;
  }

  private endDoubt(): void {
    this.isSure = this.replaced === undefined && this.refused === undefined;
    for (const resolve of this.waitingForSure) resolve(this.refused);
    this.waitingForSure.clear();
  }

  /**
   * Waits for events that the server certainly has. Restarts a subscription that brings nothing meanwhile.
   */
  private async arrival<T>(what: string, withinMs: number, arrival: Promise<T>): Promise<T> {
    this.throwIfStopped();
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
    // `start` of the store has already verified the log.
    let isFirst = true;
    while (!signal.aborted && !this.replaced) {
      const before = this.index.position;
      let client: KurrentDBClient | undefined;
      try {
        // Whatever ended the last subscription may have restored the server to an older state.
        if (!isFirst) await this.verify();
        isFirst = false;
        this.refused = undefined;
        this.endDoubt();
        await this.countPages();
        // `stop` cannot drop a subscription that begins after it.
        if (this.stopping.signal.aborted) return;
        client = this.connection.client;
        await this.subscribe(client);
      } catch (error) {
        this.isSure = false;
        // Errors caused by the stop are not failures.
        if (this.stopping.signal.aborted) return;
        this.onError(toStoreError(error));
        if (error instanceof LedgerReplaced) {
          this.stopAt(error);
          return;
        }
        if (error instanceof StoreAccessRefused) this.tellRefused(error);
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

  /** Throws LedgerReplaced when the log is not the one that was counted. */
  verify(): Promise<void> {
    return verifyLog(this.index, this.reads);
  }

  /**
   * Searches for events that the subscription may have skipped. Returns whether the search had a result;
   * never rejects.
   */
  private async look(stream: string, from: number, to = from): Promise<boolean> {
    if (this.isBesideWriter || this.replaced) return false;
    const found = await this.leftOut.look(stream, from, to);
    if (!(found instanceof LedgerReplaced)) return found === undefined;
    this.recent.clear();
    this.onError(found);
    this.stopAt(found);
    return true;
  }

  /** Tells all waiting callers that the log may not be read. It is tried again, in case the right comes back. */
  private tellRefused(refused: StoreAccessRefused): void {
    this.refused = refused;
    this.endDoubt();
    this.awaited.fail(new NotCounted(refused));
    this.wake();
  }

  /** Stops counting, and tells all waiting callers why. */
  private stopAt(replaced: LedgerReplaced): void {
    this.replaced = replaced;
    this.endDoubt();
    this.awaited.fail(replaced);
    this.wake();
    this.drop?.();
  }

  /** Counts the existing events before the subscription begins. */
  private async countPages(): Promise<void> {
    for await (const events of this.uncounted.pages()) {
      for (const event of events) this.take(event);
      this.counter.count();
      if (this.stopping.signal.aborted) return;
    }
  }

  /** Runs one subscription until it fails, is dropped, or ends. */
  private async subscribe(client: KurrentDBClient): Promise<void> {
    const { last } = this.index;
    const subscription = client.subscribeToAll({
      fromPosition: last ? { commit: BigInt(last.log.commit), prepare: BigInt(last.log.prepare) } : START,
      filter: streamNameFilter({ prefixes: this.names.prefixes, maxSearchWindow: SEARCH_WINDOW }),
    });
    // The subscription may emit further errors after the first, when nobody iterates any more.
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
      this.counter.count();
      // Leaving the loop does not end the call.
      void subscription.unsubscribe().catch(() => undefined);
    }
  }

  private take(event: FoundEvent): void {
    const { stream, revision, log } = event;
    if (event.type === STREAM_DELETED) {
      // A tombstone is a fact about the stream, not an event of the ledger.
      this.index.noteDeleted(stream);
      this.onError(new StreamDeleted(stream));
      return;
    }
    if (!log) throw new Error('the server did not say where in its log an event stands');
    this.lastArrival = Date.now();
    const { last } = this.counter;
    // The server delivered this event again.
    if (last && !isAfter(log, last)) return;
    const expected = this.counter.headOf(stream) + 1;
    if (revision !== expected) {
      const doubt = `${stream} ${revision}`;
      if (this.doubtful !== doubt) {
        this.doubtful = doubt;
        throw new EventLeftOut(stream, expected, revision, '; looking again');
      }
      // The log itself has this gap: somebody deleted events and scavenged the server.
      const deleted = ', also when looked at again: events were deleted on the server';
      this.onError(new EventLeftOut(stream, expected, revision, deleted));
    }
    this.counter.add({ ...event, log });
  }

  private wake(): void {
    const { sleepers } = this;
    this.sleepers = new Set();
    for (const wake of sleepers) wake();
  }
}
