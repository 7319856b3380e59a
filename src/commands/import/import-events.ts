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
  /** Of lines that name no version. Absent where all types that came have one version. */
  readonly readAs?: VersionsRead;
  /** Nothing was recorded: what is counted as recorded would be. */
  readonly dryRun?: true;
  /** Of a dry run, which keeps in memory what it would record: the lines after so many were not looked at. */
  readonly endedAfter?: number;
}

export interface ImportTerms {
  readonly author: string;
  /** Keep recordedAt and recordedBy of the lines that bring them: how an export becomes the same ledger again. Needs an admin. */
  readonly restore: boolean;
  /** Say what would happen, and record nothing. */
  readonly dryRun?: boolean;
  readonly onRefused?: (refused: RejectedLine) => void | Promise<void>;
  readonly onWarned?: (warned: WarnedLine) => void;
  readonly onProgress?: (counts: ImportCounts) => void;
}

/** What the lines of a file are recorded under, each time that some of them are gone through. */
type PassTerms = Pick<ImportTerms, 'author' | 'restore'> & {
  readonly begun: BegunStreams;
  readonly inUse: StreamsInUse;
};

/**
 * Record the lines of a file in their order, each by itself: what cannot be recorded is reported and the rest goes on.
 * What contradicts the lines before it is tried again once all are in. Lines that were recorded before are passed over, so that an import can be repeated, and goes on after an interruption.
 * Memory is bounded by the size of a chunk, whatever the size of the file.
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
/** So often are lines tried again that contradicted what came before them. */
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
      // What is restored comes in the order of its recording, and was accepted in it.
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
    // While a chunk is being written, the next one is read and decided on, on top of it.
    let writing = Promise.resolve(false);
    let last: DecidedChunk | undefined;
    try {
      for await (const chunk of chunks(lines)) {
        const entries = entriesOf(chunk, terms.restore, this.clock.now());
        const previous = last?.hasFailed ? undefined : last;
        if (last && !previous) await writing;
        for (const stream of terms.inUse.next(streamsOf(entries))) this.states.release(stream);
        const decided = await this.decideOn(entries, terms, new StoreRejections(), previous);
        last = decided;
        const before = writing;
        writing = this.written(decided, terms, before).then(async (result) => {
          await count(result);
          return result.decisions > 1;
        });
        // Awaited above or below, and no sooner: until then a failure is nobody's.
        const over = writing.catch(() => undefined);
        if (chunk.isFull) void this.imports.during(() => over);
        await before;
      }
    } finally {
      await writing;
    }
  }

  /** Decides on the lines of a chunk, which come after those `before`, and hands what it accepts to the store, in the order of the file. */
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
      // Deciding lets others work. What it rests on may not be there any more, and then it comes after that again.
      const isVoid = states.some(
        ([, state]) => !(state instanceof StreamParked) && this.inFlight.isVoid(state),
      );
      if (before?.hasFailed || isVoid) return new DecidedChunk(entries, work, unfit, undefined);
      if (this.store.keepsOrder || !terms.restore) {
        const appends = work.runs.map((run) => this.append(run));
        return new DecidedChunk(entries, work, unfit, Promise.allSettled(appends));
      }
      // Others decide on these streams only when all of it is there: what comes last is not even sent yet.
      const appended = Promise.resolve(await this.appendOneByOne(work.runs));
      return new DecidedChunk(entries, work, unfit, appended);
    });
  }

  /**
   * Waits until a chunk is written, after the one `before` it. It is decided on once more where another process was
   * faster or the store does not take one of its events, and where that is true of the one before, on which it rests.
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
      // Not before the last of it is settled: whoever imports next decides on what came of it.
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

  /** A parked stream takes in nothing, and the others of the file do. */
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

  /** Up to the first that fails. */
  private async appendOneByOne(runs: readonly Run[]): Promise<PromiseSettledResult<Appended>[]> {
    const results: PromiseSettledResult<Appended>[] = [];
    for (const run of runs) {
      results.push(...(await Promise.allSettled([this.append(run)])));
      if (results.at(-1)?.status === 'rejected') break;
    }
    return results;
  }

  /** What was recorded of a chunk, and why not all of it, where it was not. */
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

/** A chunk whose accepted lines are on their way to the store. */
class DecidedChunk {
  hasFailed = false;

  constructor(
    readonly entries: readonly ChunkEntry[],
    readonly work: ChunkWork,
    /** What the store was found not to take of it. */
    readonly unfit: StoreRejections,
    /** Absent where nothing was sent, because it rests on what is not there. */
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
