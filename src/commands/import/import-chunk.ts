import type { StreamEvent } from '../../domain/ledger/event.js';
import { decideNextInSteps, type DecisionContext } from '../../domain/ledger/decide.js';
import type { Steps } from '../../domain/state/steps.js';
import type { ClaimedNames } from '../../domain/state/claimed-names.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { StreamParked } from '../../event-store/stream-parked.js';
import type { LedgerLine } from '../../formats/ledger-line.js';
import type { BegunStreams } from './begun-streams.js';
import { idForContent, MOST_ATTEMPTS } from '../recording/event-ids.js';
import { claim } from '../recording/company-names.js';
import type { ImportEntry } from './import-entry.js';
import type { RejectedLine } from './rejected-line.js';
import { reasonText } from './reason-text.js';
import { rejectionProblem } from '../recording/rejections.js';
import { isSameRequest } from '../recording/same-request.js';
import type { StoreRejections } from './store-rejections.js';
import type { Run } from './run.js';

/**
 * Lines that are decided on and appended together. The chunk is small so that its temporary objects are
 * garbage collected early.
 */
const CHUNK = 500;
/** A chunk ends early at this size, so that memory stays bounded for any kind of lines. */
const LONGEST_CHUNK = 8 * 1024 * 1024;
/** Approximate number of line bytes in one append: some stores accept only about a megabyte at once. */
const RUN_BYTES = 256 * 1024;
/** Estimated extra bytes of a table row, because the event repeats the column names. */
const ROW_NAMES = 1024;

/** A line of a file with its parsed request. */
export interface ChunkEntry {
  readonly line: LedgerLine;
  readonly content: ImportEntry;
}

type EventEntry = Extract<ImportEntry, { kind: 'event' }>;

/** Decides on the lines of a chunk, each on top of the earlier ones. */
export class ChunkWork {
  readonly runs: Run[] = [];
  readonly refused: RejectedLine[] = [];
  alreadyRecorded = 0;

  constructor(
    /** The state of each stream, including the accepted lines. */
    private readonly states: Map<string, StreamState | StreamParked>,
    private readonly author: string,
    private readonly now: string,
    private readonly unfit: StoreRejections,
    private readonly begun: BegunStreams,
    /** Set for chunks with events of companies. */
    private readonly companyNames: ClaimedNames | undefined,
  ) {
    for (const [stream, state] of states)
      if (!(state instanceof StreamParked) && state.revision < 0) begun.add(stream);
  }

  /** Decides on the lines in their order. */
  *decideOn(entries: readonly ChunkEntry[]): Steps<void> {
    for (const { line, content } of entries) {
      yield* this.decide(line, content);
      yield;
    }
  }

  private *decide(line: LedgerLine, entry: ImportEntry): Steps<void> {
    if (entry.kind === 'refused') return this.refuse(line, entry.reason, 'invalid-event');
    const state = this.states.get(entry.stream);
    if (!state) throw new Error(`no state of ${entry.stream}`);
    if (state instanceof StreamParked) return this.refuse(line, state.message, 'stream-parked');
    const identity = this.identify(entry, state);
    if (identity === 'recorded') {
      this.alreadyRecorded++;
      return;
    }
    if ('taken' in identity) {
      const reason = `the id ${entry.id} belongs to another event, of ${identity.taken}; leave it out, or to change that event record EventCorrected`;
      return this.refuse(line, reason, 'event-id-in-use');
    }
    const { id } = identity;
    const tooLarge = this.unfit.largenessOf(id);
    if (tooLarge !== undefined) return this.refuse(line, tooLarge, 'event-too-large');
    if (entry.restored && entry.restored.recordedAt < state.recordedAt) {
      const reason = `recordedAt ${entry.restored.recordedAt} lies before that of the event before it in ${entry.stream}`;
      return this.refuse(line, reason, 'invalid-event');
    }
    const context: DecisionContext = {
      id,
      now: entry.restored?.recordedAt ?? this.now,
      author: entry.restored?.recordedBy ?? this.author,
      ...(entry.restored && { restored: { warnings: entry.restored.warnings } }),
      ...(this.companyNames && { companyNames: this.companyNames }),
    };
    const { revision } = state;
    const decision = yield* decideNextInSteps(state, entry.proposal, context);
    if (decision.kind !== 'accepted') {
      if (this.isRecordedLater(entry, state)) {
        this.alreadyRecorded++;
        return;
      }
      const { message, slug } = rejectionProblem({ ...decision, index: 0 }, false);
      return this.refuse(line, message, slug);
    }
    const { event, change, state: after } = decision;
    this.states.set(entry.stream, after);
    if (entry.content === undefined) this.begun.noteOtherId(entry.stream);
    if (this.companyNames) claim(this.companyNames, after);
    const run = this.runs.at(-1);
    const bytes = line.bytes.length + (line.header ? ROW_NAMES : 0);
    if (run?.stream === entry.stream && run.bytes + bytes <= RUN_BYTES) {
      run.events.push(event);
      run.lines.push(line.line);
      run.changes.push(change);
      run.state = after;
      run.bytes += bytes;
    } else
      this.runs.push({
        stream: entry.stream,
        revision,
        events: [event],
        lines: [line.line],
        changes: [change],
        state: after,
        bytes,
      });
  }

  /**
   * Finds the id under which to record an entry. Answers 'recorded' if the entry already is, and `taken` with
   * the holder's stream if the entry's own id belongs to another event.
   */
  private identify(entry: EventEntry, state: StreamState): 'recorded' | { id: string } | { taken: string } {
    const before = state.recorded(entry.id) ?? this.formerly(entry, state);
    if (before && isSameRequest(before, entry.proposal)) return 'recorded';
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const { stream, content } = entry;
      const id = content === undefined || attempt === 0 ? entry.id : idForContent(stream, content(), attempt);
      const recorded = state.recorded(id);
      if (recorded && isSameRequest(recorded, entry.proposal)) return 'recorded';
      const isTaken = this.unfit.isTaken(id);
      if (!recorded && !isTaken) return { id };
      if (content === undefined) return { taken: isTaken ? 'another stream' : stream };
    }
    return { taken: 'somebody who took all ids of this content' };
  }

  /**
   * Whether the line was recorded before under a later id, because its first id was taken in another stream.
   */
  private isRecordedLater({ stream, content, proposal }: EventEntry, state: StreamState): boolean {
    if (content === undefined) return false;
    const text = content();
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      const recorded = state.recorded(idForContent(stream, text, attempt));
      if (recorded && isSameRequest(recorded, proposal)) return true;
    }
    return false;
  }

  /** The event of this line, if an earlier release recorded it under a different id. */
  private formerly(entry: EventEntry, state: StreamState): StreamEvent | undefined {
    const id = state.revision < 0 || this.begun.has(entry.stream) ? undefined : entry.formerId();
    return id === undefined ? undefined : state.recorded(id);
  }

  private refuse(source: LedgerLine, reason: string, problem: string): void {
    this.refused.push({ line: source.line, source, reason: reasonText(reason), problem });
  }
}

/** Lines of a file that are decided on together. */
export interface Chunk {
  readonly lines: readonly LedgerLine[];
  /** Whether the chunk ended because it was full. If so, the file has more lines waiting. */
  readonly isFull: boolean;
}

/**
 * Splits the lines of a file into chunks of some hundred lines. A chunk is yielded early when no line arrives
 * for a while or when reading fails, so that complete lines of a slow or interrupted sender are recorded.
 */
export async function* chunks(lines: AsyncIterable<LedgerLine>): AsyncGenerator<Chunk> {
  const iterator = lines[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const first = await next;
      if (first.done) return;
      const gathered = [first.value];
      const idle = idling();
      let failure: { readonly reason: unknown } | undefined;
      let isFull = false;
      let length = first.value.bytes.length;
      try {
        next = iterator.next();
        for (;;) {
          isFull = gathered.length >= CHUNK || length >= LONGEST_CHUNK;
          if (isFull) break;
          const result = await Promise.race([next, idle.over]);
          if (result === 'idle' || result.done) break;
          gathered.push(result.value);
          length += result.value.bytes.length;
          next = iterator.next();
        }
      } catch (reason) {
        failure = { reason };
      } finally {
        idle.end();
      }
      // `next` is awaited in this round or the next. Without this handler, an earlier failure would be an
      // unhandled rejection.
      next.catch(() => undefined);
      yield { lines: gathered, isFull };
      if (failure) throw failure.reason;
    }
  } finally {
    // If a read is pending, the iterator ends after that read.
    iterator.return?.().catch(() => undefined);
  }
}

/** How long to wait for another line before the existing ones are recorded. */
const IDLE_MS = 200;

function idling(): { readonly over: Promise<'idle'>; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'idle'>((resolve) => {
    timer = setTimeout(() => resolve('idle'), IDLE_MS);
  });
  return { over, end: () => clearTimeout(timer) };
}
