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
import {
  checkpointOf,
  parkedStreams,
  TablesMovedOn,
  whoeverElseWrites,
  type ReadModelTables,
} from './tables.js';

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
  /** The states of the streams, where others use them too. */
  readonly states?: StreamStateCache;
  /** At most so many events a transaction. */
  readonly batchSize?: number;
  readonly now?: () => string;
  readonly onError?: (error: unknown) => void;
  /** While it says so, only what somebody waits for is projected: an import gets on better alone, and the views after it. */
  readonly isPaused?: () => boolean;
}

const PAUSE_AFTER_ERROR_MS = 500;
/** Events that come one by one gather for so long, unless somebody waits for them: a transaction for each would cost more than it brings. */
const GATHER_MS = 250;

/**
 * Keeps views current: reads the ledger in order from their checkpoint, folds, and writes rows and checkpoint in one
 * transaction, so that each event is projected exactly once, whatever is killed when and whoever else tries.
 *
 * An event that cannot be applied parks its stream: the others go on, and `unpark` applies it again.
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

  /** What is wrong with the views, in words, where that is why nothing more comes into them. */
  get damage(): string | undefined {
    return this.lastDamage;
  }

  /** Follows the ledger until `stop`. Errors are reported and the work goes on from the checkpoint. */
  start(): void {
    if (this.running) return;
    const abort = new AbortController();
    this.reached.onWait = () => this.flush();
    this.running = { abort, done: this.follow(abort.signal) };
  }

  /** Stops after the batch in hand. */
  async stop(): Promise<void> {
    this.running?.abort.abort();
    await this.running?.done;
    this.running = undefined;
  }

  /** Somebody waits: what is there is projected at once. */
  flush(): void {
    this.pause.flush();
  }

  /** Projects what is there, or what is there up to a position, then answers the position reached. */
  async catchUp(until = Number.MAX_SAFE_INTEGER): Promise<number> {
    const at = await this.resume();
    const events = this.store.readAll({ after: at.position });
    return (await this.project(batches(events, this.batchSize, until), at)).position;
  }

  /**
   * Projects batches on views that stand at a checkpoint: while one is written the next one is folded. Answers the
   * checkpoint reached; `folded` is waited for after each batch.
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
        // Awaited above or below, and no sooner: until then a failure is nobody's.
        writing.catch(() => undefined);
        await folded(batch.length, writing);
      }
    } finally {
      await writing;
    }
    return at;
  }

  /** Takes up the work where the views say it stands. */
  async resume(): Promise<ReadModelCheckpoint> {
    const { manager } = this.views.rows;
    // Read first: what is parked or unparked after this moves it on, and what is written from here is refused.
    const checkpoint = await checkpointOf(manager);
    this.parked.clear();
    for (const stream of await parkedStreams(manager)) this.parked.add(stream);
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
      // What could not be written ends the subscription, which might bring nothing more for hours.
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

  /** What the next events change in views that stand at a checkpoint; undefined where there are no events. */
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
      // A store that cannot be read fails the batch; an event that cannot be taken in parks its stream.
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
    // What only a rebuild mends fails at every attempt until then.
    if (!isTold || this.lastDamage === undefined) this.options.onError?.(error);
  }
}

/** Events up to a position, so many at a time. */
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
