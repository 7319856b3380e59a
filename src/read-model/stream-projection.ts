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

/** What the events of one batch do to the rows of one stream, gathered so that each row is written once. */
export class StreamProjection {
  private readonly touched = new Map<SubjectName, ChangedSubject>();
  /** By revision, as is what moved. */
  private readonly timeline = new Map<number, TimelineRow>();
  private readonly moved = new Map<number, Moved>();
  private reached: StreamState | undefined;

  constructor(readonly stream: string) {}

  /** The state after the last event, where that was evolved for it and not made before. */
  get state(): StreamState | undefined {
    return this.reached;
  }

  /** Takes in the next event of the stream with the state that it leads to. Where it throws, nothing is taken in. */
  takeOn(event: RecordedEvent, { state, change }: Evolved): void {
    this.take(event, change);
    this.reached = state;
  }

  /** Takes in the next event of the stream. Where it throws, nothing is taken in. */
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
      // The rows of before the batch are those that are there.
      const { before } = this.touched.get(each.ref.name) ?? each;
      this.touched.set(each.ref.name, { ...each, before });
    }
    this.reached = undefined;
  }

  /** `positionOf` is asked for events that were decided on here, and went to the store without a position. */
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

/** The changes of several streams as one. */
export function merged(all: readonly StreamChanges[]): StreamChanges {
  return {
    records: all.flatMap(({ records }) => records),
    gone: all.flatMap(({ gone }) => gone),
    timeline: all.flatMap(({ timeline }) => timeline).sort((a, b) => a.position - b.position),
    moved: all.flatMap(({ moved }) => moved),
  };
}
