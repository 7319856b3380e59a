import { setImmediate as otherWork } from 'node:timers/promises';
import type { RecordedEvent } from '../domain/event.js';
import type { EventStore } from '../event-store/event-store.js';
import { StreamFolds } from '../event-store/stream-folds.js';
import { parkedStream, type Checkpoint, type ViewChanges } from './changes.js';
import { Reached } from './reached.js';
import { merged, StreamWork } from './stream-work.js';
import type { ParkedStreamRow } from './view-rows.js';
import { checkpointOf, parkedStreams, ViewsMovedOn, whoeverElseWrites, type Views } from './views.js';

export interface ProjectorStatus {
  /** Position of the last event in the views. */
  readonly position: number;
  readonly recordedAt: string;
  readonly parked: number;
  readonly lastError?: LastError;
}

export interface LastError {
  readonly at: string;
  readonly message: string;
}

export interface ProjectorOptions {
  /** At most so many events a transaction. */
  readonly batchSize?: number;
  readonly now?: () => string;
  readonly onError?: (error: unknown) => void;
  /** While it says so, only what somebody waits for is projected: an import gets on better alone, and the views after it. */
  readonly shouldRest?: () => boolean;
}

const PAUSE_AFTER_ERROR_MS = 500;
/** Events that come one by one gather for so long, unless somebody waits for them: a transaction for each would cost more than it brings. */
const GATHER_MS = 250;
/** So many events are folded before other work gets its turn. */
const EVENTS_A_TURN = 250;

/**
 * Keeps views current: reads the ledger in order from their checkpoint, folds, and writes rows and checkpoint in one
 * transaction, so that each event is projected exactly once, whatever is killed when and whoever else tries.
 *
 * An event that cannot be applied parks its stream: the others go on, and `unpark` applies it again.
 */
export class Projector {
  private folds: StreamFolds;
  /** The version of the checkpoint that the folds stand at; undefined while they are ahead of what is written. */
  private foldedTo: number | undefined;
  private readonly parked = new Set<string>();
  private readonly batchSize: number;
  private readonly now: () => string;
  /** Ends the pause between two batches. */
  private hurry: (() => void) | undefined;
  private lastError: LastError | undefined;
  private running: { readonly done: Promise<void>; readonly abort: AbortController } | undefined;

  constructor(
    private readonly store: EventStore,
    readonly views: Views,
    private readonly options: ProjectorOptions = {},
    private readonly reached = new Reached(),
  ) {
    this.folds = new StreamFolds(store);
    this.batchSize = options.batchSize ?? 1000;
    this.now = options.now ?? (() => new Date().toISOString());
  }

  get status(): ProjectorStatus {
    const { position, recordedAt } = this.reached.checkpoint;
    return {
      position,
      recordedAt,
      parked: this.parked.size,
      ...(this.lastError && { lastError: this.lastError }),
    };
  }

  /** Follows the ledger until `stop`. Errors are reported and the work goes on from the checkpoint. */
  start(): void {
    if (this.running) return;
    const abort = new AbortController();
    this.reached.onWait = () => this.hurryUp();
    this.running = { abort, done: this.follow(abort.signal) };
  }

  /** Stops after the batch in hand. */
  async stop(): Promise<void> {
    this.running?.abort.abort();
    await this.running?.done;
    this.running = undefined;
  }

  /** Somebody waits: what is there is projected at once. */
  hurryUp(): void {
    this.hurry?.();
  }

  /**
   * Projects what is there, or what is there up to a position, then answers the position reached. While one batch is
   * written the next one is folded.
   */
  async catchUp(until = Number.MAX_SAFE_INTEGER): Promise<number> {
    let at = await this.resume();
    let writing = Promise.resolve();
    try {
      for await (const batch of batches(this.store.readAll({ after: at.position }), this.batchSize)) {
        const wanted = batch.filter(({ position }) => position <= until);
        const changes = await this.changesBy(wanted, at);
        await writing;
        if (!changes) break;
        at = changes.checkpoint;
        writing = this.write(changes);
        // Awaited above or below, and no sooner: until then a failure is nobody's.
        writing.catch(() => undefined);
        if (wanted.length < batch.length) break;
      }
    } finally {
      await writing;
    }
    this.foldedTo = at.version;
    return at.position;
  }

  /** Takes up the work where the views say it stands. */
  async resume(): Promise<Checkpoint> {
    const { manager } = this.views.rows;
    // Read first: what is parked or unparked after this moves it on, and what is written from here is refused.
    const checkpoint = await checkpointOf(manager);
    this.parked.clear();
    for (const stream of await parkedStreams(manager)) this.parked.add(stream);
    if (this.foldedTo !== checkpoint.version) this.folds = new StreamFolds(this.store);
    this.reached.moveTo(checkpoint);
    return checkpoint;
  }

  /** Folds a parked stream again from its start, writes all of it, and follows it from now on. Throws what the fold throws. */
  async unpark(stream: string): Promise<void> {
    const wasRunning = this.running !== undefined;
    await this.stop();
    try {
      await whoeverElseWrites(() => this.tellAnew(stream));
    } finally {
      this.folds.forget(stream);
      if (wasRunning) this.start();
    }
  }

  private async tellAnew(stream: string): Promise<void> {
    const at = await this.resume();
    this.folds.forget(stream);
    const work = new StreamWork(await this.folds.at(stream, -1));
    for await (const event of this.store.readStream(stream)) {
      if (event.position <= at.position) work.apply(event);
    }
    await this.write({
      ...work.changes(),
      cleared: [stream],
      parked: [],
      checkpoint: { ...at, version: at.version + 1 },
    });
    this.parked.delete(stream);
  }

  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        let at = await this.resume();
        const after = at.position;
        for await (const batch of this.store.subscribe({ after, batchSize: this.batchSize, signal })) {
          const changes = await this.changesBy(batch, at);
          if (!changes) continue;
          await this.write(changes);
          at = changes.checkpoint;
          this.foldedTo = at.version;
          await this.gather(batch.length, signal);
        }
        return;
      } catch (error) {
        if (error instanceof ViewsMovedOn) continue;
        this.failed(error);
        await this.pause(PAUSE_AFTER_ERROR_MS, signal);
      }
    }
  }

  /** What the next events change in views that stand at a checkpoint; undefined where there are no events. */
  private async changesBy(batch: readonly RecordedEvent[], at: Checkpoint): Promise<ViewChanges | undefined> {
    const last = batch.at(-1);
    if (!last) return undefined;
    this.foldedTo = undefined;
    const work = new Map<string, StreamWork>();
    const parked: ParkedStreamRow[] = [];
    let left = EVENTS_A_TURN;
    for (const event of batch) {
      const { stream, revision } = event;
      if (--left === 0) {
        left = EVENTS_A_TURN;
        await otherWork();
      }
      if (this.parked.has(stream)) continue;
      const mine = work.get(stream) ?? new StreamWork(await this.folds.at(stream, revision - 1));
      work.set(stream, mine);
      try {
        mine.apply(event);
      } catch (error) {
        this.failed(error);
        this.parked.add(stream);
        parked.push(parkedStream(event, error, this.now()));
        // The fold may be half-way, so it is made again: rows are written of what came before this event.
        this.folds.forget(stream);
        mine.standOn(await this.folds.at(stream, revision - 1));
      }
    }
    for (const { stream } of parked) this.folds.forget(stream);
    const changes = merged([...work.values()].map((mine) => mine.changes()));
    const { position, recordedAt } = last;
    return {
      ...changes,
      cleared: [],
      parked,
      checkpoint: { position, recordedAt, version: at.version + 1 },
    };
  }

  private async write(changes: ViewChanges): Promise<void> {
    await this.views.write(changes);
    this.reached.moveTo(changes.checkpoint);
    this.lastError = changes.parked.length > 0 ? this.lastError : undefined;
  }

  private async gather(projected: number, signal: AbortSignal): Promise<void> {
    if (projected < this.batchSize && !this.reached.isAwaited) await this.pause(GATHER_MS, signal);
    while (this.options.shouldRest?.() && !this.reached.isAwaited && !signal.aborted) {
      await this.pause(GATHER_MS, signal);
    }
  }

  private async pause(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.hurry = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
      this.hurry = end;
    });
  }

  private failed(error: unknown): void {
    this.lastError = { at: this.now(), message: error instanceof Error ? error.message : String(error) };
    this.options.onError?.(error);
  }
}

async function* batches(events: AsyncIterable<RecordedEvent>, size: number): AsyncGenerator<RecordedEvent[]> {
  let batch: RecordedEvent[] = [];
  for await (const event of events) {
    batch.push(event);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
