import { Inject } from '@nestjs/common';
import { Command, CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import type { StreamState } from '../../domain/state/stream-state.js';
import { EVENT_STORE, type Appended, type EventStore } from '../../event-store/event-store.js';
import { inSlices } from '../../event-store/in-slices.js';
import { StreamParked } from '../../event-store/stream-parked.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import type { LedgerLine } from '../../formats/ledger-line.js';
import { appendAfter } from '../recording/append.js';
import { Clock } from '../../clock/clock.js';
import { RecordingClock } from '../../clock/recording-clock.js';
import { ActiveImports } from './active-imports.js';
import { BegunStreams } from './begun-streams.js';
import { chunks, ChunkWork, type ChunkEntry } from './import-chunk.js';
import { type Run } from './run.js';
import { EventsRecorded } from '../recording/outcomes.js';
import { CompanyNames } from '../recording/company-names.js';
import { InFlightAppends } from '../recording/in-flight-appends.js';
import { TooMuchContention } from '../recording/rejections.js';
import { StoreRejections } from './store-rejections.js';
import { KeyedMutex } from '../recording/keyed-mutex.js';
import { addedUp, type VersionsRead } from '../recording/versions-read.js';
import type { RejectedLine, WarnedLine } from './rejected-line.js';
import { entriesOf, streamsOf, versionsRead, warnedIn, type ChunkResult } from './chunk-result.js';
import { DryRun } from './dry-run.js';
import { StreamsInUse } from './streams-in-use.js';
import { linesAgain, WaitingLines } from './waiting-lines.js';

export interface ImportCounts {
  readonly lines: number;
  readonly recorded: number;
  readonly alreadyRecorded: number;
  readonly refused: number;
  readonly warnings: number;
  /**
   * The versions assumed for lines that name none. Absent when all types in the file have only one version.
   */
  readonly readAs?: VersionsRead;
  /** Set in a dry run: nothing was recorded, and the counts tell what would be recorded. */
  readonly dryRun?: true;
  /**
   * Set in a dry run that ended early: the lines after this number were not checked, because a dry run keeps
   * its results in memory.
   */
  readonly endedAfter?: number;
}

export interface ImportTerms {
  readonly author: string;
  /**
   * Keep recordedAt and recordedBy of lines that have them, so that an export becomes the same ledger again.
   * Needs an admin.
   */
  readonly restore: boolean;
  /** Report what would happen, and record nothing. */
  readonly dryRun?: boolean;
  readonly onRefused?: (refused: RejectedLine) => void | Promise<void>;
  readonly onWarned?: (warned: WarnedLine) => void;
  readonly onProgress?: (counts: ImportCounts) => void;
}

/** The terms for each pass over lines of a file. */
type PassTerms = Pick<ImportTerms, 'author' | 'restore'> & {
  readonly begun: BegunStreams;
  readonly inUse: StreamsInUse;
};

/**
 * Record the lines of a file in their order, each one separately: refused lines are reported and the rest
 * continues. Lines that contradict earlier lines are retried after the end of the file. Lines that were
 * already recorded are skipped, so an import can be repeated, and continues after an interruption. Memory is
 * bounded by the chunk size, whatever the size of the file.
 */
export class ImportEvents extends Command<ImportCounts> {
  constructor(
    readonly lines: AsyncIterable<LedgerLine>,
    readonly terms: ImportTerms,
  ) {
    super();
  }
}

const ATTEMPTS = 10;
/** How often lines are retried that contradicted earlier lines. */
const MOST_PASSES = 10;

@CommandHandler(ImportEvents)
export class ImportEventsHandler implements ICommandHandler<ImportEvents> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly states: StreamStateCache,
    private readonly turns: KeyedMutex,
    private readonly inFlight: InFlightAppends,
    @Inject(RecordingClock) private readonly clock: Clock,
    private readonly events: EventBus,
    private readonly imports: ActiveImports,
    private readonly names: CompanyNames,
  ) {}

  async execute({ lines, terms }: ImportEvents): Promise<ImportCounts> {
    const counts = { lines: 0, recorded: 0, alreadyRecorded: 0, refused: 0, warnings: 0 };
    let readAs: VersionsRead = {};
    const dryRun =
      terms.dryRun === true
        ? new DryRun(this.store, (stream) => this.stateOf(stream), this.clock, this.names)
        : undefined;
    const told = (): ImportCounts => ({
      ...counts,
      ...(Object.keys(readAs).length > 0 && { readAs }),
      ...(dryRun && { dryRun: true }),
      ...(dryRun?.endedAfter !== undefined && { endedAfter: dryRun.endedAfter }),
    });
    const refuse = async (refused: RejectedLine): Promise<void> => {
      counts.refused += 1;
      await terms.onRefused?.(refused);
    };
    const waiting = new WaitingLines();
    const count = async (result: ChunkResult): Promise<void> => {
      counts.recorded += result.recorded;
      counts.alreadyRecorded += result.alreadyRecorded;
      for (const warned of result.warned) {
        counts.warnings += warned.warnings.length;
        terms.onWarned?.(warned);
      }
      // A restored line comes in its original recording order, in which it was accepted, so a retry cannot
      // help.
      for (const refused of result.refused) if (terms.restore || !waiting.add(refused)) await refuse(refused);
      terms.onProgress?.(told());
    };
    const [begun, inUse] = [new BegunStreams(), new StreamsInUse()];
    const pass = (some: AsyncIterable<LedgerLine>, each: (result: ChunkResult) => Promise<void>) =>
      dryRun ? dryRun.look(some, terms, each) : this.record(some, { ...terms, begun, inUse }, each);
    await pass(lines, async (result) => {
      counts.lines += result.lines;
      readAs = addedUp(readAs, result.readAs);
      await count(result);
    });
    for (let passes = 1; waiting.size > 0 && passes <= MOST_PASSES; passes++) {
      const before = counts.recorded;
      await pass(linesAgain(waiting.take()), count);
      if (counts.recorded === before) break;
    }
    for (const refused of waiting.take()) await refuse(refused);
    terms.onProgress?.(told());
    return told();
  }

  private async record(
    lines: AsyncIterable<LedgerLine>,
    terms: PassTerms,
    count: (result: ChunkResult) => Promise<void>,
  ): Promise<void> {
    // While a chunk is being written, the next one is read and decided on top of it.
    let writing = Promise.resolve(false);
    let last: DecidedChunk | undefined;
    try {
      for await (const chunk of chunks(lines)) {
        const entries = entriesOf(chunk, terms.restore, this.clock.now());
        const previous = last?.hasFailed ? undefined : last;
        if (last && !previous) await writing;
        for (const stream of terms.inUse.next(streamsOf(entries))) this.states.release(stream);
        const deciding = this.decideOn(entries, terms, new StoreRejections(), previous);
        if (chunk.isFull) this.busyUntil(deciding);
        const decided = await deciding;
        last = decided;
        const before = writing;
        writing = this.written(decided, terms, before).then(async (result) => {
          await count(result);
          return result.decisions > 1;
        });
        // `writing` is awaited below. Without this handler, an earlier failure would be an unhandled
        // rejection.
        writing.catch(() => undefined);
        if (chunk.isFull) this.busyUntil(writing);
        await before;
      }
    } finally {
      await writing;
    }
  }

  /**
   * Views and log rest until this is over, whatever comes of it. A slow machine decides on a chunk for longer than
   * the gap that ends an import.
   */
  private busyUntil(work: Promise<unknown>): void {
    void this.imports.during(() => work.catch(() => undefined));
  }

  /**
   * Decides on the lines of a chunk on top of the chunk `before`, and sends the accepted events to the store
   * in file order.
   */
  private async decideOn(
    entries: readonly ChunkEntry[],
    terms: PassTerms,
    unfit: StoreRejections,
    before?: DecidedChunk,
  ): Promise<DecidedChunk> {
    const streams = streamsOf(entries);
    return this.turns.runExclusive(this.names.keysOf(streams), async () => {
      const states = await this.statesOf(streams);
      const names = terms.restore ? undefined : await this.names.claimed(streams);
      const work = new ChunkWork(new Map(states), terms.author, this.clock.now(), unfit, terms.begun, names);
      await inSlices(work.decideOn(entries));
      // Deciding yields to other work. Meanwhile the state it builds on may have become invalid; then the
      // chunk is decided on again later.
      const isVoid = states.some(
        ([, state]) => !(state instanceof StreamParked) && this.inFlight.isVoid(state),
      );
      if (before?.hasFailed || isVoid) return new DecidedChunk(entries, work, unfit, undefined);
      if (this.store.keepsOrder || !terms.restore) {
        const appends = work.runs.map((run) => this.append(run));
        return new DecidedChunk(entries, work, unfit, Promise.allSettled(appends));
      }
      // The turn ends only after all appends: the store does not keep order, and the last append is sent only
      // after the earlier ones, so other writers must not decide before.
      const appended = Promise.resolve(await this.appendOneByOne(work.runs));
      return new DecidedChunk(entries, work, unfit, appended);
    });
  }

  /**
   * Waits until a chunk is written, after the one `before` it. Decides on the chunk again when another
   * process was faster, when the store refused one of its events, or when that happened to the chunk before,
   * on which this one builds.
   */
  private async written(
    first: DecidedChunk,
    terms: PassTerms,
    before: Promise<boolean>,
  ): Promise<ChunkResult> {
    const warned: WarnedLine[] = [];
    let recorded = 0;
    let chunk = first;
    let decisions = 1;
    try {
      let isUnsure = await before;
      for (let attempts = 1; ; decisions++) {
        const { work, entries, unfit } = chunk;
        const { written, failures } = this.outcomesOf(work, await chunk.appended);
        const alreadyRecorded = work.alreadyRecorded - recorded;
        recorded += written.reduce((sum, { events }) => sum + events.length, 0);
        warned.push(...written.flatMap(warnedIn));
        if (failures.length === 0 && !isUnsure && chunk.appended)
          return {
            lines: entries.length,
            recorded,
            alreadyRecorded,
            warned,
            refused: work.refused,
            readAs: versionsRead(entries),
            decisions,
          };
        const isNews = await unfit.note(this.store, work.runs, failures);
        if (!isNews && attempts++ === ATTEMPTS) throw tooMuchContention();
        isUnsure = false;
        chunk = await this.decideOn(entries, terms, unfit);
      }
    } catch (error) {
      // Waits until all appends have settled, because the next import builds on their results.
      await chunk.appended;
      throw error;
    }
  }

  private async statesOf(
    streams: readonly string[],
  ): Promise<(readonly [string, StreamState | StreamParked])[]> {
    const states: (readonly [string, StreamState | StreamParked])[] = [];
    for (const stream of streams)
      states.push([stream, this.inFlight.latest(stream) ?? (await this.stateOf(stream))]);
    return states;
  }

  /** The state of a stream. A parked stream accepts no lines, but the other streams of the file still do. */
  private async stateOf(stream: string): Promise<StreamState | StreamParked> {
    try {
      return await this.states.current(stream);
    } catch (error) {
      if (error instanceof StreamParked) return error;
      throw error;
    }
  }

  private append({ stream, revision, events, changes, state }: Run): Promise<Appended> {
    const append = appendAfter(this.store, stream, revision, events);
    this.inFlight.add(state, changes, append);
    return append;
  }

  /** Appends run after run, and stops at the first failure. */
  private async appendOneByOne(runs: readonly Run[]): Promise<PromiseSettledResult<Appended>[]> {
    const results: PromiseSettledResult<Appended>[] = [];
    for (const run of runs) {
      results.push(...(await Promise.allSettled([this.append(run)])));
      if (results.at(-1)?.status === 'rejected') break;
    }
    return results;
  }

  /** The runs that were recorded, and the failures of the others. */
  private outcomesOf(
    work: ChunkWork,
    results: readonly PromiseSettledResult<Appended>[] = [],
  ): { readonly written: readonly Run[]; readonly failures: readonly unknown[] } {
    const recordedIn = new Map<string, number>();
    const written: Run[] = [];
    const failures: unknown[] = [];
    for (const [index, result] of results.entries()) {
      const run = work.runs[index];
      if (result.status === 'rejected') failures.push(result.reason);
      else if (run) {
        written.push(run);
        recordedIn.set(run.stream, (recordedIn.get(run.stream) ?? 0) + run.events.length);
      }
    }
    for (const [stream, count] of recordedIn) this.events.publish(new EventsRecorded(stream, count));
    return { written, failures };
  }
}

/** A chunk whose accepted lines have been sent to the store. */
class DecidedChunk {
  hasFailed = false;

  constructor(
    readonly entries: readonly ChunkEntry[],
    readonly work: ChunkWork,
    /** Events of the chunk that the store refused before. */
    readonly unfit: StoreRejections,
    /** Absent if nothing was sent, because the chunk was decided on an invalid state. */
    readonly appended: Promise<PromiseSettledResult<Appended>[]> | undefined,
  ) {
    this.hasFailed = appended === undefined;
    void appended?.then((results) => {
      this.hasFailed = results.some(({ status }) => status === 'rejected');
    });
  }
}

function tooMuchContention(): TooMuchContention {
  const detail = `Other writers were faster ${ATTEMPTS} times in a row. Import the file again: it goes on where it stopped.`;
  return new TooMuchContention({ detail });
}
