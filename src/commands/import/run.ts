import type { NewEvent } from '../../domain/ledger/event.js';
import type { StateChange } from '../../domain/state/evolve.js';
import type { StreamState } from '../../domain/state/stream-state.js';

/** Consecutive events of one stream that are appended together. */
export interface Run {
  readonly stream: string;
  /** Revision of the event before the run; -1 if there is none. */
  readonly revision: number;
  readonly events: NewEvent[];
  /** The line numbers of the events, at the same indexes. */
  readonly lines: number[];
  /** The change that each event makes to the stream. */
  readonly changes: StateChange[];
  /** The state of the stream after the run. */
  state: StreamState;
  bytes: number;
}
