import type { RecordedEvent } from '../domain/event.js';
import type { Fold } from '../domain/fold.js';
import type { SubjectKey } from '../domain/subject.js';
import type { EventStore } from '../event-store/event-store.js';
import { StreamFolds } from '../event-store/stream-folds.js';
import {
  movedBy,
  parkedStream,
  recordRows,
  timelineRow,
  type MovedEvent,
  type ViewChanges,
} from './changes.js';
import { ParkedStreamRow, type TimelineRow } from './view-rows.js';
import type { Views } from './views.js';

export interface ProjectorStatus {
  /** Position of the last event in the views. */
  readonly position: number;
  readonly recordedAt: string;
  readonly parked: number;
  readonly lastError?: { readonly at: string; readonly message: string };
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

/**
 * Keeps views current: reads the ledger in order from their checkpoint, folds, and writes rows and checkpoint in one
 * transaction, so that each event is projected exactly once, whatever is killed when.
 *
 * An event that cannot be applied parks its stream: the others go on, and `unpark` applies it again.
 */
export class Projector {
  private readonly folds: StreamFolds;
  private readonly parked = new Set<string>();
  private readonly waiting = new Set<{ position: number; resolve: (reached: boolean) => void }>();
  private readonly batchSize: number;
  private readonly now: () => string;
  private reached: { position: number; recordedAt: string } = { position: 0, recordedAt: '' };
  /** Ends the pause between two batches. */
  private hurry: (() => void) | undefined;
  private lastError: ProjectorStatus['lastError'];
  private running: { readonly done: Promise<void>; readonly abort: AbortController } | undefined;

  constructor(
    private readonly store: EventStore,
    readonly views: Views,
    private readonly options: ProjectorOptions = {},
  ) {
    this.folds = new StreamFolds(store);
    this.batchSize = options.batchSize ?? 1000;
    this.now = options.now ?? (() => new Date().toISOString());
  }

  get status(): ProjectorStatus {
    return {
      ...this.reached,
      parked: this.parked.size,
      ...(this.lastError && { lastError: this.lastError }),
    };
  }

  /** Follows the ledger until `stop`. Errors are reported and the work goes on from the checkpoint. */
  start(): void {
    if (this.running) return;
    const abort = new AbortController();
    this.running = { abort, done: this.follow(abort.signal) };
  }

  /** Stops after the batch in hand. */
  async stop(): Promise<void> {
    this.running?.abort.abort();
    await this.running?.done;
    this.running = undefined;
    for (const { resolve } of this.waiting) resolve(false);
    this.waiting.clear();
  }

  /** Projects what is there, or what is there up to a position, then answers the position reached. */
  async catchUp(until = Number.MAX_SAFE_INTEGER): Promise<number> {
    await this.resume();
    for await (const batch of batches(this.store.readAll({ after: this.reached.position }), this.batchSize)) {
      const wanted = batch.filter(({ position }) => position <= until);
      await this.project(wanted);
      if (wanted.length < batch.length) break;
    }
    return this.reached.position;
  }

  /** Whether the views have come to `position` before the time is over. */
  async hasReached(position: number, withinMs: number): Promise<boolean> {
    if (this.reached.position >= position) return true;
    return new Promise((resolve) => {
      const waiter = {
        position,
        resolve: (reached: boolean) => {
          clearTimeout(timer);
          this.waiting.delete(waiter);
          resolve(reached);
        },
      };
      const timer = setTimeout(() => waiter.resolve(false), withinMs);
      this.waiting.add(waiter);
      this.hurry?.();
    });
  }

  /** Folds a parked stream again from its start, writes all of it, and follows it from now on. Throws what the fold throws. */
  async unpark(stream: string): Promise<void> {
    const wasRunning = this.running !== undefined;
    await this.stop();
    try {
      await this.resume();
      this.folds.forget(stream);
      const events: RecordedEvent[] = [];
      for await (const event of this.store.readStream(stream)) {
        if (event.position <= this.reached.position) events.push(event);
      }
      const work = new StreamWork(await this.folds.at(stream, -1));
      for (const event of events) work.apply(event);
      await this.views.unpark(stream, work.changes());
      work.keep();
      this.parked.delete(stream);
    } finally {
      if (wasRunning) this.start();
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.resume();
        const { position: after } = this.reached;
        for await (const batch of this.store.subscribe({ after, batchSize: this.batchSize, signal })) {
          if (batch.length === 0) continue;
          await this.project(batch);
          await this.gather(batch.length, signal);
        }
        return;
      } catch (error) {
        this.failed(error);
        await this.pause(PAUSE_AFTER_ERROR_MS, signal);
      }
    }
  }

  /** Takes up the work where the views say it stands. */
  async resume(): Promise<void> {
    this.reached = await this.views.checkpoint();
    this.parked.clear();
    const rows = await this.views.rows.getRepository(ParkedStreamRow).find();
    for (const { stream } of rows) this.parked.add(stream);
  }

  private async project(batch: readonly RecordedEvent[]): Promise<void> {
    const work = new Map<string, StreamWork>();
    const parked: ParkedStreamRow[] = [];
    for (const event of batch) {
      const { stream } = event;
      if (this.parked.has(stream)) continue;
      const mine = work.get(stream) ?? new StreamWork(await this.folds.at(stream, event.revision - 1));
      work.set(stream, mine);
      try {
        mine.apply(event);
      } catch (error) {
        this.failed(error);
        this.parked.add(stream);
        parked.push(parkedStream(event, error, this.now()));
      }
    }
    const last = batch.at(-1);
    if (!last) return;
    const checkpoint = { position: last.position, recordedAt: last.recordedAt };
    try {
      await this.views.write({
        ...merged([...work.values()].map((mine) => mine.changes())),
        parked,
        checkpoint,
      });
    } catch (error) {
      for (const stream of work.keys()) this.folds.forget(stream);
      throw error;
    }
    for (const [stream, mine] of work) {
      if (this.parked.has(stream)) this.folds.forget(stream);
      else mine.keep();
    }
    this.reached = checkpoint;
    this.lastError = parked.length > 0 ? this.lastError : undefined;
    for (const waiter of [...this.waiting]) if (waiter.position <= checkpoint.position) waiter.resolve(true);
  }

  private async gather(projected: number, signal: AbortSignal): Promise<void> {
    if (projected < this.batchSize && this.waiting.size === 0) await this.pause(GATHER_MS, signal);
    while (this.options.shouldRest?.() && this.waiting.size === 0 && !signal.aborted) {
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

/** What the events of one batch do to one stream, gathered before it is written. */
class StreamWork {
  private draft: Fold;
  private readonly applied: RecordedEvent[] = [];
  private readonly touched = new Set<SubjectKey>();
  private readonly timeline = new Map<string, TimelineRow>();
  private readonly moved = new Map<string, MovedEvent>();

  constructor(private readonly fold: Fold) {
    this.draft = fold.draft();
  }

  /** Applies an event, or throws and leaves everything as it was. */
  apply(event: RecordedEvent): void {
    let touched: SubjectKey[];
    let row: TimelineRow;
    let moved: MovedEvent[];
    try {
      touched = this.draft.apply(event);
      row = timelineRow(this.draft, event);
      moved = movedBy(this.draft, event);
    } catch (error) {
      // The draft may be half-way: make it again. A draft for each event would cost all of them for the sake of one.
      this.draft = this.fold.draft();
      for (const earlier of this.applied) this.draft.apply(earlier);
      throw error;
    }
    this.applied.push(event);
    for (const subject of touched) this.touched.add(subject);
    this.timeline.set(event.id, row);
    for (const place of moved) {
      const here = this.timeline.get(place.id);
      if (here) this.timeline.set(place.id, { ...here, ...place });
      else this.moved.set(place.id, place);
    }
  }

  changes(): Omit<ViewChanges, 'parked' | 'checkpoint'> {
    const rows = recordRows(this.draft, this.touched);
    return { ...rows, timeline: [...this.timeline.values()], moved: [...this.moved.values()] };
  }

  keep(): void {
    this.draft.keep();
  }
}

function merged(
  all: readonly Omit<ViewChanges, 'parked' | 'checkpoint'>[],
): Omit<ViewChanges, 'parked' | 'checkpoint'> {
  return {
    records: all.flatMap(({ records }) => records),
    gone: all.flatMap(({ gone }) => gone),
    timeline: all.flatMap(({ timeline }) => timeline).sort((a, b) => a.position - b.position),
    moved: all.flatMap(({ moved }) => moved),
  };
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
