import type { NewEvent } from '../../domain/ledger/event.js';
import type { StateChange } from '../../domain/state/evolve.js';
import type { StreamState } from '../../domain/state/stream-state.js';

/** Events of one stream that follow each other in the file, to be appended in one go. */
export interface Run {
  readonly stream: string;
  /** Revision of the event before them, -1 where there is none. */
  readonly revision: number;
  readonly events: NewEvent[];
  /** The lines of the file that they stand on, each at the place of its event. */
  readonly lines: number[];
  /** What each of them does to the stream. */
  readonly changes: StateChange[];
  /** The state of the stream after them. */
  state: StreamState;
  bytes: number;
}
