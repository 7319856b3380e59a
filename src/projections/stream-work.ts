import type { RecordedEvent } from '../domain/event.js';
import type { Fold } from '../domain/fold.js';
import type { Place, SubjectName } from '../domain/subject.js';
import { movedBy, recordRows, timelineRow, type MovedEvent, type ViewChanges } from './changes.js';
import type { TimelineRow } from './view-rows.js';

/** The changes of one stream. */
export type StreamChanges = Pick<ViewChanges, 'records' | 'gone' | 'timeline' | 'moved'>;

/** What the events of one batch do to one stream, gathered so that each row is written once. */
export class StreamWork {
  private readonly touched = new Map<SubjectName, Place>();
  private readonly timeline = new Map<number, TimelineRow>();
  private readonly moved = new Map<number, MovedEvent>();

  constructor(private fold: Fold) {}

  /** Applies an event. Where it throws, the fold may be half-way, and `standOn` has to give another before the work goes on. */
  apply(event: RecordedEvent): void {
    const touched = this.fold.apply(event);
    const row = timelineRow(this.fold, event, touched);
    const moved = movedBy(this.fold, event);
    for (const place of touched) this.touched.set(place.name, place);
    this.timeline.set(event.position, row);
    for (const place of moved) {
      const here = this.timeline.get(place.position);
      if (here) this.timeline.set(place.position, { ...here, ...place });
      else this.moved.set(place.position, place);
    }
  }

  /** Goes on with a fold of the events that were applied so far. */
  standOn(fold: Fold): void {
    this.fold = fold;
  }

  changes(): StreamChanges {
    const rows = recordRows(this.fold, this.touched.values());
    return { ...rows, timeline: [...this.timeline.values()], moved: [...this.moved.values()] };
  }
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
