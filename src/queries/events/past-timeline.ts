import { Injectable } from '@nestjs/common';
import { lastInstantOf } from '../../domain/ledger/clocks.js';
import { evolveInSteps } from '../../domain/state/evolve.js';
import { StreamState } from '../../domain/state/stream-state.js';
import { inSlices, Slice } from '../../event-store/in-slices.js';
import { ReadModel } from '../../read-model/read-model.js';
import { movedBy, timelineRow } from '../../read-model/changes.js';
import { TimelineRow } from '../../read-model/rows.js';
import { RecordingSoFar } from '../recording-so-far.js';
import { AutomakerReader } from '../automaker-reader.js';

/** The timeline of a stream at an earlier state of knowledge. */
export interface PastStream {
  readonly rows: readonly TimelineRow[];
  /** The name of the automaker at that time. */
  readonly name: string | undefined;
}

/** Upper bound on the cached streams. */
const MOST_KEPT = 32;

/**
 * The timeline as it was on a past day. Only amendments change a stored row, so only streams with later
 * amendments are rebuilt, in the same way as the projector builds their rows. O(events of those streams).
 */
@Injectable()
export class PastTimeline {
  private readonly kept = new Map<string, { position: number; past: PastStream }>();

  constructor(
    private readonly states: AutomakerReader,
    private readonly views: ReadModel,
    private readonly recording: RecordingSoFar,
  ) {}

  /** Those streams as they were then, or only the given one. */
  async streams(knownOn: string | undefined, only?: string): Promise<Map<string, PastStream>> {
    const streams = new Map<string, PastStream>();
    if (knownOn === undefined) return streams;
    for (const stream of await this.recording.amendedAfter(knownOn)) {
      if (only === undefined || stream === only) streams.set(stream, await this.stream(stream, knownOn));
    }
    return streams;
  }

  async stream(stream: string, knownOn: string): Promise<PastStream> {
    const { position } = this.views.status;
    const key = `${stream} ${knownOn}`;
    const kept = this.kept.get(key);
    if (kept?.position === position) return kept.past;
    const past = await this.read(stream, knownOn);
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(key, { position, past });
    return past;
  }

  private async read(stream: string, knownOn: string): Promise<PastStream> {
    const limit = lastInstantOf(knownOn);
    const rows = new Map<number, TimelineRow>();
    let state = StreamState.of(stream);
    const slice = new Slice();
    for (const event of await this.states.recorded(stream)) {
      if (event.recordedAt > limit) break;
      const { state: after, change } = await inSlices(evolveInSteps(state, event), slice);
      state = after;
      rows.set(event.revision, timelineRow(event, change));
      for (const { recorded, ...place } of movedBy(change)) {
        const row = rows.get(recorded.revision);
        if (row) rows.set(recorded.revision, { ...row, ...place });
      }
    }
    return { rows: [...rows.values()], name: state.automaker?.name };
  }
}
