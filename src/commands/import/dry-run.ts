import type { Clock } from '../../clock/clock.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import type { EventStore } from '../../event-store/event-store.js';
import { inSlices } from '../../event-store/in-slices.js';
import { StreamParked } from '../../event-store/stream-parked.js';
import type { LedgerLine } from '../../formats/ledger-line.js';
import { BegunStreams } from './begun-streams.js';
import { claim, type CompanyNames } from '../recording/company-names.js';
import { entriesOf, streamsOf, versionsRead, warnedIn, type ChunkResult } from './chunk-result.js';
import { chunks, ChunkWork, type ChunkEntry } from './import-chunk.js';
import { StoreRejections } from './store-rejections.js';

/** Maximum number of lines in a dry run, because it keeps all accepted events in memory. */
const MOST_LOOKED_AT = 100_000;

interface LookTerms {
  readonly author: string;
  readonly restore: boolean;
}

/** An import that decides on every line, each on top of the earlier ones, but sends nothing to the store. */
export class DryRun {
  /** Set when the file has more lines than the maximum: the number of lines that were checked. */
  endedAfter: number | undefined;
  private looked = 0;
  private readonly begun = new BegunStreams();
  private readonly states = new Map<string, StreamState | StreamParked>();

  constructor(
    private readonly store: EventStore,
    private readonly stateOf: (stream: string) => Promise<StreamState | StreamParked>,
    private readonly clock: Clock,
    private readonly names: CompanyNames,
  ) {}

  /** Decides like `record`, each line on top of the earlier ones, but sends nothing to the store. */
  async look(
    lines: AsyncIterable<LedgerLine>,
    terms: LookTerms,
    count: (result: ChunkResult) => Promise<void>,
  ): Promise<void> {
    for await (const chunk of chunks(lines)) {
      if (this.looked >= MOST_LOOKED_AT) {
        this.endedAfter = this.looked;
        return;
      }
      this.looked += chunk.lines.length;
      await count(await this.lookAt(entriesOf(chunk, terms.restore, this.clock.now()), terms));
    }
  }

  private async lookAt(entries: readonly ChunkEntry[], { author, restore }: LookTerms): Promise<ChunkResult> {
    const unfit = new StoreRejections();
    for (;;) {
      const trial = new Map<string, StreamState | StreamParked>();
      const streams = streamsOf(entries);
      const names = restore ? undefined : await this.names.claimed(streams);
      if (names)
        for (const state of this.states.values()) if (!(state instanceof StreamParked)) claim(names, state);
      for (const stream of streams)
        trial.set(stream, this.states.get(stream) ?? (await this.stateOf(stream)));
      const work = new ChunkWork(trial, author, this.clock.now(), unfit, this.begun, names);
      await inSlices(work.decideOn(entries));
      if (await unfit.noteTaken(this.store, work.runs)) continue;
      for (const [stream, state] of trial) this.states.set(stream, state);
      const { runs, refused, alreadyRecorded } = work;
      return {
        lines: entries.length,
        recorded: runs.reduce((sum, { events }) => sum + events.length, 0),
        alreadyRecorded,
        warned: runs.flatMap(warnedIn),
        refused,
        readAs: versionsRead(entries),
        decisions: 1,
      };
    }
  }
}
