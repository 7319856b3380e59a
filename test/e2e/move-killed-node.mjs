// A node that is killed between the two appends of a move, so that the event is never voided at its old
// place.
import 'reflect-metadata';
import process from 'node:process';
import { EVENT_STORE } from '../../dist/event-store/event-store.js';
import { createApplication } from '../../dist/server.js';
import { settingsFrom } from '../../dist/settings.js';

const settings = settingsFrom(process.env);
const app = await createApplication(settings);
const store = app.get(EVENT_STORE, { strict: false });
const append = store.append.bind(store);
store.append = (stream, expected, events) => {
  if (events.some(({ type, data }) => type === 'EventMoved' && data.direction === 'to'))
    process.kill(process.pid, 'SIGKILL');
  return append(stream, expected, events);
};
await app.listen(settings.port, '127.0.0.1');
