import { evolve } from '../domain/state/evolve.js';
import { StreamState } from '../domain/state/stream-state.js';
import type { EventStore } from '../event-store/event-store.js';
import { parkedStream } from './changes.js';
import type { ParkedStreamRow } from './rows.js';
import { StreamProjection, type StreamChanges } from './stream-projection.js';

/** Some rows of a stream, in the order in which they must be written. */
export interface StreamRows {
  readonly changes: StreamChanges;
  /** The stream, if it is parked after these rows. */
  readonly parked: readonly ParkedStreamRow[];
  /** The number of events behind these rows. */
  readonly events: number;
}

/**
 * The rows of a stream up to a position, for at most `atOnce` events at a time. They equal those of a
 * projector that reads the same events among those of other streams. Blocks the event loop, so use it in a
 * separate thread.
 */
export async function* rowsOfStream(
  store: EventStore,
  stream: string,
  { until, atOnce, parkedAt }: { readonly until: number; readonly atOnce: number; readonly parkedAt: string },
): AsyncGenerator<StreamRows> {
  let state = StreamState.of(stream);
  let projection = new StreamProjection(stream);
  let events = 0;
  const positionOf = async (revision: number): Promise<number> => {
    for await (const { position } of store.readStream(stream, { from: revision, limit: 1 })) return position;
    throw new Error(`the ledger has no event ${revision} in ${stream}`);
  };
  const rows = async (parked: readonly ParkedStreamRow[] = []): Promise<StreamRows> => ({
    changes: await projection.changes(positionOf),
    parked,
    events,
  });
  for await (const event of store.readStream(stream)) {
    if (event.position > until) break;
    try {
      const evolved = evolve(state, event);
      projection.takeOn(event, evolved);
      ({ state } = evolved);
    } catch (error) {
      yield await rows([parkedStream(event, error, parkedAt)]);
      return;
    }
    if (++events < atOnce) continue;
    yield await rows();
    projection = new StreamProjection(stream);
    events = 0;
  }
  if (events > 0) yield await rows();
}
