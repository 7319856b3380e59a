// A build thread: takes the next free stream, and sends its rows as texts to the writer.
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { openSqliteEventStore } from '../event-store/sqlite/sqlite-event-store.js';
import { streamsIn } from '../event-store/sqlite/streams.js';
import { merged } from './stream-projection.js';
import { rowsOfStream, type StreamRows } from './stream-rows.js';
import type { BuildTask } from './build-by-stream.js';
import type { MadeRows, MakeTexts, RowForm } from './made-rows.js';

/** Roughly the number of events whose rows go into one transaction. */
const AT_ONCE = 5000;

const port = parentPort;
if (!port) throw new Error('this is a thread of a build');
const { ledger, form, until, parkedAt, taken } = workerData as BuildTask;
const textsOf = await makerFor(form);
const store = await openSqliteEventStore({ file: ledger, readOnly: true });
try {
  const streams = streamsIn(ledger, until);
  const next = new Int32Array(taken);
  let gathered: StreamRows[] = [];
  let events = 0;
  /** The rows of the next events are made while the last ones are written. */
  let written: Promise<unknown> = Promise.resolve();
  const send = async (): Promise<void> => {
    const { gone, moved, ...rows } = merged(gathered.map(({ changes }) => changes));
    const others = { gone, moved, parked: gathered.flatMap(({ parked }) => parked) };
    const made: MadeRows = { texts: [...textsOf(rows)], others };
    await written;
    written = once(port, 'message');
    port.postMessage(made);
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

/** Loads what one database needs, and no driver of the other. */
async function makerFor(form: RowForm): Promise<MakeTexts> {
  if (form === 'sqlite') return (await import('./sqlite/row-writer.js')).textsOf;
  return (await import('./postgres/row-texts.js')).textsOf;
}
