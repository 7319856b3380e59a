// A build thread: takes the next free stream, and sends its rows as texts to the writer.
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { openSqliteEventStore } from '../event-store/sqlite/sqlite-event-store.js';
import { streamsIn } from '../event-store/sqlite/streams.js';
import { merged } from './stream-projection.js';
import { rowsOfStream, type StreamRows } from './stream-rows.js';
import type { BuildTask } from './build-by-stream.js';
import { textsOf } from './sqlite/row-writer.js';

/** Roughly the number of events whose rows go into one transaction. */
const AT_ONCE = 5000;

const port = parentPort;
if (!port) throw new Error('this is a thread of a build');
const { ledger, until, parkedAt, taken } = workerData as BuildTask;
const store = await openSqliteEventStore({ file: ledger, readOnly: true });
try {
  const streams = streamsIn(ledger, until);
  const next = new Int32Array(taken);
  let gathered: StreamRows[] = [];
  let events = 0;
  /** The rows of the next events are made while the last ones are written. */
  let written: Promise<unknown> = Promise.resolve();
  const send = async (): Promise<void> => {
    const changes = { ...merged(gathered.map((rows) => rows.changes)), cleared: [] };
    const texts = [...textsOf({ ...changes, parked: gathered.flatMap(({ parked }) => parked) })];
    await written;
    written = once(port, 'message');
    port.postMessage(texts);
    gathered = [];
    events = 0;
  };
  for (;;) {
    const stream = streams[Atomics.add(next, 0, 1)];
    if (stream === undefined) break;
    for await (const rows of rowsOfStream(store, stream, { until, parkedAt, atOnce: AT_ONCE })) {
      gathered.push(rows);
      events += rows.events;
      if (events >= AT_ONCE) await send();
    }
  }
  if (gathered.length > 0) await send();
  await written;
} finally {
  await store.close();
  port.close();
}
