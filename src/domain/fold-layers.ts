import type { StreamEvent } from './event.js';
import { Layer } from './layer.js';
import type { LoggedEvent } from './logged-event.js';
import type { RecordKind } from './records.js';
import type { Subject } from './subject.js';

/** An event about another event. */
export interface Act {
  readonly recorded: StreamEvent;
  /** The event that it is about; of the retraction of a correction, the event that was corrected. */
  readonly about: string;
}

/** What a fold holds, as layers that can lie over those of another fold. */
export class FoldLayers {
  readonly log: Layer<LoggedEvent>;
  /** Corrections, retractions and added evidence, by id. */
  readonly acts: Layer<Act>;
  /** Ids of the events that would be duplicates of each other if their dates overlapped; absent until somebody asks. */
  alike: Layer<readonly string[]> | undefined;
  /** Made when they are looked at, since a draft touches few of them. */
  private readonly subjectsOfKind: Partial<Record<RecordKind, Layer<Subject>>> = {};

  constructor(private readonly below?: FoldLayers) {
    this.log = new Layer(below?.log);
    this.acts = new Layer(below?.acts);
    this.alike = below?.alike && new Layer(below.alike);
  }

  subjects(kind: RecordKind): Layer<Subject> {
    return (this.subjectsOfKind[kind] ??= new Layer(this.below?.subjects(kind)));
  }

  /** Moves what was written here into the layers below. */
  merge(): void {
    for (const subjects of Object.values(this.subjectsOfKind)) subjects.merge();
    this.log.merge();
    this.acts.merge();
    this.alike?.merge();
  }
}
