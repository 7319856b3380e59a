import type { RecordedEvent } from '../domain/ledger/event.js';
import { evolveInSteps } from '../domain/state/evolve.js';
import { StreamState } from '../domain/state/stream-state.js';
import type { EventStore } from '../event-store/event-store.js';
import { CancellablePause } from '../event-store/cancellable-pause.js';
import { Slice, soon } from '../event-store/in-slices.js';
import { StreamStateCache } from '../event-store/stream-state-cache.js';
import { parkedStream, type ReadModelCheckpoint, type RowChanges } from './changes.js';
import { HighWaterMark } from './high-water-mark.js';
import { merged, StreamProjection, type StreamChanges } from './stream-projection.js';
import type { ParkedStreamRow } from './rows.js';
import { asDamage, damageOfViews } from './views-damaged.js';
import { checkpointOf, parkedStreams, whoeverElseWrites, type ReadModelTables } from './tables.js';
import { TablesMovedOn } from './tables-moved-on.js';

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
  /** The cache of stream states, if shared with others. */
  readonly states?: StreamStateCache;
  /** The maximum number of events per transaction. */
  readonly batchSize?: number;
  readonly now?: () => string;
  readonly onError?: (error: unknown) => void;
  /**
   * While this returns true, only events that somebody waits for are projected: an import runs faster alone,
   * and the views catch up after it.
   */
  readonly isPaused?: () => boolean;
}

const PAUSE_AFTER_ERROR_MS = 500;
/** Single events are gathered this long unless awaited: a transaction for each costs too much. */
const GATHER_MS = 250;

/**
 * Keeps the views current. It reads the ledger in order from their checkpoint, folds the events, and writes
 * rows and checkpoint in one transaction. Thus each event is projected exactly once, even after a crash or
 * with concurrent projectors.
 *
 * An event that cannot be applied parks its stream: the other streams continue, and `unpark` applies it
 * again.
 */
export class Projector {
  private readonly states: StreamStateCache;
  private readonly parked = new Set<string>();
  private readonly batchSize: number;
  private readonly now: () => string;
  /** Ends the pause between two batches. */
  private readonly pause = new CancellablePause();
  private lastError: LastError | undefined;
  private lastDamage: string | undefined;
  private running: { readonly done: Promise<void>; readonly abort: AbortController } | undefined;

  constructor(
    private readonly store: EventStore,
    readonly views: ReadModelTables,
    private readonly options: ProjectorOptions = {},
    private readonly reached = new HighWaterMark(),
  ) {
    this.states = options.states ?? new StreamStateCache(store);
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

  /** Describes the damage that keeps the views from advancing, if any. */
  get damage(): string | undefined {
    return this.lastDamage;
  }

  /**
   * Follows the ledger until `stop`. After an error, it reports the error and resumes from the checkpoint.
   */
  start(): void {
    if (this.running) return;
    const abort = new AbortController();
    this.reached.onWait = () => this.flush();
    this.running = { abort, done: this.follow(abort.signal) };
  }

  /** Stops after the current batch. */
  async stop(): Promise<void> {
    this.running?.abort.abort();
    await this.running?.done;
    this.running = undefined;
  }

  /** Projects pending events at once, because somebody is waiting. */
  flush(): void {
    this.pause.flush();
  }

  /** Projects all current events, or those up to a position. Returns the position reached. */
  async catchUp(until = Number.MAX_SAFE_INTEGER): Promise<number> {
    const at = await this.resume();
    const events = this.store.readAll({ after: at.position });
    return (await this.project(batches(events, this.batchSize, until), at)).position;
  }

  /**
   * Projects batches onto views at a checkpoint. The next batch is folded while one is written. Awaits
   * `folded` after each batch, and returns the checkpoint reached.
   */
  private async project(
    incoming: AsyncIterable<readonly RecordedEvent[]>,
    from: ReadModelCheckpoint,
    folded: (count: number, written: Promise<void>) => Promise<void> = () => Promise.resolve(),
  ): Promise<ReadModelCheckpoint> {
    let at = from;
    let writing = Promise.resolve();
    try {
      for await (const batch of incoming) {
        const changes = await this.changesBy(batch, at);
        await writing;
        if (!changes) continue;
        at = changes.checkpoint;
        writing = this.write(changes);
        // The write is awaited above or below. Until then, this keeps a failure from counting as unhandled.
        writing.catch(() => undefined);
        await folded(batch.length, writing);
      }
    } finally {
      await writing;
    }
    return at;
  }

  /** Resumes from the checkpoint of the views. */
  async resume(): Promise<ReadModelCheckpoint> {
    const { manager } = this.views.rows;
    // The checkpoint is read first. If a stream is parked or unparked after this, the checkpoint moves, and a
    // write based on the old one is refused.
    const checkpoint = await checkpointOf(manager);
    this.parked.clear();
    for (const stream of await parkedStreams(manager)) this.parked.add(stream);
    this.reached.moveTo(checkpoint);
    return checkpoint;
  }

  /** Folds a parked stream from its start, rewrites its rows, and follows it. Rethrows fold errors. */
  async unpark(stream: string): Promise<void> {
    const wasRunning = this.running !== undefined;
    await this.stop();
    try {
      await whoeverElseWrites(() => this.tellAnew(stream));
    } finally {
      if (wasRunning) this.start();
    }
  }

  private async tellAnew(stream: string): Promise<void> {
    const at = await this.resume();
    const projection = new StreamProjection(stream);
    let state = StreamState.of(stream);
    const slice = new Slice();
    for await (const event of this.store.readStream(stream)) {
      if (event.position > at.position) break;
      const evolving = soon(evolveInSteps(state, event), slice);
      const evolved = evolving instanceof Promise ? await evolving : evolving;
      projection.takeOn(event, evolved);
      ({ state } = evolved);
    }
    await this.write({
      ...(await projection.changes((revision) => this.positionOf(stream, revision))),
      cleared: [stream],
      parked: [],
      checkpoint: { ...at, version: at.version + 1 },
    });
    this.parked.delete(stream);
  }

  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // A failed write ends the subscription, which might otherwise stay silent for hours.
      const lost = new AbortController();
      const untilLost = AbortSignal.any([signal, lost.signal]);
      try {
        const at = await this.resume();
        const { batchSize } = this;
        const incoming = this.store.subscribe({ after: at.position, batchSize, signal: untilLost });
        await this.project(incoming, at, async (count, written) => {
          written.catch(() => lost.abort());
          if (count < batchSize) await written;
          await this.gather(count, untilLost);
        });
        return;
      } catch (error) {
        if (error instanceof TablesMovedOn) continue;
        this.failed(error);
        await this.pause.wait(PAUSE_AFTER_ERROR_MS, signal);
      }
    }
  }

  /** The changes that the next events make to views at a checkpoint; undefined if there are no events. */
  private async changesBy(
    batch: readonly RecordedEvent[],
    at: ReadModelCheckpoint,
  ): Promise<RowChanges | undefined> {
    const last = batch.at(-1);
    if (!last) return undefined;
    const streams = new Map<string, StreamProjection>();
    const parked: ParkedStreamRow[] = [];
    const slice = new Slice();
    for (const event of batch) {
      const { stream } = event;
      if (slice.isOver) await slice.letOthersWork();
      if (this.parked.has(stream)) continue;
      const projection = streams.get(stream) ?? new StreamProjection(stream);
      streams.set(stream, projection);
      const made = this.states.madeOf(event);
      // An unreadable store fails the batch; an event that cannot be applied only parks its stream.
      const before = made ? undefined : await this.stateBefore(event, projection);
      try {
        if (made) projection.take(event, made);
        else if (before) {
          const evolving = soon(evolveInSteps(before, event), slice);
          projection.takeOn(event, evolving instanceof Promise ? await evolving : evolving);
        }
      } catch (error) {
        this.failed(error);
        this.parked.add(stream);
        parked.push(parkedStream(event, error, this.now()));
      }
    }
    const changes: StreamChanges[] = [];
    for (const [stream, projection] of streams) {
      changes.push(await projection.changes((revision) => this.positionOf(stream, revision)));
      if (projection.state) this.states.reached(projection.state);
    }
    const { position, recordedAt } = last;
    return {
      ...merged(changes),
      cleared: [],
      parked,
      checkpoint: { position, recordedAt, version: at.version + 1 },
    };
  }

  private async stateBefore(
    { stream, revision }: RecordedEvent,
    { state }: StreamProjection,
  ): Promise<StreamState> {
    return state?.revision === revision - 1 ? state : this.states.stateAt(stream, revision - 1);
  }

  private async positionOf(stream: string, revision: number): Promise<number> {
    for await (const { position } of this.store.readStream(stream, { from: revision, limit: 1 }))
      return position;
    throw new Error(`the ledger has no event ${revision} in ${stream}`);
  }

  private async write(changes: RowChanges): Promise<void> {
    try {
      await this.views.write(changes);
    } catch (error) {
      throw asDamage(error);
    }
    for (const { stream, revision } of changes.timeline) this.states.projected(stream, revision);
    this.reached.moveTo(changes.checkpoint);
    this.lastError = changes.parked.length > 0 ? this.lastError : undefined;
    this.lastDamage = undefined;
  }

  private async gather(projected: number, signal: AbortSignal): Promise<void> {
    if (projected < this.batchSize && !this.reached.isAwaited) await this.pause.wait(GATHER_MS, signal);
    while (this.options.isPaused?.() && !this.reached.isAwaited && !signal.aborted) {
      await this.pause.wait(GATHER_MS, signal);
    }
  }

  private failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const isTold = this.lastError?.message === message;
    this.lastError = { at: this.now(), message };
    this.lastDamage = damageOfViews(error);
    // Damage that only a rebuild repairs fails every attempt, so it is reported once.
    if (!isTold || this.lastDamage === undefined) this.options.onError?.(error);
  }
}

/** Groups the events up to a position into batches. */
async function* batches(
  events: AsyncIterable<RecordedEvent>,
  size: number,
  until: number,
): AsyncGenerator<RecordedEvent[]> {
  let batch: RecordedEvent[] = [];
  for await (const event of events) {
    if (event.position > until) break;
    batch.push(event);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
