import { Inject } from '@nestjs/common';
import { Command, CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { decideNext, type Moment } from '../domain/decide.js';
import type { NewEvent } from '../domain/event.js';
import type { Fold } from '../domain/fold.js';
import { saysTheSame } from '../domain/proposal.js';
import {
  EVENT_STORE,
  type Appended,
  WrongExpectedRevision,
  type EventStore,
} from '../event-store/event-store.js';
import { StreamFolds } from '../event-store/stream-folds.js';
import type { LedgerLine } from '../interchange/ledger-line.js';
import { appendAfter } from './append.js';
import { Clock } from '../operations/clock.js';
import { ImportsUnderWay } from '../operations/imports-under-way.js';
import { lineContent, type ImportEntry } from './import-entry.js';
import { EventsRecorded } from './outcomes.js';
import { refusal, TooMuchContention } from './refusals.js';
import { StreamTurns } from './stream-turns.js';

/** A line that was not recorded, and why. */
export interface RefusedLine {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
  /** The kind of refusal, as in problem responses: `invalid-event`, `duplicate-event`, `contradiction`. */
  readonly problem: string;
}

export interface ImportCounts {
  readonly lines: number;
  readonly recorded: number;
  readonly alreadyRecorded: number;
  readonly refused: number;
  readonly warnings: number;
}

export interface ImportTerms {
  readonly author: string;
  /** Keep recordedAt and recordedBy of the lines that bring them: how an export becomes the same ledger again. Needs an admin. */
  readonly restore: boolean;
  readonly onRefused?: (refused: RefusedLine) => void | Promise<void>;
  readonly onProgress?: (counts: ImportCounts) => void;
}

/**
 * Record the lines of a file in their order, each by itself: what cannot be recorded is reported and the rest goes on.
 * Lines that were recorded before are passed over, so that an import can be repeated, and goes on after an interruption.
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

/** Lines that are decided on, and appended, together: so few that what they leave behind dies young. */
const CHUNK = 500;
/** A chunk ends early once it holds so many characters, so that memory stays bounded whatever the lines are like. */
const LONGEST_CHUNK = 8 * 1024 * 1024;
/** About so many bytes of lines go into one append: some stores take no more than a megabyte at once. */
const RUN_BYTES = 256 * 1024;
const ATTEMPTS = 10;

@CommandHandler(ImportEvents)
export class ImportEventsHandler implements ICommandHandler<ImportEvents> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly folds: StreamFolds,
    private readonly turns: StreamTurns,
    private readonly clock: Clock,
    private readonly events: EventBus,
    private readonly imports: ImportsUnderWay,
  ) {}

  execute({ lines, terms }: ImportEvents): Promise<ImportCounts> {
    return this.imports.during(() => this.importLines(lines, terms));
  }

  private async importLines(lines: AsyncIterable<LedgerLine>, terms: ImportTerms): Promise<ImportCounts> {
    const counts = { lines: 0, recorded: 0, alreadyRecorded: 0, refused: 0, warnings: 0 };
    const count = async (result: ChunkResult) => {
      counts.lines += result.lines;
      counts.recorded += result.recorded;
      counts.alreadyRecorded += result.alreadyRecorded;
      counts.warnings += result.warnings;
      counts.refused += result.refused.length;
      for (const refused of result.refused) await terms.onRefused?.(refused);
      terms.onProgress?.({ ...counts });
    };
    // While a chunk is being written, the next one is read and validated.
    let underWay = Promise.resolve();
    try {
      for await (const chunk of chunks(lines)) {
        const entries = chunk.map((line) => ({ line, content: lineContent(line, terms.restore) }));
        await underWay;
        underWay = this.importChunk(entries, terms).then(count);
        underWay.catch(() => undefined);
      }
    } finally {
      await underWay;
    }
    return counts;
  }

  private async importChunk(entries: readonly ChunkEntry[], terms: ImportTerms): Promise<ChunkResult> {
    const streams = [
      ...new Set(entries.flatMap(({ content }) => (content.kind === 'event' ? [content.stream] : []))),
    ];
    return this.turns.take(streams, async () => {
      const before: ChunkCounts = { recorded: 0, warnings: 0 };
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const work = new ChunkWork(await this.drafts(streams), terms, this.clock.now());
        for (const { line, content } of entries) work.decide(line, content);
        const appended = await this.append(work, terms.restore && !this.store.keepsOrder);
        before.recorded += appended.recorded;
        before.warnings += appended.warnings;
        if (appended.complete) {
          return {
            ...before,
            lines: entries.length,
            alreadyRecorded: work.alreadyRecorded - (before.recorded - appended.recorded),
            refused: work.refused,
          };
        }
      }
      const detail = `Other writers were faster ${ATTEMPTS} times in a row. Import the file again: it goes on where it stopped.`;
      throw new TooMuchContention({ detail });
    });
  }

  private async drafts(streams: readonly string[]): Promise<Map<string, Fold>> {
    const drafts = new Map<string, Fold>();
    for (const stream of streams) drafts.set(stream, (await this.folds.at(stream)).draft());
    return drafts;
  }

  /** All at once, or one after the other up to the first that fails. */
  private async appendRuns(
    runs: readonly Run[],
    oneByOne: boolean,
  ): Promise<PromiseSettledResult<Appended>[]> {
    const append = ({ stream, revision, events }: Run) => appendAfter(this.store, stream, revision, events);
    if (!oneByOne) return Promise.allSettled(runs.map(append));
    const results: PromiseSettledResult<Appended>[] = [];
    for (const run of runs) {
      results.push(...(await Promise.allSettled([append(run)])));
      if (results.at(-1)?.status === 'rejected') break;
    }
    return results;
  }

  /** Appends what was accepted, in the order of the file. Incomplete where another process wrote to one of the streams. */
  private async append(work: ChunkWork, oneByOne: boolean): Promise<ChunkCounts & { complete: boolean }> {
    const results = await this.appendRuns(work.runs, oneByOne);
    const counts = { recorded: 0, warnings: 0 };
    const recordedIn = new Map<string, number>();
    const failures: Error[] = [];
    for (const [index, result] of results.entries()) {
      if (result.status === 'rejected') {
        failures.push(
          result.reason instanceof Error
            ? result.reason
            : new Error('the append failed', { cause: result.reason }),
        );
        continue;
      }
      const { stream, events } = work.runs[index] ?? { stream: '', events: [] };
      counts.recorded += events.length;
      for (const { warnings } of events) counts.warnings += warnings?.length ?? 0;
      recordedIn.set(stream, (recordedIn.get(stream) ?? 0) + events.length);
    }
    for (const [stream, count] of recordedIn) this.events.publish(new EventsRecorded(stream, count));
    if (failures.length === 0) {
      for (const draft of work.drafts.values()) draft.keep();
      return { ...counts, complete: true };
    }
    for (const stream of work.drafts.keys()) this.folds.forget(stream);
    const fault = failures.find((error) => !(error instanceof WrongExpectedRevision));
    if (fault) throw fault;
    return { ...counts, complete: false };
  }
}

interface ChunkCounts {
  recorded: number;
  warnings: number;
}

interface ChunkResult extends Readonly<ChunkCounts> {
  readonly lines: number;
  readonly alreadyRecorded: number;
  readonly refused: readonly RefusedLine[];
}

interface ChunkEntry {
  readonly line: LedgerLine;
  readonly content: ImportEntry;
}

/** Events of one stream that follow each other in the file, to be appended in one go. */
interface Run {
  readonly stream: string;
  /** Revision of the event before them, -1 where there is none. */
  readonly revision: number;
  readonly events: NewEvent[];
  bytes: number;
}

/** The decisions on the lines of a chunk, each on top of those before it. */
class ChunkWork {
  readonly runs: Run[] = [];
  readonly refused: RefusedLine[] = [];
  alreadyRecorded = 0;

  constructor(
    readonly drafts: ReadonlyMap<string, Fold>,
    private readonly terms: ImportTerms,
    private readonly now: string,
  ) {}

  decide(line: LedgerLine, entry: ImportEntry): void {
    if (entry.kind === 'refused') return this.refuse(line, entry.reason, 'invalid-event');
    const draft = this.drafts.get(entry.stream);
    if (!draft) throw new Error(`no draft of ${entry.stream}`);
    const recorded = draft.recorded(entry.id);
    if (recorded) {
      if (!saysTheSame(recorded, entry.proposal)) {
        const reason = `the id ${entry.id} belongs to another event of ${entry.stream}; to change that one, record EventCorrected`;
        return this.refuse(line, reason, 'invalid-event');
      }
      this.alreadyRecorded++;
      return;
    }
    if (entry.restored && entry.restored.recordedAt < draft.recordedAt) {
      const reason = `recordedAt ${entry.restored.recordedAt} lies before that of the event before it in ${entry.stream}`;
      return this.refuse(line, reason, 'invalid-event');
    }
    const moment: Moment = {
      id: entry.id,
      now: entry.restored?.recordedAt ?? this.now,
      author: entry.restored?.recordedBy ?? this.terms.author,
      ...(entry.restored && { restored: { warnings: entry.restored.warnings } }),
    };
    const revision = draft.revision;
    const decision = decideNext(draft, entry.proposal, moment);
    if (decision.kind !== 'accepted') {
      const { message, slug } = refusal({ ...decision, index: 0 }, false);
      return this.refuse(line, message, slug);
    }
    const run = this.runs.at(-1);
    const bytes = Buffer.byteLength(line.text);
    if (run?.stream === entry.stream && run.bytes + bytes <= RUN_BYTES) {
      run.events.push(decision.event);
      run.bytes += bytes;
    } else this.runs.push({ stream: entry.stream, revision, events: [decision.event], bytes });
  }

  private refuse({ line, text }: LedgerLine, reason: string, problem: string): void {
    this.refused.push({ line, text, reason, problem });
  }
}

async function* chunks(lines: AsyncIterable<LedgerLine>): AsyncGenerator<LedgerLine[]> {
  let chunk: LedgerLine[] = [];
  let length = 0;
  for await (const line of lines) {
    chunk.push(line);
    length += line.text.length;
    if (chunk.length < CHUNK && length < LONGEST_CHUNK) continue;
    yield chunk;
    chunk = [];
    length = 0;
  }
  if (chunk.length > 0) yield chunk;
}
