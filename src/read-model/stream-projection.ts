import type { RecordedEvent, StreamEvent } from '../domain/ledger/event.js';
import type { ChangedSubject, Evolved, StateChange } from '../domain/state/evolve.js';
import type { StreamState } from '../domain/state/stream-state.js';
import type { SubjectName } from '../domain/state/subject.js';
import { soon } from '../event-store/in-slices.js';
import {
  movedBy,
  recordRowsInSteps,
  timelineRow,
  type Moved,
  type MovedEvent,
  type RowChanges,
} from './changes.js';
import type { TimelineRow } from './rows.js';

/** The changes of one stream. */
export type StreamChanges = Pick<RowChanges, 'records' | 'gone' | 'timeline' | 'moved'>;

/** Collects the row changes that a batch of events makes to one stream, so that each row is written once. */
export class StreamProjection {
  private readonly touched = new Map<SubjectName, ChangedSubject>();
  /** By revision, like `moved`. */
  private readonly timeline = new Map<number, TimelineRow>();
  private readonly moved = new Map<number, Moved>();
  private reached: StreamState | undefined;

  constructor(readonly stream: string) {}

  /**
   * The state after the last event. Undefined if the last change was made elsewhere and came without a state.
   */
  get state(): StreamState | undefined {
    return this.reached;
  }

  /** Adds the next event of the stream, with the state after it. If it throws, nothing is added. */
  takeOn(event: RecordedEvent, { state, change }: Evolved): void {
    this.take(event, change);
    this.reached = state;
  }

  /** Adds the next event of the stream. If it throws, nothing is added. */
  take(event: RecordedEvent, change: StateChange): void {
    const [row, moves] = [timelineRow(event, change), movedBy(change)];
    this.timeline.set(event.revision, row);
    for (const move of moves) {
      const { recorded, ...place } = move;
      const here = this.timeline.get(recorded.revision);
      if (here) this.timeline.set(recorded.revision, { ...here, ...place });
      else this.moved.set(recorded.revision, move);
    }
    for (const each of change.touched) {
      // The stored rows are those from before the batch.
      const { before } = this.touched.get(each.ref.name) ?? each;
      this.touched.set(each.ref.name, { ...each, before });
    }
    this.reached = undefined;
  }

  /** Calls `positionOf` for events that were decided here and went to the store without a position. */
  async changes(positionOf: (revision: number) => Promise<number>): Promise<StreamChanges> {
    const moved: MovedEvent[] = [];
    for (const { recorded, ...place } of this.moved.values())
      moved.push({ position: positionIn(recorded) ?? (await positionOf(recorded.revision)), ...place });
    const rows = await soon(recordRowsInSteps(this.stream, this.touched.values()));
    return { ...rows, timeline: [...this.timeline.values()], moved };
  }
}

function positionIn(event: StreamEvent): number | undefined {
  return 'position' in event && typeof event.position === 'number' ? event.position : undefined;
}

/** Combines the changes of several streams. */
export function merged(all: readonly StreamChanges[]): StreamChanges {
  return {
    records: all.flatMap(({ records }) => records),
    gone: all.flatMap(({ gone }) => gone),
    timeline: all.flatMap(({ timeline }) => timeline).sort((a, b) => a.position - b.position),
    moved: all.flatMap(({ moved }) => moved),
  };
}
